import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { StandingDirective } from '../api/client';
import { obligationsQuery, useStandingDirectives } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { type More, Paged } from '../look/paged';
import { Lines } from '../look/reading';
import { useWindowRows } from '../look/rows';
import { Badge } from '../look/status-badge';
import { rolesOf } from '../session/roles';
import { useMe } from '../session/session';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { GiveStanding } from './give-standing';
import { ObligationItem } from './obligation';
import '../directives/matters.css';
import '../directives/directive-list.css';

/** To whom the form is offered; whether they may is the API's answer. */
const givers = ['clerk', 'chief-of-office', 'chair', 'vice-chair'];

export default function StandingPage() {
  const { say } = useWords();
  const me = useMe();
  const [isGiving, setGiving] = useState(false);
  const canGive = rolesOf(me).some((role) => givers.includes(role));
  return (
    <>
      <PageHead title={say('standing.title')} lead={say('standing.lead')}>
        {canGive && !isGiving && <Button onClick={() => setGiving(true)}>{say('standing.give')}</Button>}
      </PageHead>
      {isGiving && <GiveStanding close={() => setGiving(false)} />}
      <OpenReports />
      <List />
    </>
  );
}

/** What waits for a report, and what waits for the Office, the nearest day first. */
function OpenReports() {
  const { say } = useWords();
  const awaited = useQuery(obligationsQuery({ state: 'awaited' }));
  const reported = useQuery(obligationsQuery({ state: 'reported' }));
  const all = [...(reported.data ?? []), ...(awaited.data ?? []).toReversed()];
  const error = awaited.error ?? reported.error;
  return (
    <section aria-labelledby="due">
      <div className="group-head">
        <h2 id="due">{say('standing.due')}</h2>
        <span className="badge">{all.length}</span>
      </div>
      {awaited.isPending && !error ? (
        <Lines count={2} />
      ) : (
        <div className="card card-body">
          {all.length === 0 ? (
            <p className="soft">{say('standing.dueNone')}</p>
          ) : (
            <ul className="matters matters-first">
              {all.map((one) => (
                <ObligationItem key={one.id} obligation={one} />
              ))}
            </ul>
          )}
        </div>
      )}
    </section>
  );
}

function List() {
  const { say } = useWords();
  const query = useStandingDirectives();
  return (
    <section aria-labelledby="standing">
      <div className="group-head">
        <h2 id="standing">{say('standing.list')}</h2>
      </div>
      <Paged
        query={query}
        empty={<EmptyState icon="calendar" title={say('standing.none')} hint={say('standing.noneHint')} />}
      >
        {(all, more) => <Rows all={all} more={more} />}
      </Paged>
    </section>
  );
}

/** A card, as most are, and between two of them as the style has it. */
const CARD = 104;
const GAP = 10;

function Rows({ all, more }: { readonly all: readonly StandingDirective[]; readonly more: More }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const ids = useMemo(() => all.map(({ id }) => id), [all]);
  const { top, places, before, after, measure } = useWindowRows(ids, more, { estimate: CARD, gap: GAP });
  const shown = places.flatMap((index) => {
    const one = all[index];
    return one ? [{ ...one, index }] : [];
  });
  return (
    <div ref={top} style={{ paddingTop: before, paddingBottom: after }}>
      <ul className="directives">
        {shown.map(({ id, index, text, lead, givenAt, endedAt }) => (
          <li key={id} className="directive card" data-index={index} ref={measure}>
            <div className="directive-top">
              <span className="small soft">{say('standing.givenAt', { time: time.moment(givenAt) })}</span>
              <Badge tone={endedAt === null ? 'info' : 'plain'} icon={endedAt === null ? 'forward' : 'ban'}>
                {say(endedAt === null ? 'standing.running' : 'standing.ended')}
              </Badge>
            </div>
            <Link to={`/standing/${id}`} className="directive-text">
              {text}
            </Link>
            <div className="directive-foot">
              <span className="row">
                <Icon name="people" size={16} />
                {lead.name}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
