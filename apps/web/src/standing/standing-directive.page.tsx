import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { ActForm } from '../acts/act-form';
import { matterForms, matterWords } from '../acts/matter-forms';
import type { StandingDirective } from '../api/client';
import { ApiProblem } from '../api/problem';
import {
  obligationsQuery,
  peopleQuery,
  periodicReportsQuery,
  standingExplanationQuery,
  standingQuery,
} from '../api/queries';
import { FactList } from '../look/fact-list';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { useWindowTitle } from '../look/page-head';
import { Reading } from '../look/reading';
import { SentencesCard } from '../look/sentences-card';
import { Badge, UrgencyBadge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { ObligationItem } from './obligation';
import '../directives/directive.css';
import '../directives/matters.css';

export default function StandingDirectivePage() {
  const { id = '' } = useParams();
  const { say } = useWords();
  const query = useQuery(standingQuery(id));
  if (query.error instanceof ApiProblem && [404, 422].includes(query.error.status))
    return <EmptyState icon="search" title={say('state.notFound')} hint={say('state.notFoundHint')} />;
  return <Reading query={query}>{(standing) => <Sheet standing={standing} />}</Reading>;
}

function Sheet({ standing }: { readonly standing: StandingDirective }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const [isEnding, setEnding] = useState(false);
  const { id, text, endedAt, endReason, allowed, urgency } = standing;
  useWindowTitle(text);
  return (
    <article>
      <Link to="/standing" className="back-link no-print">
        <Icon name="left" size={16} />
        {say('standing.title')}
      </Link>
      <header className="sheet-head standing-head">
        <p className="row">
          <Badge tone={endedAt === null ? 'info' : 'plain'} icon={endedAt === null ? 'forward' : 'ban'}>
            {say(endedAt === null ? 'standing.running' : 'standing.ended')}
          </Badge>
          <UrgencyBadge urgency={urgency} />
        </p>
        <h1>{text}</h1>
        {endedAt !== null && (
          <p className="soft">
            {say('standing.endedBecause', { time: time.moment(endedAt), reason: endReason ?? '' })}
          </p>
        )}
      </header>
      <div className="sheet">
        <div className="sheet-main">
          <Periods id={id} />
          {allowed.includes('end') && (
            <section className="card card-body no-print" aria-labelledby="acts">
              <h2 id="acts">{say('page.acts')}</h2>
              <div className="acts">
                <Button
                  variant="default"
                  c="var(--bad)"
                  aria-expanded={isEnding}
                  onClick={() => setEnding((before) => !before)}
                >
                  {say('matter.end-standing')}
                </Button>
              </div>
              {isEnding && (
                <ActForm
                  form={matterForms['end-standing']}
                  words={matterWords('end-standing')}
                  path={`/standing-directives/${id}/end`}
                  revision={standing.revision}
                  done={() => setEnding(false)}
                  close={() => setEnding(false)}
                />
              )}
            </section>
          )}
        </div>
        <aside className="sheet-side">
          <Facts standing={standing} />
          <Explained id={id} />
        </aside>
      </div>
    </article>
  );
}

function Periods({ id }: { readonly id: string }) {
  const { say } = useWords();
  const { data: periods = [] } = useQuery(obligationsQuery({ standing: id }));
  return (
    <section className="card card-body" aria-labelledby="periods">
      <h2 id="periods">{say('standing.periods')}</h2>
      {periods.length === 0 ? (
        <p className="soft standing-none">{say('standing.periodsNone')}</p>
      ) : (
        <ul className="matters">
          {periods.map((one) => (
            <ObligationItem key={one.id} obligation={one} isBeside />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The whole matter in sentences, what happened, and what comes by itself. */
function Explained({ id }: { readonly id: string }) {
  const { say } = useWords();
  const { data: explanation } = useQuery(standingExplanationQuery(id));
  if (!explanation) return null;
  const parts = [
    { name: 'page.readOut', sentences: explanation.summary },
    { name: 'page.next', sentences: explanation.next },
    { name: 'page.timeline', sentences: explanation.past.toReversed() },
  ] as const;
  return parts.map(({ name, sentences }) => (
    <SentencesCard key={name} title={say(name)} sentences={sentences} none={say('page.nextNone')} />
  ));
}

function Facts({ standing }: { readonly standing: StandingDirective }) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  const { data: people = [] } = useQuery(peopleQuery);
  const { data: reports = [] } = useQuery(periodicReportsQuery);
  const personOf = (id: string | null) => people.find((one) => one.id === id)?.name ?? '';
  const reportOf = (id: string) => {
    const report = reports.find((one) => one.id === id);
    return report ? told(report.title) : id;
  };
  const rows: readonly (readonly [string, string])[] = [
    [say('directive.lead'), standing.lead.name],
    [say('standing.reports'), standing.reports.map(reportOf).join(', ')],
    [say('directive.leader'), personOf(standing.assigningLeader)],
    [say('directive.officer'), personOf(standing.trackingOfficer)],
    [say('directive.assigned'), time.moment(standing.givenAt)],
  ];
  return <FactList rows={rows} />;
}
