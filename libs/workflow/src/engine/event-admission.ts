import { getNextTransitions, type AnyMachineSnapshot } from 'xstate';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { stepAt, type Instant } from '../lifecycle/macrostep-instant';
import { refusal, type Refusal } from '../lifecycle/refusal';
import { type StoredEvent } from './records';

const isInternal = (type: string): boolean => type.startsWith('xstate.') || type === '' || type === '*';

function guardName(guard: unknown): string | undefined {
  if (typeof guard === 'string') return guard;
  return (guard as { type?: string } | undefined)?.type;
}

interface CandidateTransition {
  readonly eventType: string;
  readonly guard?: unknown;
}

const candidates = (snapshot: AnyMachineSnapshot): CandidateTransition[] =>
  getNextTransitions(snapshot) as CandidateTransition[];

/** Event types that some transition of the present state takes, guards left aside. Sorted, each once. */
export function allowedEvents(snapshot: AnyMachineSnapshot): string[] {
  if (snapshot.status !== 'active') return [];
  const types = candidates(snapshot).map((transition) => transition.eventType);
  return [...new Set(types)].filter((type) => !isInternal(type)).sort();
}

/**
 * Whether the machine takes `event` now, and if not why: the first named guard with a stated reason, else that the
 * event has no place in the present state.
 */
export function admit(
  lifecycle: Lifecycle,
  snapshot: AnyMachineSnapshot,
  event: StoredEvent,
  at: Instant,
): Refusal | null {
  if (snapshot.status !== 'active')
    return refusal(
      'lifecycle-ended',
      { vi: 'Quy trình này đã kết thúc.', en: 'This lifecycle has ended.' },
      { allowed: [] },
    );
  if (isInternal(event.type))
    return refusal('unknown-event', {
      vi: `Không có thao tác "${event.type}".`,
      en: `There is no event "${event.type}".`,
    });
  if (stepAt(at, () => snapshot.can({ ...event, at }))) return null;
  const allowed = allowedEvents(snapshot);
  const stopped = candidates(snapshot).filter((transition) => transition.eventType === event.type);
  for (const transition of stopped) {
    const name = guardName(transition.guard);
    const reason = name === undefined ? undefined : lifecycle.refusals[name];
    if (reason) return refusal(reason.code, reason, { allowed });
  }
  return refusal(
    'not-allowed-now',
    {
      vi: `Chưa thể thực hiện "${event.type}" ở trạng thái hiện tại.`,
      en: `"${event.type}" is not possible in the present state.`,
    },
    { allowed },
  );
}
