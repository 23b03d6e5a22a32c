import { type Instant } from '@dondoc/workflow';
import { type MessagePayload } from '../lifecycles/message-payload';
import { type Urgency, type WorkingRules } from '../working-rules/working-rules';
import { nextOpening } from '../working-time/working-time';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { templateOf } from './message-words';

type Rules = Pick<WorkingRules, 'outsideHours'>;

export const leavesAtAnyHour = (
  { urgency }: Pick<MessagePayload, 'urgency'>,
  { rules }: { readonly rules: Rules },
): boolean => rules.outsideHours.value.includes(urgency as Urgency);

/** What the working rules send by themselves keeps to the reader's working hours; what a person does is news at once. */
export function shownAt(
  payload: Pick<MessagePayload, 'subject' | 'urgency'>,
  at: Instant,
  now: Instant,
  office: { readonly rules: Rules },
  calendar: WorkingCalendar,
): Instant {
  const isNews = templateOf(payload.subject).kind === 'news';
  return isNews || leavesAtAnyHour(payload, office) ? at : nextOpening(calendar, Math.max(at, now));
}
