import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { calendarVersionsQuery } from '../administration/admin-queries';
import { Reading } from '../look/reading';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

interface Props {
  readonly id: string;
  readonly shown: number;
  readonly newest: number;
}

/** What the calendar was before: who put which version in force, when and why. */
export function CalendarVersions({ id, shown, newest }: Props) {
  const { say } = useWords();
  const time = useOfficeTime();
  const query = useQuery(calendarVersionsQuery(id));
  return (
    <section className="card card-body stack-tight" aria-labelledby="calendar-versions">
      <h2 id="calendar-versions">{say('rules.versions')}</h2>
      <Reading query={query}>
        {(items) => (
          <ol className="session-list">
            {items.map(({ version, note, putInForceBy, putInForceAt }) => (
              <li key={version}>
                <Link
                  to={version === newest ? `/calendar/${id}` : `/calendar/${id}/${version}`}
                  {...(version === shown && { 'aria-current': 'page' })}
                >
                  {say('rules.version', { version })}
                </Link>
                {note !== null && <span className="small">{note}</span>}
                {putInForceAt !== null && (
                  <span className="small soft">
                    {[putInForceBy?.name, time.moment(putInForceAt)].filter(Boolean).join(', ')}
                  </span>
                )}
              </li>
            ))}
          </ol>
        )}
      </Reading>
    </section>
  );
}
