import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const library = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(library, path), 'utf8');

/** Line breaks, indentation and commas before a bracket are the formatter's. */
const plain = (code: string): string => code.replace(/\s+/g, '').replace(/,(?=[)\]}]|$)/g, '');

interface Snippet {
  readonly path: string;
  readonly code: string;
}

/** Code in a page, each with the file that it is said to come from. */
function snippetsOf(page: string): Snippet[] {
  return [...page.matchAll(/(?:<!-- from (\S+) -->\n+)?```ts\n([\s\S]*?)```/g)].map(
    ([, path = '', code = '']) => ({
      path,
      code,
    }),
  );
}

describe('the pages of the library', () => {
  it.each(snippetsOf(read('README.md')))(
    'show code that runs as a test: number $#, $path',
    ({ path, code }) => {
      expect(path).toMatch(/^src\/tutorial\//);
      expect(plain(read(path))).toContain(plain(code));
    },
  );

  it('tell the tutorial from the definition to the worker', () => {
    const files = new Set(snippetsOf(read('README.md')).map(({ path }) => path));
    expect([...files].sort()).toEqual([
      'src/tutorial/loan.db-spec.ts',
      'src/tutorial/loan.lifecycle.ts',
      'src/tutorial/loan.spec.ts',
    ]);
  });

  it.each(snippetsOf(read('docs/effects.md')))(
    'show effects as the tests have them: number $#, $path',
    ({ path, code }) => {
      expect(plain(read(path))).toContain(plain(code));
    },
  );

  it.each(['README.md', 'docs/guarantees.md', 'docs/effects.md'])(
    '%s leads nowhere that is not there',
    (page) => {
      const links = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);
      const here = links.filter((link) => !/^https?:/.test(link));
      expect(links.length > 3 || page === 'docs/effects.md').toBe(true);
      expect(here.filter((link) => !existsSync(join(library, dirname(page), link)))).toEqual([]);
    },
  );

  it('name tests that are there, for every guarantee', () => {
    const page = read('docs/guarantees.md');
    const [promises = ''] = page.split('\n## What is not guaranteed');
    const sections = promises.split('\n## ').slice(1);
    expect(sections.length).toBeGreaterThan(8);
    for (const section of sections) {
      const held = [...section.matchAll(/\[[^\]]+\]\((\.\.\/src\/[^)]+)\): ((?:“[^”]+”(?:, )?)+)/g)];
      expect([section.split('\n')[0], held.length > 0]).toEqual([section.split('\n')[0], true]);
      for (const [, path = '', titles = ''] of held) {
        const spec = plain(read(join('docs', path)));
        for (const [, title = ''] of titles.matchAll(/“([^”]+)”/g)) {
          const isThere = spec.includes(plain(title));
          expect({ path, title, isThere }).toEqual({ path, title, isThere: true });
        }
      }
    }
  });
});
