import { Link } from 'react-router';
import type { Directive } from '../api/client';
import { WorkBadge } from '../look/status-badge';
import { useWords } from '../words/words';

/** Where it came from, what it was handed on as, and what took its place or was taken by it. */
export function Related({ directive: { parent, replacedBy, related } }: { readonly directive: Directive }) {
  const { say } = useWords();
  const above = [
    ...(parent ? [{ ...parent, relation: 'parent' as const }] : []),
    ...(replacedBy ? [{ ...replacedBy, relation: 'replacedBy' as const }] : []),
  ];
  if (above.length + related.length === 0) return null;
  return (
    <section className="card card-body" aria-labelledby="related">
      <h2 id="related">{say('page.related')}</h2>
      <ul className="related">
        {above.map(({ id, name, relation }) => (
          <li key={id}>
            <span className="small soft">{say(`page.relation.${relation}`)}</span>
            <Link to={`/directives/${id}`}>{name}</Link>
          </li>
        ))}
        {related.map(({ id, name, relation, lead, state }) => (
          <li key={id}>
            <span className="small soft">{say(`page.relation.${relation}`, { lead: lead.name })}</span>
            <span className="row spread">
              <Link to={`/directives/${id}`}>{name}</Link>
              <WorkBadge state={state} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
