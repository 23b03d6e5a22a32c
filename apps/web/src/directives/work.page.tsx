import type { DirectiveRow } from '../api/client';
import { useDirectives } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { PageHead } from '../look/page-head';
import { Paged } from '../look/paged';
import { useWords, type WordKey } from '../words/words';
import { DirectiveCard } from './directive-card';

const groups: readonly (readonly [WordKey, (directive: DirectiveRow) => boolean])[] = [
  ['work.overdue', ({ state, lateness }) => state !== 'reported' && lateness.overdue],
  ['work.near', ({ state, lateness }) => state !== 'reported' && lateness.time === 'near-due'],
  [
    'work.rest',
    ({ state, lateness }) => state !== 'reported' && lateness.time !== 'near-due' && !lateness.overdue,
  ],
  ['work.waiting', ({ state }) => state === 'reported'],
];

/** What one's agency has to do, the nearest deadline first. */
export default function WorkPage() {
  const { say } = useWords();
  const query = useDirectives({ open: 'true', order: 'due', limit: 100 });
  return (
    <>
      <PageHead title={say('work.title')} lead={say('work.lead')} />
      <Paged
        query={query}
        empty={<EmptyState icon="check" title={say('work.empty')} hint={say('work.emptyHint')} />}
      >
        {(all) =>
          groups.map(([name, belongs]) => (
            <Group key={name} name={say(name)} directives={all.filter(belongs)} />
          ))
        }
      </Paged>
    </>
  );
}

function Group({
  name,
  directives,
}: {
  readonly name: string;
  readonly directives: readonly DirectiveRow[];
}) {
  if (directives.length === 0) return null;
  return (
    <section>
      <div className="group-head">
        <h2>{name}</h2>
        <span className="badge">{directives.length}</span>
      </div>
      <ul className="directives">
        {directives.map((directive) => (
          <DirectiveCard key={directive.id} directive={directive} />
        ))}
      </ul>
    </section>
  );
}
