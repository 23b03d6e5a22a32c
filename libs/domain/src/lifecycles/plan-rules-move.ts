import { type Instant } from '@dondoc/workflow';
import { endOfWindow } from '../working-rules/rule-instants';
import { versionOf, type ActFacts } from './act-facts';
import { judgedByRules, planLadder } from './deadline-plan';
import { type DirectiveState } from './directive-state';
import { type DeadlineInForce, type DirectiveContext } from './directive.types';
import { type Climb } from '../working-rules/climb';

/** What an open directive has under another version of the rules. */
export interface RulesMove extends Climb {
  /** `id@version` */
  readonly rules: string;
  /** The same instant; when it is near due, and by which articles, is judged by the other rules. */
  readonly deadline: DeadlineInForce | null;
  readonly returnBy: Instant;
}

/**
 * An open directive under the rules of `facts` instead of its own. Its deadline is kept: rules never move one, nor give
 * one to a directive that was assigned without. What was sent is not sent again. Pure; whether it is really moved is an
 * act of its own.
 */
export function planRulesMove(
  context: DirectiveContext,
  { work, time }: DirectiveState,
  facts: ActFacts,
): RulesMove {
  const { kind, urgency, assignedAt, ladder } = context;
  const deadline = context.deadline && judgedByRules(context.deadline, facts);
  const planned: Climb =
    time === null
      ? { rungs: [], summarized: [] }
      : planLadder({ deadline, kind, urgency, assignedAt, alreadySent: ladder.sent }, facts);
  return {
    rules: versionOf(facts.rules),
    deadline,
    returnBy:
      work === 'assigned'
        ? endOfWindow(facts.calendar, assignedAt, facts.rules.returnWindow.value)
        : context.returnBy,
    ...planned,
  };
}
