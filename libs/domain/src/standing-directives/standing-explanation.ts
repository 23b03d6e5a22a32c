import { isRefusal, type HistoryEntry, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { deliveredMessages, historiesOf } from '../directives/directive-explanation';
import { leadFacts } from '../directives/directive-facts';
import { type Explanation } from '../explanation/explain-directive';
import { explainStanding } from '../explanation/explain-standing';
import { type ExplainedObligation } from '../explanation/standing-events';
import {
  obligationState,
  type ObligationContext,
  type StandingContext,
} from '../lifecycles/standing/standing.types';
import { seeStandingDirective } from './standing-directives.service';

/** `$2` the standing directive: itself and the periods it has asked for, in order. */
const INSTANCES = `
  select i.id, i.lifecycle, i.snapshot -> 'value' as value, i.snapshot -> 'context' as context
  from workflow.instance i
  where i.organization_id = $1 and (i.id = $2 or i.id in (
    select b.id from dondoc.reporting_obligation b where b.organization_id = $1 and b.standing_directive_id = $2))
  order by i.started_at, i.id`;

interface InstanceRow {
  readonly id: string;
  readonly lifecycle: string;
  readonly value: unknown;
  readonly context: unknown;
}

/** For the operator's command line, which sees every standing directive of the organization. */
export async function explainStoredStanding(
  tx: PostgresTransaction,
  id: string,
): Promise<Explanation | Refusal> {
  const rows = await tx.query<InstanceRow>(INSTANCES, [tx.organization, id]);
  const itself = rows.find((row) => row.id === id && row.lifecycle === 'standing-directive');
  if (!itself) return notFound();
  const context = itself.context as StandingContext;
  const ids = rows.map((row) => row.id);
  const histories = await historiesOf(tx, ids);
  const historyOf = (instance: string): readonly HistoryEntry[] =>
    (histories.get(instance) ?? []).map(({ entry }) => entry);
  const obligations = rows
    .filter((row) => row !== itself)
    .map((row): ExplainedObligation => ({
      context: row.context as ObligationContext,
      state: obligationState(row.value),
      history: historyOf(row.id),
    }));
  return explainStanding({
    context,
    history: historyOf(id),
    obligations,
    messages: await deliveredMessages(tx, ids),
    facts: await leadFacts(tx, { rules: context.rules, lead: context.facts.lead }),
  });
}

/** For a person, who sees what their role and relation let them see. */
export async function explainVisibleStanding(
  tx: PostgresWork,
  caller: Caller,
  id: string,
): Promise<Explanation | Refusal> {
  const found = await seeStandingDirective(tx, caller, id, 'standing-directive.explain');
  return isRefusal(found) ? found : explainStoredStanding(tx, id);
}
