import { type Lifecycle } from '@dondoc/workflow';
import { lifecyclePaths, type PathMove } from '@dondoc/workflow/testing';
import { type AnyMachineSnapshot } from 'xstate';
import { getStateNodes } from 'xstate/graph';
import { type PlannedRung } from '../working-rules/climb';
import { directiveState } from './directive-state';
import { directiveLifecycle } from './directive.lifecycle';
import {
  type DeadlineInForce,
  type DirectiveContext,
  type DirectiveEventToSend,
  type DirectiveInput,
} from './directive.types';

const NOW = Date.UTC(2026, 10, 2, 1);
const DAY = 86_400_000;

const rung = (id: string, days: number, kind: PlannedRung['kind'] = 'remind'): PlannedRung => ({
  id,
  at: NOW + days * DAY,
  kind,
  to: ['lead-staff'],
  article: `Mục ${id}`,
  collapsed: [],
});
const rungs = [rung('T-1', 3), rung('T+5', 9, 'escalate')];
const deadline = (days: number): DeadlineInForce => ({
  at: NOW + days * DAY,
  nearDueAt: NOW + (days - 2) * DAY,
  phrase: null,
  basis: null,
  calendar: 'sample@1',
  articles: { nearDue: 'Mục 2.2', overdue: 'Mục 2.2' },
});
const input: DirectiveInput = {
  lead: 'kinh-te',
  coordinating: [],
  assigningLeader: 'chutich',
  trackingOfficer: 'vanthu',
  field: null,
  kind: 'task',
  urgency: 'normal',
  sourceDate: '2026-10-30',
  rules: 'default@1',
  assignedAt: NOW,
  returnBy: NOW + 2 * DAY,
  deadline: deadline(5),
  rungs,
  summarized: [],
};

/** States without children in which the machine can stay: those that always move on are none. */
function leaves(lifecycle: Lifecycle): string[] {
  return getStateNodes(lifecycle.machine)
    .filter((node) => Object.keys(node.states).length === 0)
    .filter((node) => !['choosing', 'judging', 'arriving'].includes(node.key))
    .map((node) => node.id)
    .sort();
}

const restingIn = (taken: readonly PathMove[]): string[] =>
  [
    ...new Set(
      taken.flatMap(({ before, after }) =>
        [before, after].flatMap((snapshot) =>
          (snapshot._nodes as { id: string; states: object }[])
            .filter((node) => Object.keys(node.states).length === 0)
            .map((node) => node.id),
        ),
      ),
    ),
  ].sort();

/** Event types that no state answers by a change. */
function neverMoving(taken: readonly PathMove[]): string[] {
  const moves = ({ before, after }: PathMove) =>
    JSON.stringify([before.value, before.context]) !== JSON.stringify([after.value, after.context]);
  const moving = new Set(taken.filter(moves).map(({ event }) => event.type));
  return [...new Set(taken.map(({ event }) => event.type))].filter((type) => !moving.has(type));
}

