import { isRefusal, refusal, type Instant, type Refusal } from '@dondoc/workflow';
import { requireText, withinCalendar, type ActFacts } from '../act-facts';
import { partDueAt, planDeadlineInForce, type DeadlineIntent } from '../deadline-plan';
import { type DirectiveContext, type TravellingEvent } from '../directive.types';
import { type OrderChange, type RemotePartContext, type RemotePartEventToSend } from './remote-part.types';

/** By its own deadline, but always before the directive that it is a part of. */
function dueBy(ownDeadline: Instant | null, above: Instant | null, facts: ActFacts): Instant | null {
  if (above === null || (ownDeadline !== null && ownDeadline < above)) return ownDeadline;
  return partDueAt(above, facts);
}

/** What a change of a directive means for a part that another organization does; null when it means nothing there. */
export function orderAfter(
  { order, ownDeadline }: Pick<RemotePartContext, 'order' | 'ownDeadline'>,
  event: TravellingEvent,
  facts: ActFacts,
): RemotePartEventToSend | null {
  const { by } = event;
  const suspended = order.suspended?.reason ?? null;
  const changed = (change: Partial<OrderChange>): OrderChange => ({
    ...{ type: 'change-order', by, deadline: order.deadline, ownDeadline, suspended },
    ...change,
  });
  switch (event.type) {
    case 'cancel':
    case 'replace':
      return { type: 'withdraw', by, reason: event.reason };
    case 'reassign':
      return { type: 'withdraw', by, reason: event.reason ?? 'Nhiệm vụ gốc đổi cơ quan chủ trì' };
    case 'suspend':
      return changed({ suspended: event.reason });
    case 'resume':
      // A day from before the suspension is over says nothing any more: there it goes on by the time that was left.
      return changed({
        suspended: null,
        ownDeadline: null,
        deadline: dueBy(null, event.deadline?.at ?? null, facts),
      });
    case 'set-deadline':
    case 'extend':
    case 'send-back':
    case 'parent-moved': {
      const deadline = dueBy(ownDeadline, event.deadline?.at ?? null, facts);
      return deadline === order.deadline ? null : changed({ deadline });
    }
    default:
      return null;
  }
}

/** Whoever handed a part on takes it back. Refuses `missing-text`. */
export function planPartWithdrawal(intent: {
  readonly by: string;
  readonly reason: string;
}): RemotePartEventToSend | Refusal {
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'withdraw', by: intent.by, reason };
}

/**
 * Whoever handed a part on gives it another day. Refuses as `planDeadlineInForce`, so always before the directive that it
 * is a part of, and `deadline-passed`.
 */
export function planPartDeadline(
  { order }: RemotePartContext,
  { context, id }: { readonly context: DirectiveContext; readonly id: string },
  intent: { readonly by: string; readonly deadline: DeadlineIntent },
  facts: ActFacts,
): RemotePartEventToSend | Refusal {
  const parent = { directive: id, self: id, organization: null, deadline: context.deadline?.at ?? null };
  return withinCalendar('deadline.date', () => {
    const given = planDeadlineInForce(intent.deadline, { sourceDate: context.sourceDate, parent }, facts);
    if (isRefusal(given)) return given;
    if (given.at <= facts.now)
      return refusal(
        'deadline-passed',
        { vi: 'Hạn mới phải sau thời điểm hiện tại.', en: 'The new deadline must be later than now.' },
        { field: 'deadline.date' },
      );
    const suspended = order.suspended?.reason ?? null;
    return { type: 'change-order', by: intent.by, deadline: given.at, ownDeadline: given.at, suspended };
  });
}
