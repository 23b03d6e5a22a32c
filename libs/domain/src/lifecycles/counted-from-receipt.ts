import { resolvePhrase } from '../deadline/resolve-phrase';
import { renderSteps } from '../working-time/steps';
import { today, type ActFacts } from './act-facts';
import { inForce, notAfterParent } from './deadline-plan';
import { type DeadlineInForce, type DirectiveContext } from './directive.types';

/**
 * The deadline of words that count from receipt, when it is received now: the day of receipt itself does not count. Null
 * where there is a deadline already, or the words say something else.
 * @throws CalendarRangeError when it leaves the years that the calendar can speak of.
 */
export function countedFromReceipt(
  { deadline, openPhrase, parent, sourceDate }: DirectiveContext,
  facts: ActFacts,
): DeadlineInForce | null {
  if (deadline !== null || openPhrase === null) return null;
  const { calendar, rules } = facts;
  const read = resolvePhrase(openPhrase, sourceDate, {
    calendar,
    beforeMeans: rules.beforeMeans.value,
    rollToWorkingDay: rules.restDayDeadline.value === 'next-working-day',
    receivedOn: today(facts),
  });
  if (!read.ok || read.reading.kind !== 'relative' || read.reading.from !== 'receipt') return null;
  const { dueAt, steps } = read.resolution;
  if (dueAt === null) return null;
  const basis = renderSteps(steps, 'vi').join(' ');
  return notAfterParent(parent, inForce(dueAt, { phrase: openPhrase, basis }, facts), facts);
}
