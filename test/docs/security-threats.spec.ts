import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8');

/** Rows of the table of threats; headings of STRIDE have no second cell. */
const threats = page
  .split('## Threats')[1]
  ?.split('\n## ')[0]
  ?.split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (\*\*|threat |-)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, threat = '', , test = '']) => ({ threat, test }));

describe('the threats of docs/security.md', () => {
  it('are of all six kinds', () => {
    for (const kind of [
      'Spoofing',
      'Tampering',
      'Repudiation',
      'Information disclosure',
      'Denial of service',
      'Elevation of privilege',
    ])
      expect(page).toContain(`**${kind}**`);
    expect(threats?.length).toBeGreaterThan(30);
  });

  it.each(threats ?? [])('$threat: names a test that exists, or says that there is none', ({ test }) => {
    if (test === 'not covered') return;
    const [, path = '', name] = /^`([^`]+)`(?: "([^"]+)")?$/.exec(test) ?? [];
    expect([test, existsSync(join(root, path))]).toEqual([test, path !== '']);
    expect(readFileSync(join(root, path), 'utf8')).toContain(name ?? 'it');
  });
});