describe('every path of the directive machine', () => {
  const events = [
    { type: 'accept', by: 'an' },
    { type: 'return', by: 'an', reason: 'nhầm', proposedAgency: null },
    {
      type: 'reassign',
      by: 'vt',
      reason: null,
      lead: 'van-hoa',
      coordinating: ['kinh-te'],
      assignedAt: NOW,
      returnBy: NOW + 2 * DAY,
      deadline: deadline(5),
      rungs,
      summarized: [],
    },
    {
      type: 'reassign',
      by: 'vt',
      reason: null,
      lead: 'van-hoa',
      coordinating: [],
      assignedAt: NOW,
      returnBy: NOW + 2 * DAY,
      deadline: deadline(-1),
      rungs: [],
      summarized: [],
    },
    { type: 'set-deadline', by: 'vt', deadline: deadline(5), rungs, summarized: [] },
    { type: 'extend', by: 'ct', reason: 'chờ', deadline: deadline(20), rungs: [], summarized: [] },
    { type: 'urge', by: 'ct', note: 'gấp', article: null },
    { type: 'report', by: 'an', result: { number: '1', date: '2026-11-02', summary: '-', file: null } },
    { type: 'report', by: 'vt', result: { number: '1', date: '2026-11-02', summary: '-', file: null } },
    { type: 'verify', by: 'an' },
    { type: 'verify', by: 'vt' },
    { type: 'send-back', by: 'vt', reason: 'thiếu', rungs, summarized: [] },
    { type: 'cancel', by: 'ct', reason: 'thôi' },
    { type: 'escalation-raised', escalation: 'e1', rung: 'T+5' },
    { type: 'escalation-decided', escalation: 'e1' },
  ] satisfies DirectiveEventToSend[];
  const contextOf = (snapshot: AnyMachineSnapshot) => snapshot.context as unknown as DirectiveContext;
  const key = (snapshot: AnyMachineSnapshot): string => {
    const { lead, deadline: due, ladder, escalations, reportedBy } = contextOf(snapshot);
    const open = Math.min(escalations.length, 1);
    return JSON.stringify([snapshot.value, lead, due?.at, ladder.rungs.length, open, reportedBy]);
  };
  const taken: PathMove[] = [];

  beforeAll(async () => {
    for (const start of [input, { ...input, deadline: null, rungs: [] }])
      taken.push(
        ...(await lifecyclePaths(directiveLifecycle, { input: start, events, key, now: NOW })).moves,
      );
  });

  it('reaches every state in which it can rest, by every event', () => {
    expect(restingIn(taken)).toEqual(leaves(directiveLifecycle));
    // Urging sends a letter and changes nothing.
    expect(neverMoving(taken)).toEqual(['urge']);
  });

  it.each<[string, (step: PathMove) => boolean]>([
    [
      'has one lead, who does not coordinate',
      ({ after }) => {
        const { lead, coordinating } = contextOf(after);
        return lead !== '' && !coordinating.includes(lead);
      },
    ],
    [
      'is closed only on a report that somebody else verified',
      ({ event, before, after }) =>
        after.value !== 'closed' ||
        (before.value === 'reported' &&
          event.type === 'verify' &&
          contextOf(after).submittedAt !== null &&
          event['by'] !== contextOf(after).reportedBy),
    ],
    [
      'holds a report exactly while it is reported or closed',
      ({ after }) => {
        const reported = contextOf(after).reportedBy !== null;
        return (
          after.value === 'cancelled' || reported === (after.value === 'reported' || after.value === 'closed')
        );
      },
    ],
    [
      'has no open escalation once reported, closed or cancelled',
      ({ after }) => directiveState(after.value).time !== null || contextOf(after).escalations.length === 0,
    ],
    [
      'knows no lateness without a deadline, and always one with it',
      ({ after }) => {
        const { time } = directiveState(after.value);
        return time === null || (time === 'no-deadline') === (contextOf(after).deadline === null);
      },
    ],
    [
      'keeps its first deadline for good',
      ({ before, after }) => {
        const first = contextOf(before).originalDeadline;
        return first === null || contextOf(after).originalDeadline === first;
      },
    ],
    [
      'sends no rung twice for one deadline',
      ({ after }) => {
        const { sent } = contextOf(after).ladder;
        return new Set(sent).size === sent.length;
      },
    ],
    [
      'never stands between two choices',
      ({ after }) => !contextOf(after).ladder.replanned || after.status === 'done',
    ],
    [
      'ends closed or cancelled, and nowhere else',
      ({ after }) => (after.status === 'done') === (after.value === 'closed' || after.value === 'cancelled'),
    ],
  ])('%s', (_promise, holds) => {
    expect(taken.length).toBeGreaterThan(1_000);
    expect(
      taken.filter((step) => !holds(step)).map(({ event, after }) => [event, after.value as unknown]),
    ).toEqual([]);
  });
});
