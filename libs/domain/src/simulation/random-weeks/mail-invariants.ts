import { type Instant } from '@dondoc/workflow';
import { type Directory } from '../../directory/directory';
import { type DispatchContext } from '../../lifecycles/dispatch.lifecycle';
import { type CivilDate } from '../../working-time/civil-date';
import { each, keptIn, on, together, type Invariant } from './invariant';
import { type HandedOver, type Item } from './mail-room';
import { type PlayedWeek } from './played-week';

const MINUTE = 60_000;

const say = ({ to, at, items }: HandedOver): string =>
  `${items.map(({ subject, rung }) => rung ?? subject).join(', ')} went to ${to} at ${on(at)}`;

const isUrgent = ({ rules }: PlayedWeek, { urgency }: Item): boolean =>
  rules.outsideHours.value.some((one) => one === urgency);

/** Nothing is handed to a channel outside working hours, unless it is urgent; urgent and other matters never share a message. */
export const leavesInWorkingHours: Invariant = (week) =>
  each(
    week.room?.handed ?? [],
    ({ at, items }) =>
      items.every((item) => isUrgent(week, item)) ||
      (week.fingers.isOpen(at) && items.every((item) => !isUrgent(week, item))),
    say,
  );

/** One message per person and moment: whatever leaves in one minute leaves together, and everything leaves once. */
export const leavesTogetherAndOnce: Invariant = (week) => {
  const handed = week.room?.handed ?? [];
  const planned = keptIn<DispatchContext>(week.instances, 'dispatch').map(({ context }) => context);
  const moment = ({ recipient, sendAt, anyHour }: DispatchContext): string =>
    `${recipient}/${sendAt}/${anyHour}`;
  const moments = planned.map(moment);
  const times = new Map<string, number>();
  for (const { items } of handed) for (const { id } of items) times.set(id, (times.get(id) ?? 0) + 1);
  return together([
    each(
      planned,
      (one) => moments.indexOf(moment(one)) === moments.lastIndexOf(moment(one)),
      ({ recipient, sendAt }) => `two messages for ${recipient} at ${on(sendAt)}`,
    ),
    each(
      [...times],
      ([, count]) => count === 1,
      ([id, count]) => `${id} left ${count} times`,
    ),
  ]);
};

/** In the next minute, of working hours unless it is urgent. */
function leavesAt(week: PlayedWeek, item: Item): Instant {
  const next = (at: Instant): Instant => (Math.floor(at / MINUTE) + 1) * MINUTE;
  const { fingers } = week;
  if (isUrgent(week, item)) return next(item.at);
  const minute = next(fingers.opening(item.at));
  return fingers.isOpen(minute) ? minute : next(fingers.opening(minute));
}

/** Every message is handed over at its moment, or for a reason not at all; what a channel refused, when it is sent again. */
export const leavesAtItsMoment: Invariant = (week) => {
  const { room } = week;
  if (room === null) return { judged: 0, broken: [] };
  const states = new Map(week.instances.map(({ id, snapshot }) => [id, snapshot.value]));
  const entries = (id: string): readonly string[] =>
    (week.histories.get(id) ?? []).map(({ to }) => (typeof to === 'string' ? to : ''));
  const { now } = week.office.memory;
  const items = [...room.dispatches].flatMap(([id, { items: all, composed }]) =>
    all.map((item) => ({ id, item, isComposed: composed?.includes(item) === true })),
  );
  return together([
    each(
      items.filter(({ item }) => leavesAt(week, item) <= now),
      ({ id, item, isComposed }) => {
        const [left] = room.handed.filter(({ items: together }) => together.includes(item));
        const at = leavesAt(week, item);
        if (left) return isComposed && (left.at === at || (left.at > at && entries(id).includes('failed')));
        // What the channel had refused is not sent again to whoever has left since.
        const hasLeft = !isHere(week.directory, item.recipient, week.fingers.dateOf(now));
        const state = states.get(id);
        return !isComposed || state === 'failed' || state === 'held' || (state === 'empty' && hasLeft);
      },
      ({ item, id }) =>
        `${item.rung ?? item.subject} for ${item.recipient} is ${JSON.stringify(states.get(id))}, was to leave at ${on(leavesAt(week, item))}`,
    ),
    each(
      items.filter(({ isComposed }) => !isComposed),
      ({ item, id }) =>
        leavesAt(week, item) > now ||
        ['rung', 'assigned'].includes(item.subject) ||
        !isHere(week.directory, item.recipient, week.fingers.dateOf(leavesAt(week, item))) ||
        states.get(id) === 'failed',
      ({ item }) => `${item.subject} for ${item.recipient} was left out`,
    ),
    each(
      room.gathered,
      (item) => items.filter((one) => one.item === item).length === 1,
      ({ id }) => `${id} is in no message, or in several`,
    ),
  ]);
};

const isHere = ({ offices }: Directory, person: string, date: CivilDate): boolean =>
  offices.some((held) => held.person === person && held.from <= date && date <= (held.to ?? '9999'));

/** Nothing is told, and nothing leaves, to somebody who holds no office any more. */
export const tellsNobodyWhoLeft: Invariant = (week) =>
  together([
    each(week.room?.handed ?? [], ({ to, at }) => isHere(week.directory, to, week.fingers.dateOf(at)), say),
    each(
      week.messages.flatMap(({ at, recipients, payload }) =>
        recipients.map((to) => ({
          at,
          to,
          subject: (payload as { readonly subject?: string }).subject ?? '',
        })),
      ),
      // A delegation is told to both of its people in person.
      ({ at, to, subject }) =>
        subject.startsWith('delegation-') || isHere(week.directory, to, week.fingers.dateOf(at)),
      ({ at, to, subject }) => `${subject} at ${on(at)} was told to ${to}, who had left`,
    ),
  ]);

const clock = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
};

/** A digest on every day of work at its hour; the weekly one on its weekday, or on the first day of work after it. */
export const writesDigestsOnTheirDays: Invariant = (week) => {
  const { room, fingers, office } = week;
  if (room === null) return { judged: 0, broken: [] };
  const { daily, weekly } = week.rules.digest.value;
  const begun = week.instances.find(({ lifecycle }) => lifecycle === 'digest')?.startedAt ?? 0;
  const days: CivilDate[] = [];
  for (
    let day = fingers.dateOf(begun);
    fingers.midnight(day) <= office.memory.now;
    day = fingers.dayAfter(day)
  )
    if (fingers.isWorked(day)) days.push(day);
  const weekdayOf = (day: CivilDate): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  const isWeekly = (day: CivilDate): boolean => {
    if (weekly === null) return false;
    for (let back = weekdayOf(day) - weekly.weekday; back > 0; back -= 1)
      if (fingers.isWorked(fingers.dayAfter(day, -back))) return false;
    return weekdayOf(day) >= weekly.weekday;
  };
  const hours = (wanted: readonly CivilDate[], hour: string | null): readonly Instant[] =>
    hour === null
      ? []
      : wanted
          .map((day) => fingers.midnight(day) + clock(hour))
          .filter((at) => begun < at && at <= office.memory.now);
  const written = (kind: 'daily' | 'weekly'): readonly Instant[] =>
    room.written.filter((one) => one[kind]).map(({ at }) => at);
  return each(
    [
      { kind: 'daily' as const, due: hours(days, daily) },
      { kind: 'weekly' as const, due: hours(days.filter(isWeekly), weekly?.at ?? null) },
    ],
    ({ kind, due }) => written(kind).join() === due.join(),
    ({ kind, due }) => `${kind} at ${written(kind).map(on).join()}, was to be at ${due.map(on).join()}`,
  );
};
