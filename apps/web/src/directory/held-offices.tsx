import { Link } from 'react-router';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { PersonEntry } from './directory.page';

interface Props {
  readonly held: readonly (PersonEntry['offices'][number] & { readonly person: PersonEntry })[];
  readonly nameOf: (agency: string | null) => string;
}

/** Who holds which office in an agency, and who did. */
export function HeldOffices({ held }: Props) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  if (held.length === 0) return <p className="soft small">{say('agency.nobody')}</p>;
  const sorted = [...held].sort((a, b) => Number(b.now) - Number(a.now));
  return (
    <ul className="stack-tight">
      {sorted.map(({ id, role, from, to, now, person }) => (
        <li key={id}>
          <span className="row">
            <Link to={`/directory/people/${person.id}`}>{person.name}</Link>
            {!now && <Badge tone="plain">{say('directory.notNow')}</Badge>}
          </span>
          <span className="small soft">
            {sayCode('role', role)}, {time.shortDay(from)} –{' '}
            {to === null ? say('directory.still') : time.shortDay(to)}
          </span>
        </li>
      ))}
    </ul>
  );
}
