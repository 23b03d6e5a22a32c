import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type CivilDate } from '../working-time/civil-date';
import { requireDate, withinCalendar, type ActFacts } from './act-facts';
import {
  beforeParent,
  inForce,
  planLadderAnew,
  refuseBeforeSource,
  type DeadlineIntent,
} from './deadline-plan';
import { planDeadline } from './directive-acts';
import { type DirectiveContext, type DirectiveEventToSend } from './directive.types';
import { readOpenPhrase } from './open-phrase';

const noEvent = refusal(
  'no-event-awaited',
  {
    vi: 'Câu chữ của nguồn giao không chờ sự kiện nào; hãy đặt ngày hạn.',
    en: 'The words of the source wait for no event: set the day of the deadline.',
  },
  { field: 'eventOn' },
);

/**
 * The day of the event that the words wait for ("trước kỳ họp", "05 ngày sau hội nghị") is known, or known better: the
 * words become a deadline by the calendar of the lead. Refuses `not-a-date`, `no-event-awaited`, `deadline-before-source`,
 * `beyond-calendar`.
 */
function planEventDate(
  context: DirectiveContext,
  intent: { readonly by: string; readonly eventOn: CivilDate },
  facts: ActFacts,
): DirectiveEventToSend<'set-deadline'> | Refusal {
  const eventOn = requireDate(intent.eventOn, 'eventOn');
  if (isRefusal(eventOn)) return eventOn;
  return withinCalendar('eventOn', () => {
    const read = readOpenPhrase(context, 'event', eventOn, facts);
    if (read === null) return noEvent;
    const early = refuseBeforeSource(read.date, context.sourceDate, 'eventOn');
    if (early) return early;
    const counted = beforeParent(context.parent, inForce(read.at, read, facts), facts);
    if (counted === null) return noEvent;
    const deadline = { ...counted, eventOn };
    return { type: 'set-deadline', by: intent.by, deadline, ...planLadderAnew(context, deadline, facts) };
  });
}

/**
 * A day that somebody names, or the day of the event from which the words tell it. Refuses `deadline-or-event` unless it is
 * one of the two, and as `planDeadline` and `planEventDate`.
 */
export function planDeadlineOrEvent(
  context: DirectiveContext,
  intent: { readonly by: string; readonly deadline?: DeadlineIntent; readonly eventOn?: CivilDate },
  facts: ActFacts,
): DirectiveEventToSend<'set-deadline'> | Refusal {
  const { by, deadline, eventOn } = intent;
  if (deadline && eventOn === undefined) return planDeadline(context, { by, deadline }, facts);
  if (!deadline && eventOn !== undefined) return planEventDate(context, { by, eventOn }, facts);
  return refusal(
    'deadline-or-event',
    {
      vi: 'Nêu ngày hạn, hoặc ngày diễn ra sự kiện; không nêu cả hai.',
      en: 'Name the day of the deadline, or the day of the event; not both.',
    },
    { field: 'deadline.date' },
  );
}
