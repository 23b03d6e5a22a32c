import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { ActPanel } from '../acts/act-panel';
import type { Directive } from '../api/client';
import { ApiProblem } from '../api/problem';
import { choicesQuery, directiveQuery, explanationQuery, mattersQuery } from '../api/queries';
import { FactList } from '../look/fact-list';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { useWindowTitle } from '../look/page-head';
import { Lines, Reading } from '../look/reading';
import { SentencesCard } from '../look/sentences-card';
import { TimeBadge, UrgencyBadge, WorkBadge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { DueLine } from './directive-card';
import { Lifecycle, Steps } from './lifecycle';
import { Matters } from './matters';
import { Related } from './related';
import { Results } from './results';
import { SourceWords } from './source-words';
import { Timeline } from './timeline';
import './directive.css';

export default function DirectivePage() {
  const { id = '' } = useParams();
  const { say } = useWords();
  const query = useQuery(directiveQuery(id));
  // All at once, and shown at once: what came later would push the rest down.
  const beside = [useQuery(explanationQuery(id)), useQuery(choicesQuery(id)), useQuery(mattersQuery(id))];
  const isPending = beside.some((one) => one.isPending);
  if (query.error instanceof ApiProblem && [404, 422].includes(query.error.status))
    return <EmptyState icon="search" title={say('state.notFound')} hint={say('state.notFoundHint')} isPage />;
  if (isPending) return <Lines />;
  return <Reading query={query}>{(directive) => <Sheet directive={directive} />}</Reading>;
}

function Sheet({ directive }: { readonly directive: Directive }) {
  const { say, told } = useWords();
  const { data: explanation } = useQuery(explanationQuery(directive.id));
  useWindowTitle(directive.name);
  return (
    <article>
      <Link to="/directives" className="back-link no-print">
        <Icon name="left" size={16} />
        {say('page.back')}
      </Link>
      <header className="sheet-head">
        <p className="row">
          <span className="directive-name">{directive.name}</span>
          <UrgencyBadge urgency={directive.urgency} />
          <WorkBadge state={directive.state} />
          <TimeBadge directive={directive} />
        </p>
        <h1>{directive.text}</h1>
        {explanation && <p className="sheet-standing">{told(explanation.standing)}</p>}
      </header>
      <Steps directive={directive} />
      <div className="sheet">
        <div className="sheet-main">
          <ActPanel directive={directive} />
          <Matters directive={directive} />
          <WhyThisDate directive={directive} />
          <Results directive={directive} />
          <Timeline id={directive.id} />
        </div>
        <aside className="sheet-side">
          <Facts directive={directive} />
          <Related directive={directive} />
          <ReadOut id={directive.id} />
          <WhatComesNext id={directive.id} />
          <SourceWords directive={directive} />
        </aside>
      </div>
      <Lifecycle directive={directive} />
    </article>
  );
}

function Facts({ directive }: { readonly directive: Directive }) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const { lead, coordinating, assigningLeader, trackingOfficer, assignedAt, kind } = directive;
  const rows: readonly (readonly [string, string])[] = [
    [say('directive.lead'), lead.name],
    [say('directive.coordinating'), coordinating.map(({ name }) => name).join(', ')],
    [say('directive.leader'), assigningLeader?.name ?? ''],
    [say('directive.officer'), trackingOfficer?.name ?? ''],
    [say('directive.assigned'), time.moment(assignedAt)],
    [say('directive.kind'), sayCode('kind', kind)],
  ];
  return <FactList rows={rows} />;
}

/** The deadline, and where it comes from. */
function WhyThisDate({ directive }: { readonly directive: Directive }) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  const { data: explanation } = useQuery(explanationQuery(directive.id));
  const { deadline } = directive;
  const moved = deadline !== null && deadline.originalAt !== deadline.at;
  return (
    <section className="card card-body" aria-labelledby="deadline">
      <h2 id="deadline">{say('directive.deadline')}</h2>
      <p className="deadline-line">
        <DueLine directive={directive} />
      </p>
      {moved && (
        <p className="soft small">
          {say('directive.originalDeadline', { date: time.moment(deadline.originalAt) })}
        </p>
      )}
      {explanation && (
        <>
          {explanation.deadline.warnings.map((warning) => (
            <div key={warning.vi} className="notice tone-warn deadline-warning">
              <Icon name="alert" />
              <p>{told(warning)}</p>
            </div>
          ))}
          <details className="why">
            <summary>{say('page.why')}</summary>
            <ol className="why-steps">
              {explanation.deadline.sentences.map((sentence) => (
                <li key={sentence.vi}>{told(sentence)}</li>
              ))}
            </ol>
          </details>
        </>
      )}
    </section>
  );
}

/** The whole matter in a few sentences that can be read out in a meeting. */
function ReadOut({ id }: { readonly id: string }) {
  const { say } = useWords();
  const { data: explanation } = useQuery(explanationQuery(id));
  return explanation && <SentencesCard title={say('page.readOut')} sentences={explanation.summary} />;
}

function WhatComesNext({ id }: { readonly id: string }) {
  const { say, told } = useWords();
  const { data: explanation } = useQuery(explanationQuery(id));
  if (!explanation) return null;
  return (
    <section className="card card-body" aria-labelledby="next">
      <h2 id="next">{say('page.next')}</h2>
      {explanation.next.length === 0 ? (
        <p className="soft">{say('page.nextNone')}</p>
      ) : (
        <ol className="next">
          {explanation.next.map((event) => (
            <li key={`${event.at} ${event.vi}`}>
              <p>{told(event)}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
