import { type ReactNode, useMemo } from 'react';
import type { DirectiveRow } from '../api/client';
import { useDirectives } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { PageHead } from '../look/page-head';
import { type More, Paged } from '../look/paged';
import { useWindowRows } from '../look/rows';
import { useWords, type WordKey } from '../words/words';
import { DirectiveCard } from './directive-card';
import { useNewest } from './newest';

const groups: readonly (readonly [WordKey, (directive: DirectiveRow) => boolean])[] = [
  ['work.overdue', ({ state, lateness }) => state !== 'reported' && lateness.overdue],
  ['work.near', ({ state, lateness }) => state !== 'reported' && lateness.time === 'near-due'],
  [
    'work.rest',
    ({ state, lateness }) => state !== 'reported' && lateness.time !== 'near-due' && !lateness.overdue,
  ],
  ['work.waiting', ({ state }) => state === 'reported'],
];

/** Pixels, as most are. */
const HEAD = 44;
const CARD = 118;
/** Between two cards, as the style has it. */
const GAP = 10;

/** What one's agency has to do, the nearest deadline first. */
export default function WorkPage() {
  const { say } = useWords();
  const query = useDirectives({ own: 'true', open: 'true', order: 'due', limit: 100 });
  return (
    <>
      <PageHead title={say('work.title')} lead={say('work.lead')} />
      <Paged
        query={query}
        empty={<EmptyState icon="check" title={say('work.empty')} hint={say('work.emptyHint')} />}
      >
        {(all, more) => <Groups directives={all} more={more} />}
      </Paged>
    </>
  );
}

/** One row of the page: the head of a group, or a directive of it. */
interface Line {
  readonly group: WordKey;
  readonly count: number;
  readonly directive: DirectiveRow | null;
}

function linesOf(directives: readonly DirectiveRow[]): readonly Line[] {
  return groups.flatMap(([group, belongs]) => {
    const of = directives.filter(belongs);
    if (of.length === 0) return [];
    return [null, ...of].map((directive) => ({ group, count: of.length, directive }));
  });
}

function Groups({ directives, more }: { readonly directives: readonly DirectiveRow[]; readonly more: More }) {
  const { say } = useWords();
  const known = useNewest(directives);
  const lines = useMemo(() => linesOf(known), [known]);
  const keys = useMemo(() => lines.map(({ group, directive }) => directive?.id ?? group), [lines]);
  const { top, places, before, after, measure } = useWindowRows(keys, more, {
    estimate: (index) => (lines[index]?.directive ? CARD : HEAD),
    gap: GAP,
  });
  const there = places.flatMap((index) => {
    const line = lines[index];
    return line ? [{ ...line, index }] : [];
  });
  return (
    <div ref={top} className="work-groups" style={{ paddingTop: before, paddingBottom: after }}>
      {groups.map(([group]) => {
        const of = there.filter((line) => line.group === group);
        const head = of.find(({ directive }) => directive === null);
        const cards: ReactNode[] = of.map(
          ({ directive, index }) =>
            directive && (
              <DirectiveCard key={directive.id} directive={directive} index={index} measure={measure} />
            ),
        );
        if (of.length === 0) return null;
        return (
          <section key={group} className="work-group" aria-label={say(group)}>
            {head && (
              <div className="group-head" data-index={head.index} ref={measure}>
                <h2>{say(group)}</h2>
                <span className="badge">
                  {head.count}
                  {more.hasMore && '+'}
                </span>
              </div>
            )}
            {of.length > (head ? 1 : 0) && <ul className="directives">{cards}</ul>}
          </section>
        );
      })}
    </div>
  );
}
