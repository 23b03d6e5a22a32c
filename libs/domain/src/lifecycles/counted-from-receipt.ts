import { isRefusal } from '@dondoc/workflow';
import { type DirectiveMatter } from '../working-rules/working-rules';
import { today, withinCalendar, type ActFacts } from './act-facts';
import { beforeParent, inForce, planLadder, returnWindowEnd } from './deadline-plan';
import { type DeadlineInForce, type DirectiveContext } from './directive.types';
import { readOpenPhrase } from './open-phrase';

type Undated = Pick<DirectiveContext, 'deadline' | 'openPhrase' | 'parent' | 'sourceDate'>;

/**
 * The deadline of words that count from receipt, when it is received now: the day of receipt itself does not count. Null
 * where there is a deadline already, or the words say something else.
 * @throws CalendarRangeError when it leaves the years that the calendar can speak of.
 */
export function countedFromReceipt(directive: Undated, facts: ActFacts): DeadlineInForce | null {
  if (directive.deadline !== null) return null;
  const read = readOpenPhrase(directive, 'receipt', today(facts), facts);
  return read && beforeParent(directive.parent, inForce(read.at, read, facts), facts);
}

/**
 * The time to return a directive from now on, or until an end that is known already. Where silence beyond it is
 * acceptance and the words count from receipt, the deadline that they will then mean is known now: the machine looks
 * nothing up when the time has come.
 */
export function planReturnWindow(
  directive: Undated & DirectiveMatter,
  facts: ActFacts,
  returnBy = returnWindowEnd(facts),
): Pick<DirectiveContext, 'returnBy' | 'bySilence'> {
  const { returnSilence, silentReceipt } = facts.rules;
  if (returnSilence.value !== 'accepted') return { returnBy, bySilence: null };
  const then = { ...facts, now: returnBy };
  const bySilence = withinCalendar('deadline', () => {
    const counted = countedFromReceipt(directive, silentReceipt.value === 'assignment' ? facts : then);
    if (counted === null) return null;
    const basis = `Im lặng hết thời gian trả lại, coi như đã nhận (${silentReceipt.article}). ${counted.basis ?? ''}`;
    const deadline = { ...counted, basis };
    return {
      deadline,
      ...planLadder({ ...directive, deadline, assignedAt: returnBy, alreadySent: [] }, then),
    };
  });
  // In years that no calendar speaks of yet the clerk is asked, as for any other deadline that is missing.
  return { returnBy, bySilence: isRefusal(bySilence) ? null : bySilence };
}
