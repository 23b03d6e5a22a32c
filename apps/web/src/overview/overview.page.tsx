import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Totals } from '../api/client';
import { totalsQuery, useDirectives } from '../api/queries';
import { DirectiveCard } from '../directives/directive-card';
import { EmptyState } from '../look/empty-state';
import { Icon, type IconName } from '../look/icon';
import { PageHead } from '../look/page-head';
import { Lines, Reading } from '../look/reading';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { AgencyTable } from './agency-table';
import { CourseOfWork, courseQuery, FIRST_SPAN } from './course';
import './overview.css';

const NEXT = 5;

/** How it all stands, and from every number to the list behind it. */
export default function OverviewPage() {
  const { say } = useWords();
  const time = useOfficeTime();
  const query = useQuery(totalsQuery);
  // Both are read at once and shown at once: what came later would push the rest down.
  const course = useQuery(courseQuery(FIRST_SPAN));
  if (course.isPending) return <Lines />;
  return (
    <Reading query={query}>
      {(totals) => (
        <>
          <PageHead
            title={say('overview.title')}
            lead={say('overview.asOf', { time: time.moment(totals.asOf) })}
          />
          {totals.assigned + totals.cancelled === 0 ? (
            <EmptyState icon="chart" title={say('overview.empty')} hint={say('overview.emptyHint')} />
          ) : (
            <div className="stack">
              <Numbers totals={totals} />
              <CourseOfWork />
              <AgencyTable totals={totals} />
              <NextDue />
            </div>
          )}
        </>
      )}
    </Reading>
  );
}

interface NumberProps {
  readonly name: string;
  readonly value: number;
  readonly icon: IconName;
  readonly tone: string;
  readonly to: string;
}

function Figure({ name, value, icon, tone, to }: NumberProps) {
  return (
    <Link to={to} className="figure card">
      <span className={`figure-icon tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <span className="figure-value">{value}</span>
      <span className="figure-name">{name}</span>
    </Link>
  );
}

function Numbers({ totals: { outstanding, completed } }: { readonly totals: Totals }) {
  const { say } = useWords();
  return (
    <div className="figures">
      <Figure
        name={say('overview.overdue')}
        value={outstanding.overdue}
        icon="alert"
        tone="bad"
        to="/directives?lateness=overdue"
      />
      <Figure
        name={say('overview.waiting')}
        value={outstanding.awaitingVerification}
        icon="shield"
        tone="wait"
        to="/directives?state=reported"
      />
      <Figure
        name={say('overview.within')}
        value={outstanding.within}
        icon="clock"
        tone="info"
        to="/directives?lateness=within"
      />
      <Figure
        name={say('overview.noDeadline')}
        value={outstanding.noDeadline}
        icon="minus"
        tone="warn"
        to="/directives?lateness=no-deadline"
      />
      <Figure
        name={say('overview.completed')}
        value={completed.total}
        icon="check"
        tone="good"
        to="/directives?state=closed"
      />
      <OnTimeRate completed={completed} />
    </div>
  );
}

const RADIUS = 15.9155; // a circumference of 100

function OnTimeRate({ completed: { onTime, late } }: { readonly completed: Totals['completed'] }) {
  const { say } = useWords();
  const judged = onTime + late;
  const percent = judged === 0 ? null : Math.round((onTime / judged) * 100);
  return (
    <Link to="/directives?lateness=late" className="figure card figure-rate">
      <svg viewBox="0 0 40 40" width={56} height={56} aria-hidden="true">
        <circle cx="20" cy="20" r={RADIUS} className="ring-ground" />
        {percent !== null && percent > 0 && (
          <circle
            cx="20"
            cy="20"
            r={RADIUS}
            className="ring"
            strokeDasharray={`${percent} ${100 - percent}`}
            transform="rotate(-90 20 20)"
          />
        )}
      </svg>
      <span>
        <span className="figure-value">{percent === null ? '–' : `${percent}%`}</span>
        <span className="figure-name">{say('overview.rate')}</span>
        <span className="small soft">
          {percent === null
            ? say('overview.rateNone')
            : say('overview.rateOf', { done: onTime, total: judged })}
        </span>
      </span>
    </Link>
  );
}

function NextDue() {
  const { say } = useWords();
  const { data } = useDirectives({ lateness: 'within', order: 'due', limit: NEXT });
  const next = data?.pages[0]?.items ?? [];
  if (next.length === 0) return null;
  return (
    <section>
      <div className="group-head">
        <h2>{say('overview.nextDue')}</h2>
        <Link to="/directives?lateness=within" className="small">
          {say('overview.seeList')}
        </Link>
      </div>
      <ul className="directives">
        {next.map((directive) => (
          <DirectiveCard key={directive.id} directive={directive} />
        ))}
      </ul>
    </section>
  );
}
