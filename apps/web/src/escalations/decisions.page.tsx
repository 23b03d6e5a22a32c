import { useQuery } from '@tanstack/react-query';
import type { Escalation } from '../api/client';
import { escalationsQuery } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { Reading } from '../look/reading';
import { useWords } from '../words/words';
import { DecisionCard } from './decision-card';
import { DecidedCard } from './decided-card';
import './decisions.css';

const LATELY = 6;

/** What waits for a leader, one matter to a card, those of one agency together. */
export default function DecisionsPage() {
  const { say } = useWords();
  const query = useQuery(escalationsQuery('mine'));
  return (
    <Reading query={query}>
      {(escalations) => {
        const open = escalations.filter(({ state }) => state === 'raised' || state === 'acknowledged');
        const over = escalations.filter(({ state }) => state === 'decided').slice(0, LATELY);
        return (
          <>
            <PageHead
              title={say('decisions.title')}
              {...(open.length > 0 && {
                lead:
                  open.length === 1
                    ? say('decisions.leadOne')
                    : say('decisions.lead', { count: open.length }),
              })}
            />
            {open.length === 0 && (
              <EmptyState icon="check" title={say('decisions.empty')} hint={say('decisions.emptyHint')} />
            )}
            {byAgency(open).map(([agency, matters]) => (
              <section key={agency} className="matters">
                <div className="group-head">
                  <Icon name="people" />
                  <h2>{agency}</h2>
                  <span className="badge">{matters.length}</span>
                </div>
                <ul className="matters-list">
                  {matters.map((escalation) => (
                    <DecisionCard key={escalation.id} escalation={escalation} />
                  ))}
                </ul>
              </section>
            ))}
            {over.length > 0 && (
              <section className="matters">
                <div className="group-head">
                  <h2>{say('decisions.decidedTitle')}</h2>
                </div>
                <ul className="matters-list">
                  {over.map((escalation) => (
                    <DecidedCard key={escalation.id} escalation={escalation} />
                  ))}
                </ul>
              </section>
            )}
          </>
        );
      }}
    </Reading>
  );
}

function byAgency(escalations: readonly Escalation[]): [string, Escalation[]][] {
  const groups = new Map<string, Escalation[]>();
  for (const escalation of escalations)
    groups.set(escalation.directive.lead, [...(groups.get(escalation.directive.lead) ?? []), escalation]);
  return [...groups];
}
