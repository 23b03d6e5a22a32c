import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Real notices are kept outside this repository. Where they are, they must run through the command line; where they
 * are not, this says so and is counted as skipped: nothing in the product needs them.
 */
const root = join(__dirname, '../..');
const folder = process.env['DONDOC_REAL_NOTICES'] ?? join(root, '../shared/documents');
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.txt')) : [];

if (names.length === 0)
  process.stderr.write(
    `\n!! SKIPPED: no real notices in ${folder}; set DONDOC_REAL_NOTICES to a folder of them\n\n`,
  );

const describeWhenThere = names.length > 0 ? describe : describe.skip;

interface Drafted {
  document: { meetingOn: string | null; issuedOn: string | null };
  directives: {
    text: string;
    lead: string[];
    deadline: { text: string | null; date: string | null } | null;
  }[];
}

interface Label {
  text: string;
  explicitAssignee: boolean;
  assignees: { lead: string[] };
  deadline: { date: string | null };
}

const dondoc = (...args: string[]): string =>
  execFileSync(process.execPath, [join(root, 'dist/apps/cli/src/main.js'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const flat = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s*¹²³⁴⁵⁶⁷⁸⁹⁰]+/gu, ' ')
    .toLowerCase();

describeWhenThere('the real notices', () => {
  it.each(names.length > 0 ? names : ['(none)'])(
    '%s: drafts what a clerk would, and invents nothing',
    (name) => {
      const source = flat(readFileSync(join(folder, name), 'utf8'));
      const drafted = JSON.parse(dondoc('intake', join(folder, name))) as Drafted;
      const labels = (
        JSON.parse(readFileSync(join(folder, name.replace('.txt', '.labels.json')), 'utf8')) as {
          directives: Label[];
        }
      ).directives;
      expect(drafted.directives.length).toBeGreaterThanOrEqual(Math.ceil(labels.length * 0.9));
      for (const directive of drafted.directives) {
        for (const lead of directive.lead) expect(source).toContain(flat(lead).trim());
        if (directive.deadline?.text) expect(source).toContain(flat(directive.deadline.text).trim());
      }
      const dates = (list: { deadline: { date: string | null } | null }[]) =>
        list.map(({ deadline }) => deadline?.date ?? null).filter((date) => date !== null);
      expect(dates(drafted.directives).sort()).toEqual(dates(labels).sort());
    },
  );

  it.each(names.length > 0 ? names : ['(none)'])(
    '%s: plays through the lifecycles and working rules',
    (name) => {
      const { document } = JSON.parse(dondoc('intake', join(folder, name))) as Drafted;
      const from = document.issuedOn ?? document.meetingOn ?? '2023-01-03';
      const to = `${Number(from.slice(0, 4)) + 1}-03-01`;
      const played = JSON.parse(
        dondoc('simulate', join(folder, name), '--from', from, '--to', to, '--json'),
      ) as {
        lines: { at: string; transition: string; article: string | null }[];
        totals: { assigned: number };
      };
      const assigned = played.lines.filter(({ transition }) => transition === 'assigned');
      expect(assigned).toHaveLength(played.totals.assigned);
      const sent = played.lines.filter(({ transition }) => /^remind |^escalation raised/.test(transition));
      expect(sent.every(({ article }) => article !== null)).toBe(true);
      expect([...played.lines].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))).toEqual(
        played.lines,
      );
    },
  );
});
