import { parseArgs } from 'node:util';
import { explainStoredDirective } from '@dondoc/domain/directives/directive-explanation';
import { DIRECTIVE_NAME } from '@dondoc/domain/directives/directive-name';
import { type Explanation } from '@dondoc/domain/explanation/explain-directive';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { explainStoredStanding } from '@dondoc/domain/standing-directives/standing-explanation';
import { isRefusal } from '@dondoc/workflow';
import { PostgresStore, type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { CommandError, wrongUsage, type Command, type Terminal } from '../command';
import { organizations, withDatabase } from '../database';
import { isId } from '../ids';

const usage = `./dondoc explain DIRECTIVE [--json] [--en]

Why its deadline, why late, what was sent by which article, and what happens next and when if nobody acts.
DIRECTIVE: its name ("12/TB-UBND#3") or id; of a standing directive its id.`;

async function idOf(tx: PostgresTransaction, wanted: string): Promise<string | undefined> {
  const rows = await tx.query<{ id: string }>(
    `select d.id from dondoc.directive d
     join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
     left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
     where d.organization_id = $1 and (d.id::text = $2 or ${DIRECTIVE_NAME} = $2)
     order by d.assigned_at desc limit 1`,
    [tx.organization, wanted],
  );
  return rows[0]?.id;
}

function print(terminal: Terminal, explanation: Explanation, language: 'vi' | 'en'): void {
  const headings = {
    vi: { deadline: 'Hạn', past: 'Đã diễn ra', next: 'Nếu không ai làm gì thêm', none: 'không còn gì' },
    en: { deadline: 'Deadline', past: 'What happened', next: 'If nobody acts', none: 'nothing more' },
  }[language];
  terminal.line(explanation.summary.map((sentence) => sentence[language]).join(' '));
  terminal.line(`\n${headings.deadline}`);
  for (const sentence of explanation.deadline.sentences) terminal.line(`  ${sentence[language]}`);
  for (const warning of explanation.deadline.warnings) terminal.line(`  ! ${warning[language]}`);
  terminal.line(`\n${headings.past}`);
  for (const event of explanation.past) terminal.line(`  ${event[language]}`);
  terminal.line(`\n${headings.next}`);
  for (const event of explanation.next) terminal.line(`  ${event[language]}`);
  if (explanation.next.length === 0) terminal.line(`  ${headings.none}`);
}

export const explainCommand: Command = {
  name: 'explain',
  summary: 'why a directive has its deadline, why it is late, and what comes next',
  usage,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, en: { type: 'boolean', default: false } },
    });
    const [wanted] = positionals;
    if (wanted === undefined) throw wrongUsage('which directive?');
    const explanation = await withDatabase(async (dataSource) => {
      const store = new PostgresStore(dataSource, lifecycles.all);
      for (const { id: organization } of await organizations(dataSource)) {
        const found = await store.transaction(organization, async (tx) => {
          const id = await idOf(tx, wanted);
          if (id !== undefined) return explainStoredDirective(tx, id);
          return isId(wanted) ? explainStoredStanding(tx, wanted) : null;
        });
        if (found !== null && !isRefusal(found)) return found;
      }
      throw new CommandError(`không có nhiệm vụ "${wanted}" / there is no directive "${wanted}"`);
    });
    if (values.json) terminal.line(JSON.stringify(explanation));
    else print(terminal, explanation, values.en ? 'en' : 'vi');
  },
};
