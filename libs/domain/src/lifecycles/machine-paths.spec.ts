import { isLeftToXState, lifecyclePaths, type PathMove } from '@dondoc/workflow/testing';
import { eventsNeverMoving, statesNeverReached } from '@dondoc/workflow/testing/path-coverage';
import { type AnyMachineSnapshot } from 'xstate';
import { type PlannedRung } from '../working-rules/climb';
import { directiveState, hasEnded } from './directive-state';
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
  bySilence: null,
  returnSilence: 'accepted',
  deadline: deadline(5),
  openPhrase: null,
  rungs,
  summarized: [],
  parent: null,
};
const submission = {
  result: { number: '1', date: '2026-11-02', summary: '-', file: null },
  onBehalfOf: null,
  judgedAt: null,
  dateFlagged: false,
  verification: [rung('V+0', 4), rung('V+2', 6)],
};

describe('every path of the directive machine', () => {
  const events = [
    { type: 'accept', by: 'an', counted: null },
    { type: 'accept', by: 'an', counted: { deadline: deadline(5), rungs, summarized: [] } },
    { type: 'return', by: 'an', reason: 'nhầm', proposedAgency: null },
    {
      type: 'reassign',
      by: 'vt',
      reason: null,
      lead: 'van-hoa',
      coordinating: ['kinh-te'],
      assignedAt: NOW,
      returnBy: NOW + 2 * DAY,
      bySilence: null,
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
      bySilence: null,
      deadline: deadline(-1),
      rungs: [],
      summarized: [],
    },
    { type: 'set-deadline', by: 'vt', deadline: deadline(5), rungs, summarized: [] },
    {
      type: 'extend',
      by: 'ct',
      reason: 'chờ',
      deadline: deadline(20),
      rungs: [],
      summarized: [],
      onRequest: true,
    },
    { type: 'urge', by: 'ct', note: 'gấp', article: null },
    { type: 'assign-person', by: 'truong', person: 'an', note: null },
    { type: 'report', by: 'an', needsApproval: false, ...submission },
    { type: 'report', by: 'an', needsApproval: true, ...submission },
    { type: 'report', by: 'vt', needsApproval: false, ...submission },
    { type: 'approve-report', by: 'truong', ...submission },
    { type: 'return-report', by: 'truong', reason: 'sửa' },
    { type: 'verify', by: 'an', onBehalfOf: null },
    { type: 'verify', by: 'vt', onBehalfOf: null },
    { type: 'verify', by: 'vt', onBehalfOf: 'an' },
    { type: 'verify', by: 'truong', onBehalfOf: null },
    { type: 'send-back', by: 'vt', reason: 'thiếu', deadline: deadline(5), rungs, summarized: [] },
    { type: 'suspend', by: 'ct', reason: 'chờ' },
    { type: 'propose-resumption', by: 'vt', reason: null, deadline: deadline(30) },
    {
      type: 'resume',
      by: 'ct',
      deadline: deadline(5),
      returnBy: NOW + 2 * DAY,
      bySilence: null,
      rungs,
      summarized: [],
    },
    { type: 'transfer', by: 'vt', lead: 'van-hoa', coordinating: [] },
    {
      type: 'move-rules',
      by: 'vt',
      reason: 'mới',
      rules: 'default@2',
      deadline: deadline(5),
      returnBy: NOW + 2 * DAY,
      returnSilence: 'accepted',
      bySilence: null,
      rungs: [],
      summarized: [],
    },
    {
      type: 'parent-moved',
      by: 'ct',
      parentDeadline: NOW + 4 * DAY,
      deadline: deadline(4),
      rungs,
      summarized: [],
    },
    { type: 'hand-on', by: 'truong', children: ['c1'] },
    { type: 'child-ended', child: 'c1' },
    { type: 'stood-in', subject: 'rung', rung: 'T-5', article: '4.1', standIns: [] },
    { type: 'replace', by: 'ct', reason: 'mới hơn', successor: 'd2' },
    { type: 'replaces', by: 'ct', directive: 'd0' },
    { type: 'extension-requested', request: 'x1' },
    { type: 'extension-decided', request: 'x1' },
    { type: 'cancel', by: 'ct', reason: 'thôi' },
    { type: 'escalation-raised', escalation: 'e1', rung: 'T+5' },
    { type: 'escalation-decided', escalation: 'e1' },
  ] satisfies DirectiveEventToSend[];
  type Type = DirectiveEventToSend['type'];
  const only = (...types: readonly Type[]) => events.filter(({ type }) => types.includes(type));
  /** Without deadlines, where they make no difference: far fewer states, the same choices. */
  const undated = (sent: readonly DirectiveEventToSend[]): readonly DirectiveEventToSend[] =>
    sent.map((event) =>
      'rungs' in event ? ({ ...event, deadline: null, rungs: [] } as DirectiveEventToSend) : event,
    );
  const leavesAtOnce = (event: DirectiveEventToSend) => event.type !== 'report' || !event.needsApproval;
  const noDeadline = { ...input, deadline: null, rungs: [] };
  /** Everything at once has more states than there is time for: every two matters meet in one of these. */
  const walks: readonly { readonly start: DirectiveInput; readonly sent: readonly DirectiveEventToSend[] }[] =
    [
      {
        start: input,
        sent: only(
          ...(['accept', 'return', 'reassign', 'extend', 'urge', 'report', 'verify', 'send-back'] as const),
          ...(['cancel', 'escalation-raised', 'escalation-decided'] as const),
        ).filter(leavesAtOnce),
      },
      {
        start: noDeadline,
        sent: only('accept', 'set-deadline', 'extend', 'suspend', 'resume', 'parent-moved', 'move-rules'),
      },
      {
        start: { ...noDeadline, bySilence: { deadline: deadline(6), rungs, summarized: [] } },
        sent: only('accept', 'stood-in'),
      },
      {
        start: { ...noDeadline, returnSilence: 'stays-assigned' },
        sent: undated(
          only(
            ...(['accept', 'return', 'assign-person', 'report', 'approve-report', 'return-report'] as const),
            ...(['verify', 'send-back', 'transfer', 'replaces', 'suspend', 'propose-resumption'] as const),
            'resume',
          ),
        ),
      },
      {
        start: {
          ...noDeadline,
          parent: { directive: 'p1', self: 'd1', organization: null, deadline: NOW + 30 * DAY },
        },
        sent: undated(
          only(
            ...(['report', 'verify', 'send-back', 'hand-on', 'child-ended', 'parent-moved'] as const),
            ...(['extension-requested', 'extension-decided', 'suspend', 'resume', 'replace'] as const),
          ),
        ).filter(leavesAtOnce),
      },
    ];
  const contextOf = (snapshot: AnyMachineSnapshot) => snapshot.context as unknown as DirectiveContext;
  const key = (snapshot: AnyMachineSnapshot): string => {
    const {
      lead,
      deadline: due,
      ladder,
      escalations,
      reporters,
      draft,
      suspension,
      ...rest
    } = contextOf(snapshot);
    const { verification, children, extensionRequest } = rest;
    const open = [Math.min(escalations.length, 1), Math.min(children.length, 1), extensionRequest];
    const waiting = [ladder.rungs.length, verification.length, draft?.by, suspension?.proposed?.at];
    const past = JSON.stringify(snapshot.historyValue);
    return JSON.stringify([snapshot.value, lead, due?.at, open, waiting, reporters, past]);
  };
  const taken: PathMove[] = [];

  beforeAll(async () => {
    for (const { start, sent } of walks) {
      const receivers = ['p1', 'e1', 'x1'];
      const walk = { input: start, events: sent, key, now: NOW, receivers };
      taken.push(...(await lifecyclePaths(directiveLifecycle, walk)).moves);
    }
  });

  it('reaches every state in which it can rest, by every event', () => {
    expect(statesNeverReached(directiveLifecycle, taken)).toEqual([]);
    // Urging sends a letter; what it took the place of, and who stood in, is for its history: they change nothing.
    expect(eventsNeverMoving(taken)).toEqual(['replaces', 'stood-in', 'urge']);
    expect(new Set(taken.map(({ event }) => event.type))).toEqual(
      new Set([
        ...events.map(({ type }) => type),
        ...taken.filter(({ kind }) => kind === 'timer').map(({ event }) => event.type),
      ]),
    );
  });

  it('is taken by plans, each of which XState has come to the same with', () => {
    expect(taken.length).toBeGreaterThan(1_000);
    expect(isLeftToXState(directiveLifecycle)).toBe(false);
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
        (directiveState(before.value).work === 'reported' &&
          event.type === 'verify' &&
          contextOf(after).submittedAt !== null &&
          ![event['by'], event['onBehalfOf']].some((one) =>
            contextOf(after).reporters.includes(one as string),
          )),
    ],
    [
      'is never closed while something it was handed on as is open',
      ({ after }) => after.value !== 'closed' || contextOf(after).children.length === 0,
    ],
    [
      'never reports past the head when the head has to approve',
      ({ event, before, after }) =>
        event.type !== 'report' ||
        event['needsApproval'] !== true ||
        JSON.stringify(before.value) === JSON.stringify(after.value) ||
        directiveState(after.value).work === 'awaiting-head',
    ],
    [
      'stands still exactly while it is suspended',
      ({ after }) =>
        after.status === 'done' ||
        (contextOf(after).suspension !== null) === (directiveState(after.value).work === 'suspended'),
    ],
    [
      'goes on where it stood when it was suspended',
      ({ event, before, after }) =>
        event.type !== 'resume' ||
        directiveState(before.value).work !== 'suspended' ||
        !['reported', 'suspended'].includes(directiveState(after.value).work),
    ],
    [
      'holds a report exactly while it is reported or closed',
      ({ after }) => {
        const reported = contextOf(after).reportedBy !== null;
        return (
          ['cancelled', 'replaced'].includes(directiveState(after.value).work) ||
          reported === ['reported', 'closed'].includes(directiveState(after.value).work)
        );
      },
    ],
    [
      'has nothing open that waits for a decision once its clock stands still',
      ({ after }) =>
        directiveState(after.value).time !== null ||
        (contextOf(after).escalations.length === 0 && contextOf(after).extensionRequest === null),
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
      ({ after }) => !contextOf(after).ladder.replanned || directiveState(after.value).time === null,
    ],
    [
      'ends closed, cancelled or replaced, and nowhere else',
      ({ after }) => (after.status === 'done') === hasEnded(directiveState(after.value).work),
    ],
  ])('%s', (_promise, holds) => {
    expect(taken.length).toBeGreaterThan(1_000);
    expect(
      taken.filter((step) => !holds(step)).map(({ event, after }) => [event, after.value as unknown]),
    ).toEqual([]);
  });
});
