import { useQuery } from '@tanstack/react-query';
import { agenciesQuery, peopleQuery } from '../api/queries';
import { PageHead } from '../look/page-head';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import './office.css';

/** Who is who: agencies with the people who hold their offices today. */
export default function OfficePage() {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const agencies = useQuery(agenciesQuery);
  const people = useQuery(peopleQuery);
  const nameOf = (id: string | null) => agencies.data?.find((agency) => agency.id === id)?.name ?? '';
  return (
    <>
      <PageHead title={say('nav.office')} />
      <div className="office">
        <section className="stack">
          <h2>{say('office.agencies')}</h2>
          <Reading query={agencies}>
            {(all) => (
              <ul className="card office-list">
                {all.map((agency) => (
                  <li key={agency.id}>
                    <span className="row spread">
                      <strong>{agency.name}</strong>
                      {agency.inForce ? (
                        <span className="small soft">{agency.abbreviation}</span>
                      ) : (
                        <Badge tone="plain" icon="ban">
                          {say('office.ended')}
                        </Badge>
                      )}
                    </span>
                    {agency.successor !== null && (
                      <span className="small soft">
                        {say('office.successor', { name: nameOf(agency.successor) })}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Reading>
        </section>
        <section className="stack">
          <h2>{say('office.people')}</h2>
          <Reading query={people}>
            {(all) => (
              <ul className="card office-list">
                {all.map(({ id, name, offices }) => (
                  <li key={id}>
                    <strong>{name}</strong>
                    {offices.length === 0 && <span className="small soft">{say('office.noOffice')}</span>}
                    {offices.map(({ role, agency, to }) => (
                      <span key={`${role} ${agency ?? ''}`} className="small soft">
                        {[
                          sayCode('role', role),
                          nameOf(agency),
                          to && say('office.until', { date: time.shortDay(to) }),
                        ]
                          .filter(Boolean)
                          .join(', ')}
                      </span>
                    ))}
                  </li>
                ))}
              </ul>
            )}
          </Reading>
        </section>
      </div>
    </>
  );
}
