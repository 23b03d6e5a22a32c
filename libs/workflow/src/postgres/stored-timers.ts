import {
  firstToFire,
  type InstanceRecord,
  type SetAside,
  type StoredEvent,
  type TimerRecord,
} from '../engine/records';
import { type Instant } from '../lifecycle/macrostep-instant';
import { assertName } from './stored-names';

/**
 * A timer as its instance's row keeps it. Without an event it is named after the timer, as those of `after` are; with a
 * fifth member it is parked.
 */
type StoredTimer = readonly [
  id: string,
  dueAt: Instant,
  sequence: number,
  event?: StoredEvent | null,
  parked?: SetAside,
];

const isNamedAfterTimer = ({ id, event }: TimerRecord): boolean =>
  event.type === id && Object.keys(event).length === 1;

function stored(timer: TimerRecord): StoredTimer {
  const id = assertName(timer.id);
  const { dueAt, sequence } = timer;
  const event = isNamedAfterTimer(timer) ? null : timer.event;
  if (timer.parked) return [id, dueAt, sequence, event, timer.parked];
  return event ? [id, dueAt, sequence, event] : [id, dueAt, sequence];
}

/** Text of the column `timers`; `null` where an instance waits for nothing. */
export const timersText = ({ timers }: Pick<InstanceRecord, 'timers'>): string | null =>
  timers.length === 0 ? null : JSON.stringify(timers.map(stored));

/** When the first timer of an instance may fire; `null` where none may: what workers look for. */
export const firesAt = (instance: Pick<InstanceRecord, 'timers'>): Instant | null =>
  firstToFire(instance)?.dueAt ?? null;

export const hasParked = ({ timers }: Pick<InstanceRecord, 'timers'>): boolean =>
  timers.some(({ parked }) => parked);

export function timersFrom(text: string | null | undefined): readonly TimerRecord[] {
  if (text === null || text === undefined) return [];
  return (JSON.parse(text) as readonly StoredTimer[]).map(([id, dueAt, sequence, event, parked]) => ({
    id,
    dueAt,
    sequence,
    event: event ?? { type: id },
    parked: parked ?? false,
  }));
}
