import { versionOf, type ActFacts } from './act-facts';
import { planReturnWindow } from './counted-from-receipt';
import { judgedByRules, planLadderAnew, returnWindowEnd, unlessBySilence } from './deadline-plan';
import { type DirectiveState } from './directive-state';
import { type DirectiveContext, type DirectiveEventToSend } from './directive.types';

/** What an open directive has under another version of the rules: who moves it, and why, goes beside it into the event. */
export type RulesMove = Omit<DirectiveEventToSend<'move-rules'>, 'type' | 'by' | 'reason'>;

/** The time to return it, from when it began; what is over by the other rules is over now, not before. */
function windowOf(context: DirectiveContext, facts: ActFacts): Pick<RulesMove, 'returnBy' | 'bySilence'> {
  const then = { ...facts, now: context.returnSince };
  return planReturnWindow(context, then, Math.max(facts.now, returnWindowEnd(then)));
}

/**
 * An open directive under the rules of `facts` instead of its own: what a preview shows and what the act does. Its
 * deadline is kept: rules never move one, nor give one to a directive that was assigned without. A time to return it that
 * still runs is counted by the other rules, and what was sent is not sent again. Pure.
 * @throws CalendarRangeError where the calendar ends.
 */
export function planRulesMove(
  context: DirectiveContext,
  { work, time }: DirectiveState,
  facts: ActFacts,
): RulesMove {
  const deadline = context.deadline && judgedByRules(context.deadline, facts);
  const window = work === 'assigned' ? windowOf(context, facts) : context;
  const { returnBy, bySilence } = window;
  return {
    rules: versionOf(facts.rules),
    deadline,
    returnBy,
    bySilence,
    returnSilence: facts.rules.returnSilence.value,
    // While the clock stands still nothing is to be sent; it is planned when it goes on.
    ...(time === null
      ? { rungs: [], summarized: context.summarized }
      : // What silence has brought already is the deadline in force.
        unlessBySilence(work === 'assigned' ? bySilence : null, () =>
          planLadderAnew(context, deadline, facts),
        )),
  };
}
