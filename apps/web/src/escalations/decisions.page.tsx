import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState } from '../look/empty-state';
import { Icon, type IconName } from '../look/icon';
import { PageHead } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { useWords, type WordKey } from '../words/words';
import { ExplanationCard, ResumptionCard } from './answer-cards';
import { DecidedCard } from './decided-card';
import { MatterGroup } from './matter-group';
import { RequestCard } from './request-card';
import {
  decidedQuery,
  explanationsQuery,
  mattersQuery,
  requestsQuery,
  resumptionsQuery,
} from './waiting-queries';
import './decisions.css';
import '../acts/act-form.css';

/** What waits for a leader: what was put before them by agency, and whatever else only they can answer. */
export default function DecisionsPage() {
  const { say } = useWords();
  const matters = useQuery(mattersQuery);
  const { data: requests = [], error: requestsError } = useQuery(requestsQuery);
  const { data: explanations = [], error: explanationsError } = useQuery(explanationsQuery);
  const { data: resumptions = [], error: resumptionsError } = useQuery(resumptionsQuery);
  const { data: over = [] } = useQuery(decidedQuery);
  return (
    <Reading query={matters}>
      {(open) => {
        const escalated = open.reduce((sum, { escalations }) => sum + escalations.length, 0);
        const count = escalated + requests.length + explanations.length + resumptions.length;
        return (
          <>
            <PageHead
              title={say('decisions.title')}
              {...(count > 0 && {
                lead: count === 1 ? say('decisions.leadOne') : say('decisions.lead', { count }),
              })}
            />
            <ProblemNotice error={requestsError ?? explanationsError ?? resumptionsError} />
            {count === 0 && (
              <EmptyState icon="check" title={say('decisions.empty')} hint={say('decisions.emptyHint')} />
            )}
            {open.map((matter) => (
              <MatterGroup key={matter.agency.id} matter={matter} />
            ))}
            <Kind name="requests.title" icon="calendar" count={requests.length}>
              {requests.map((request) => (
                <RequestCard key={request.id} request={request} />
              ))}
            </Kind>
            <Kind name="explanations.title" icon="file" count={explanations.length}>
              {explanations.map((explanation) => (
                <ExplanationCard key={explanation.id} explanation={explanation} />
              ))}
            </Kind>
            <Kind name="resumptions.title" icon="pause" count={resumptions.length}>
              {resumptions.map((directive) => (
                <ResumptionCard key={directive.id} directive={directive} />
              ))}
            </Kind>
            <Kind name="decisions.decidedTitle" icon="check" count={over.length} isOver>
              {over.map((escalation) => (
                <DecidedCard key={escalation.id} escalation={escalation} />
              ))}
            </Kind>
          </>
        );
      }}
    </Reading>
  );
}

interface KindProps {
  readonly name: WordKey;
  readonly icon: IconName;
  readonly count: number;
  /** Of what is past nobody counts what is left. */
  readonly isOver?: boolean;
  readonly children: ReactNode;
}

function Kind({ name, icon, count, isOver = false, children }: KindProps) {
  const { say } = useWords();
  if (count === 0) return null;
  return (
    <section className="matters">
      <div className="group-head">
        <Icon name={icon} />
        <h2>{say(name)}</h2>
        {!isOver && <span className="badge">{count}</span>}
      </div>
      <ul className="matters-list">{children}</ul>
    </section>
  );
}
