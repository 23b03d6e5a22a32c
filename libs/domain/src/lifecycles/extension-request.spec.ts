import { lifecyclePaths, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import { extensionRequestLifecycle } from './extension-request.lifecycle';
import { type ExtensionRequestEventToSend, type ExtensionRequestInput } from './extension-request.types';

const NOW = Date.UTC(2026, 10, 2, 1);
const DAY = 86_400_000;
const decideBy = { remindAt: NOW + 2 * DAY, goUpAt: NOW + 4 * DAY };

const input: ExtensionRequestInput = {
  id: 'x1',
  directive: 'd1',
  by: 'an',
  onBehalfOf: null,
  reason: 'chờ',
  done: null,
  asked: { date: '2026-11-30', time: null, phrase: null, basis: null },
  deadline: NOW + 9 * DAY,
  rules: 'default@1',
  article: 'Mục 6.1',
  urgency: 'normal',
  facts: {
    lead: 'kinh-te',
    assignedPerson: null,
    coordinating: [],
    assigningLeader: 'ct',
    trackingOfficer: 'vt',
    field: null,
  },
  approver: 'assigning-leader',
  needsApproval: false,
  decideBy,
};

const people = [
  ['ct', null],
  ['an', null],
  ['truong', null],
  ['ct', 'an'],
] as const;
const events: readonly ExtensionRequestEventToSend[] = [
  { type: 'approve', by: 'truong', onBehalfOf: null, decideBy },
  { type: 'decline', by: 'truong', reason: 'chưa cần' },
  ...people.flatMap(([by, onBehalfOf]) =>
    [true, false].map((granted) => ({
      type: 'decide' as const,
      by,
      onBehalfOf,
      granted,
      note: null,
      deadline: granted ? NOW + 20 * DAY : null,
      held: null,
    })),
  ),
  ...[true, false].flatMap((granted) => {
    const made = { by: 'ct', onBehalfOf: null, granted, note: null };
    const deadline = granted ? NOW + 20 * DAY : null;
    const held = { ...made, until: NOW + 10_000, deadline: null };
    return [
      { type: 'decide' as const, ...made, deadline, held },
      { type: 'carry-out' as const, ...made, deadline },
    ];
  }),
  { type: 'undo', by: 'ct', onBehalfOf: null },
  { type: 'undo', by: 'truong', onBehalfOf: null },
  { type: 'not-carried-out', code: 'x', vi: 'x', en: 'x' },
  { type: 'withdraw' },
];

describe('every path of a request for more time', () => {
  const taken: PathMove[] = [];

  beforeAll(async () => {
    for (const needsApproval of [false, true]) {
      const walk = { input: { ...input, needsApproval }, events, now: NOW, receivers: ['d1'] };
      taken.push(...(await lifecyclePaths(extensionRequestLifecycle, walk)).moves);
    }
  });

  it('reaches every state in which it can rest, by every event', () => {
    expect(statesNeverReached(extensionRequestLifecycle, taken)).toEqual([]);
    expect(eventsNeverMoving(taken)).toEqual([]);
  });

  it('is never decided by whoever asked for it, let it go, or had it asked', () => {
    const decided = taken.filter(({ event, after, before }) => event.type === 'decide' && after !== before);
    const ended = decided.filter(
      ({ before, after }) => before.status === 'active' && after.status === 'done',
    );
    const requesters = (move: PathMove) => (move.before.context as { requesters: string[] }).requesters;
    expect(ended.length).toBeGreaterThan(5);
    expect(
      ended.filter((move) =>
        [move.event['by'], move.event['onBehalfOf']].some((one) => requesters(move).includes(one as string)),
      ),
    ).toEqual([]);
  });

  it('lets nothing follow from a decision before the time to take it back is over, and nobody else take it back', () => {
    const held = taken.filter(({ before }) => JSON.stringify(before.value).includes('"held"'));
    const undone = held.filter(
      ({ event, before, after }) =>
        event.type === 'undo' && JSON.stringify(after.value) !== JSON.stringify(before.value),
    );
    expect(undone.length).toBeGreaterThan(2);
    expect(undone.filter(({ event }) => event['by'] !== 'ct')).toEqual([]);
    expect(held.filter(({ kind, after }) => kind === 'timer' && after.status === 'done')).toEqual([]);
    expect(held.filter(({ event, after }) => event.type !== 'withdraw' && after.status === 'done')).toEqual(
      [],
    );
  });

  it('is never granted by silence', () => {
    const byTime = taken.filter(({ kind }) => kind === 'timer');
    expect(byTime.length).toBeGreaterThan(1);
    expect(byTime.filter(({ after }) => after.status === 'done')).toEqual([]);
  });
});
