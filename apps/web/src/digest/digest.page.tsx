import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Digest } from '../api/client';
import { meetingDigestQuery, officeQuery, totalsQuery } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { PageHead } from '../look/page-head';
import { Reading } from '../look/reading';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import '../directives/directive-list.css';
import './digest.css';

/** What the weekly meeting goes through, made to be printed. */
export default function DigestPage() {
  const { say } = useWords();
  const time = useOfficeTime();
  const { data: office } = useQuery(officeQuery);
  const query = useQuery(meetingDigestQuery);
  return (
    <>
      <p className="print-only digest-office">{office?.name}</p>
      <PageHead
        title={say('digest.title')}
        {...(query.data && { lead: say('digest.asOf', { time: time.moment(query.data.asOf) }) })}
      >
        <Button className="no-print" variant="default" onClick={() => window.print()}>
          {say('digest.print')}
        </Button>
      </PageHead>
      <Figures />
      <Reading query={query}>
        {({ sections }) =>
          sections.length === 0 ? (
            <EmptyState icon="check" title={say('digest.empty')} hint={say('digest.emptyHint')} />
          ) : (
            sections.map((section) => <Section key={section.kind} section={section} />)
          )
        }
      </Reading>
    </>
  );
}

function Figures() {
  const { say } = useWords();
  const { data: totals } = useQuery(totalsQuery);
  if (!totals) return null;
  const { assigned, completed, outstanding } = totals;
  const figures = [
    ['overview.assigned', assigned],
    ['overview.completed', completed.total],
    ['overview.outstanding', outstanding.total],
    ['overview.overdue', outstanding.overdue],
    ['overview.waiting', outstanding.awaitingVerification],
  ] as const;
  return (
    <dl className="card digest-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{say(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Section({
  section: { kind, title, items, total, more },
}: {
  readonly section: Digest['sections'][number];
}) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  return (
    <section className="digest-section" aria-labelledby={`digest-${kind}`}>
      <div className="group-head">
        <h2 id={`digest-${kind}`}>{told(title)}</h2>
        <span className="badge">{total}</span>
      </div>
      <div className="card digest-frame" tabIndex={0} role="group" aria-label={told(title)}>
        <table className="digest">
          <thead>
            <tr>
              <th scope="col">{say('directive.one')}</th>
              <th scope="col">{say('directive.lead')}</th>
              <th scope="col">{say('digest.why')}</th>
              <th scope="col">{say('directive.deadline')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ about, name, text, agency, note, dueAt, path }) => (
              <tr key={`${about.lifecycle} ${about.instance}`}>
                <td>
                  {name !== null && <span className="directive-name">{name}</span>}
                  <Link to={path} className="digest-text">
                    {text}
                  </Link>
                </td>
                <td>{agency}</td>
                <td>{told(note)}</td>
                <td>{dueAt !== null && time.moment(dueAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p className="soft">{say('digest.more', { count: more })}</p>}
    </section>
  );
}
