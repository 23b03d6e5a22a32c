import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftDirectives } from './grammar/draft-directives';

const guide = readFileSync(join(__dirname, 'README.md'), 'utf8');

function block(kind: string): string {
  return new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1] ?? '';
}

const squeezed = (text: string): string => text.replace(/\s+/gu, ' ').trim();

describe('the guide to the grammar', () => {
  test('tells the rules that read its notice', () => {
    const { trace = [] } = draftDirectives(block('notice'), { trace: true });
    expect(trace.map(({ sectionRef, of: what, rule }) => `${sectionRef} ${what} ${rule}`)).toEqual(
      block('trace').trim().split('\n'),
    );
  });

  test('shows a rule as it stands in the code', () => {
    const code = readFileSync(join(__dirname, 'grammar/indirect-orders.ts'), 'utf8');
    expect(squeezed(block('rule'))).not.toBe('');
    expect(squeezed(code)).toContain(squeezed(block('rule')));
  });

  test('names files that exist', () => {
    const files = [...guide.matchAll(/`([a-z-]+\.ts)`/gu)].map(([, name]) => name ?? '');
    expect(files.length).toBeGreaterThan(10);
    const missing = files.filter((name) => {
      try {
        return readFileSync(join(__dirname, name.endsWith('.spec.ts') ? '' : 'grammar', name)).length === 0;
      } catch {
        return true;
      }
    });
    expect(missing).toEqual([]);
  });
});
