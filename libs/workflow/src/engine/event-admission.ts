import { getNextTransitions, type AnyMachineSnapshot } from 'xstate';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { refusal, type Refusal } from '../lifecycle/refusal';
import { takes } from './event-descriptor';
import { isTaken } from './machine-step';
import { type StoredEvent } from './records';

const isInternal = (type: string): boolean => type.startsWith('xstate.') || type === '' || type.endsWith('*');

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

function closed(snapshot: AnyMachineSnapshot, type: string): Refusal | null {
  if (snapshot.status !== 'active')
    return refusal(
      'lifecycle-ended',
      { vi: 'Quy trình này đã kết thúc.', en: 'This lifecycle has ended.' },
      { allowed: [] },
    );
  if (isInternal(type))
    return refusal('unknown-event', {
      vi: `Không có thao tác "${type}".`,
      en: `There is no event "${type}".`,
    });
  return null;
}

/** Why events of `type` have no place now, whatever is entered with them and before any guard is asked, or `null`. */
export function admitType(snapshot: AnyMachineSnapshot, type: string): Refusal | null {
  const refused = closed(snapshot, type);
  if (refused) return refused;
  const isThere = candidates(snapshot).some(({ eventType }) => takes(eventType, type));
  return isThere ? null : notAllowedNow(snapshot, type);
}

function notAllowedNow(snapshot: AnyMachineSnapshot, type: string): Refusal {
  return refusal(
    'not-allowed-now',
    {
      vi: `Chưa thể thực hiện "${type}" ở trạng thái hiện tại.`,
      en: `"${type}" is not possible in the present state.`,
    },
    { allowed: allowedEvents(snapshot) },
  );
}

/** The stated reasons of the guards that stand before `type` now, in the order of the machine, each once. */
export function guardReasons(lifecycle: Lifecycle, snapshot: AnyMachineSnapshot, type: string): Refusal[] {
  const stopped = candidates(snapshot).filter(({ eventType }) => eventType === type);
  const names = new Set(stopped.map(({ guard }) => guardName(guard)));
  const reasons = [...names].map((name) => (name === undefined ? undefined : lifecycle.refusals[name]));
  const allowed = allowedEvents(snapshot);
  return reasons
    .filter((reason) => reason !== undefined)
    .map((reason) => refusal(reason.code, reason, { allowed }));
}

/** Why `type` is refused when its guards let nothing pass: the first stated reason, else that it has no place now. */
export function guardRefusal(lifecycle: Lifecycle, snapshot: AnyMachineSnapshot, type: string): Refusal {
  return guardReasons(lifecycle, snapshot, type)[0] ?? notAllowedNow(snapshot, type);
}

/** Whether the guards let `event` pass now, and if not why. */
export function admit(
  lifecycle: Lifecycle,
  snapshot: AnyMachineSnapshot,
  event: StoredEvent,
  at: Instant,
): Refusal | null {
  const refused = closed(snapshot, event.type);
  if (refused) return refused;
  if (isTaken(snapshot, event, at)) return null;
  return guardRefusal(lifecycle, snapshot, event.type);
}
