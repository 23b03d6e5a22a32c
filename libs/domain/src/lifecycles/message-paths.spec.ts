import { type CallAnswer } from '@dondoc/workflow';
import { lifecyclePaths, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import { type AnyMachineSnapshot } from 'xstate';
import { digestLifecycle, type DigestContext, type DigestPlan } from './digest.lifecycle';
import { dispatchLifecycle, type DispatchContext } from './dispatch.lifecycle';
import { dispatchStates } from './dispatch-state';

const NOW = Date.UTC(2026, 10, 2, 1);
const MINUTE = 60_000;
const OPENING = NOW + 90 * MINUTE;

const failed = (message: string): CallAnswer => ({ error: { name: 'Error', message, permanent: true } });
const awaits = ({ children }: AnyMachineSnapshot): readonly string[] => Object.keys(children as object);
const kept = ({ value, context }: AnyMachineSnapshot): string => JSON.stringify([value, context]);

describe('every path of a dispatch', () => {
  const receipt = '250 taken';
  const reason = 'Đã sửa địa chỉ';
  const taken: PathMove[] = [];
  const contextOf = ({ context }: AnyMachineSnapshot) => context as unknown as DispatchContext;
  const leadingTo = (state: string): PathMove[] =>
    taken.filter(({ before, after }) => after.value === state && before.value !== state);

  beforeAll(async () => {
    for (const anyHour of [true, false]) {
      const input = { channel: 'mail', recipient: 'an', sendAt: NOW + MINUTE, anyHour };
      const { moves } = await lifecyclePaths(dispatchLifecycle, {
        input,
        now: NOW,
        events: [
          { type: 'send-again', by: 'qt', reason },
          { type: 'drop', by: 'qt', reason },
        ] as never,
        answers: {
          compose: [{ output: { items: 0 } }, { output: { items: 2 } }, failed('nobody is reached')],
          handOver: [{ output: { receipt } }, { output: { heldUntil: OPENING } }, failed('550 refused')],
        },
      });
      taken.push(...moves);
    }
  });

  it('reaches every state that is shown to people, by every event and answer', () => {
    expect(statesNeverReached(dispatchLifecycle, taken)).toEqual([]);
    expect(eventsNeverMoving(taken)).toEqual([]);
    const states = taken.flatMap(({ before, after }) => [String(before.value), String(after.value)]);
    expect([...new Set(states)].sort()).toEqual([...dispatchStates].sort());
  });

  it.each<[string, (step: PathMove) => boolean]>([
    [
      'waits for exactly what its state says: time, an answer, or a person',
      ({ after }) =>
        JSON.stringify(awaits(after)) ===
        JSON.stringify({ composing: ['compose'], sending: ['handOver'] }[String(after.value)] ?? []),
    ],
    [
      'is handed over only after it has been composed and kept',
      ({ before, after }) =>
        after.value !== 'sending' || ['composing', 'sending', 'held'].includes(String(before.value)),
    ],
    [
      'is sent exactly when the channel has taken it, and says what the channel said',
      ({ after }) => (after.value === 'sent') === (contextOf(after).receipt !== null),
    ],
    [
      'ends sent, empty or dropped, and nowhere else',
      ({ after }) => (after.status === 'done') === ['sent', 'empty', 'dropped'].includes(String(after.value)),
    ],
    [
      'is given up by a person only, and only once it has failed',
      ({ event, before, after }) =>
        after.value !== 'dropped' || (event.type === 'drop' && before.value === 'failed'),
    ],
    [
      'says how it failed as long as it stands failed',
      ({ after }) => after.value !== 'failed' || contextOf(after).failure !== null,
    ],
    [
      'knows until when it is held, and leaves then at the earliest',
      ({ kind, before, after, at }) =>
        (after.value !== 'held' || contextOf(after).heldUntil === OPENING) &&
        (before.value !== 'held' || after.value !== 'sending' || (kind === 'timer' && at >= OPENING)),
    ],
    [
      'is sent again only by a person',
      ({ kind, before, after }) => before.value !== 'failed' || after.value === 'failed' || kind === 'event',
    ],
    [
      'keeps to whom, by which channel and for when it was begun',
      ({ before, after }) => {
        const of = ({ channel, recipient, sendAt, anyHour }: DispatchContext) =>
          JSON.stringify([channel, recipient, sendAt, anyHour]);
        return of(contextOf(before)) === of(contextOf(after));
      },
    ],
  ])('%s', (_promise, holds) => {
    expect(taken.length).toBeGreaterThan(40);
    expect(taken.filter((step) => !holds(step)).map(({ event, after }) => [event, kept(after)])).toEqual([]);
  });

  it('lets nobody act on what is on its way', () => {
    const early = taken.filter(({ kind, before }) => kind === 'event' && before.value !== 'failed');
    expect(early.length).toBeGreaterThan(5);
    expect(early.filter(({ before, after }) => kept(before) !== kept(after))).toEqual([]);
  });

  it('comes to its end by an answer or by a person, never by time alone', () => {
    expect(leadingTo('sent').every(({ kind }) => kind === 'answer')).toBe(true);
    expect(leadingTo('empty').every(({ kind }) => kind === 'answer')).toBe(true);
    expect(taken.filter(({ kind, after }) => kind === 'timer' && after.status === 'done')).toEqual([]);
  });
});

describe('every path of the digest', () => {
  const DAY = 24 * 60 * MINUTE;
  const none = { daily: false, weekly: false, summary: false };
  const plans: readonly DigestPlan[] = [
    { at: NOW + DAY, ...none },
    { at: NOW + DAY, ...none, daily: true },
    { at: NOW + DAY, ...none, weekly: true },
    { at: NOW + DAY, ...none, daily: true, summary: true },
    // The worker was down: due at once.
    { at: NOW - DAY, ...none, weekly: true, summary: true },
  ];
  const writtenAt = NOW + DAY;
  const contextOf = ({ context }: AnyMachineSnapshot) => context as unknown as DigestContext;
  let taken: readonly PathMove[] = [];

  beforeAll(async () => {
    const walk = await lifecyclePaths(digestLifecycle, {
      input: {},
      now: NOW,
      events: [],
      answers: {
        plan: plans.map((plan) => ({ output: { ...plan } })),
        write: [{ output: { writtenAt } }],
      },
    });
    taken = walk.moves;
  });

  it('reaches every state', () => {
    expect(statesNeverReached(digestLifecycle, taken)).toEqual([]);
    expect(new Set(taken.map(({ kind }) => kind))).toEqual(new Set(['answer', 'timer']));
  });

  it.each<[string, (step: PathMove) => boolean]>([
    ['never ends', ({ after }) => after.status === 'active'],
    [
      'always waits for something: a plan, its hour or what is being written',
      ({ after }) =>
        JSON.stringify(awaits(after)) ===
        JSON.stringify({ planning: ['plan'], writing: ['write'] }[String(after.value)] ?? []),
    ],
    [
      'writes only what its plan names, and only when there is something',
      ({ after }) => {
        const { plan } = contextOf(after);
        return after.value !== 'writing' || (plan !== null && (plan.daily || plan.weekly || plan.summary));
      },
    ],
    [
      'begins to write at the hour of its plan, never before',
      ({ kind, before, after, at }) =>
        before.value === 'writing' ||
        after.value !== 'writing' ||
        (at >= (contextOf(after).plan?.at ?? Infinity) && kind !== 'event'),
    ],
    [
      'remembers what it wrote, and nothing that it did not write',
      ({ before, after, event }) => {
        const was = contextOf(before);
        const is = contextOf(after);
        const isWritten = before.value === 'writing' && event.type === 'xstate.done.actor.write';
        return (['daily', 'weekly', 'summary'] as const).every(
          (kind) => is.written[kind] === (isWritten && was.plan?.[kind] ? writtenAt : was.written[kind]),
        );
      },
    ],
    [
      'plans anew after every digest and every look at the rules',
      ({ before, after }) =>
        before.value === after.value ||
        String(after.value) !== 'planning' ||
        ['writing', 'waiting'].includes(String(before.value)),
    ],
  ])('%s', (_promise, holds) => {
    expect(taken.length).toBeGreaterThan(20);
    expect(taken.filter((step) => !holds(step)).map(({ event, after }) => [event, kept(after)])).toEqual([]);
  });
});
