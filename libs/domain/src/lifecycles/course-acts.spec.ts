import { isRefusal, type Refusal } from '@dondoc/workflow';
import { TestRuntime } from '@dondoc/workflow/testing';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { type ActFacts } from './act-facts';
import { planHandOn } from './cascade/hand-on-acts';
import { planMoveToRules, planTransfer } from './course-acts';
import { planAcceptance, planAssignment, planExtension, type AssignmentIntent } from './directive-acts';
import { directiveLifecycle } from './directive.lifecycle';
import { directiveState } from './directive-state';
import { type DirectiveContext, type DirectiveEventToSend } from './directive.types';
import { planExtensionDecision, planExtensionRequest } from './extension-request-acts';
import { type ExtensionRequestContext } from './extension-request.types';
import { previewMove } from './preview-rules-move';
import { planReport, planVerification } from './report-acts';
import { planResumption, planSuspension } from './suspension-acts';

const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const rules = defaultWorkingRules();
const facts: ActFacts = {
  now: at('2026-11-02T09:00'),
  calendar: sampleCalendar,
  rules,
  directory: sampleOffice().directory,
};

function sound<T>(planned: T): Exclude<T, Refusal> {
  if (isRefusal(planned)) throw new Error(planned.en);
  return planned as Exclude<T, Refusal>;
}

async function begin(
  due: Pick<AssignmentIntent, 'deadline' | 'openPhrase'> = { deadline: { date: '2026-11-20' } },
) {
  const test = new TestRuntime({ lifecycles: [directiveLifecycle], now: facts.now });
  const input = sound(planAssignment({ lead: ['kinh-te'], sourceDate: '2026-10-30', ...due }, facts));
  const id = await test.start(directiveLifecycle, input);
  return {
    test,
    id,
    context: () => test.record(id).snapshot.context as unknown as DirectiveContext,
    state: () => directiveState(test.record(id).snapshot.value),
    send: (event: DirectiveEventToSend) => test.send(directiveLifecycle, id, event),
    factsNow: (): ActFacts => ({ ...facts, now: test.now }),
  };
}

describe('another version of the rules, on purpose', () => {
  const { nearDue } = rules;
  const next = {
    ...rules,
    version: 2,
    nearDue: { ...nearDue, value: { amount: 5, unit: 'wd' as const } },
    ladders: rules.ladders.map((ladder) => ({
      ...ladder,
      rungs: ladder.rungs.filter(({ id }) => id !== 'T-1'),
    })),
  };

  it('keeps the deadline and what was sent, and judges by the new version from then on', async () => {
    const { test, context, state, send, factsNow } = await begin();
    await test.advanceTo(at('2026-11-16T09:00'));
    const { deadline, ladder } = context();
    expect(ladder.sent).toEqual(['T-5']);
    const by = { by: 'vanthu', reason: 'Quy chế mới' };
    const move = sound(planMoveToRules(context(), state(), by, { ...factsNow(), rules: next }));
    expect(isRefusal(await send(move))).toBe(false);
    expect(context()).toMatchObject({
      rules: 'default@2',
      deadline: { at: deadline?.at, nearDueAt: at('2026-11-13T07:30') },
      ladder: { sent: ['T-5'] },
    });
    expect(context().ladder.rungs.map(({ id }) => id)).not.toContain('T-1');
    expect(test.state(test.instances(directiveLifecycle)[0]?.id ?? '')).toMatchObject({
      underway: { time: 'nearDue' },
    });
    await test.advanceTo(at('2026-11-20T16:59'));
    const rungs = test.delivered.map(({ payload }) => payload['rung']).filter((one) => one !== null);
    expect(rungs).toEqual(['T-5']);
    expect(test.verify()).toEqual([]);
  });
});

describe('what a move to other rules has shown before', () => {
  const shorter = (more: Partial<typeof rules> = {}) => ({
    ...rules,
    version: 2,
    returnWindow: { ...rules.returnWindow, value: { amount: 1, unit: 'wd' as const } },
    ladders: rules.ladders.map((ladder) => ({
      ...ladder,
      rungs: ladder.rungs.map((rung) =>
        rung.id === 'T-5' ? { ...rung, offset: { ...rung.offset, amount: -4 } } : rung,
      ),
    })),
    ...more,
  });
  const by = { by: 'vanthu', reason: 'Quy chế mới' };

  it.each([
    ['while the time to return it runs', [], '2026-11-02T15:00'],
    ['when by the other rules that time is over', [], '2026-11-04T09:00'],
    ['once it was extended', ['extend'], '2026-11-03T09:00'],
    ['while it stands still', ['suspend'], '2026-11-03T09:00'],
    ['when its time to return began anew', ['suspend', 'resume'], '2026-11-04T09:00'],
    ['while its report awaits verification', ['report'], '2026-11-03T09:00'],
  ] as const)('is what the act does, %s', async (_when, course, when) => {
    const { test, id, context, state, send, factsNow } = await begin();
    await test.advanceTo(at('2026-11-02T14:00'));
    for (const step of course)
      if (step === 'extend') {
        const deadline = { date: '2026-11-27' };
        await send(sound(planExtension(context(), { ...by, deadline }, factsNow())));
      } else if (step === 'report') {
        const result = { number: '1', date: '2026-11-02', summary: 'xong', file: null };
        await send(sound(planReport(context(), { by: 'kt-cv', result }, factsNow())));
      } else if (step === 'suspend') await send(sound(planSuspension(by)));
      else {
        await test.advanceTo(at('2026-11-03T16:00'));
        await send(sound(planResumption(context(), by, factsNow())));
      }
    await test.advanceTo(at(when));
    const under = { ...factsNow(), rules: shorter() };
    const [before, shown] = [context(), previewMove(context(), state(), under)];
    expect(isRefusal(await send(sound(planMoveToRules(before, state(), by, under))))).toBe(false);
    const after = context();
    expect(after).toMatchObject({
      rules: 'default@2',
      deadline: { at: shown.deadline, nearDueAt: shown.nearDue?.to ?? before.deadline?.nearDueAt },
      returnBy: shown.returnBy?.to ?? before.returnBy,
    });
    const told = new Map(before.ladder.rungs.map((rung) => [rung.id, rung.at]));
    for (const { id: rung } of shown.rungs.dropped) told.delete(rung);
    for (const { id: rung, at: then } of [...shown.rungs.added, ...shown.rungs.moved]) told.set(rung, then);
    if (state().time !== null)
      expect(new Map(after.ladder.rungs.map((rung) => [rung.id, rung.at]))).toEqual(told);
    expect({ over: isAccepted(test.state(id)) }).toEqual({
      over: test.now >= after.returnBy && course.length === 0,
    });
    await test.advanceTo(Math.max(test.now, after.returnBy));
    expect(isAccepted(test.state(id)) || state().time === null).toBe(true);
    expect(test.verify()).toEqual([]);
  });

  it('follows what silence is: other rules keep it with its lead, or take it as accepted at once', async () => {
    const { test, id, context, state, send, factsNow } = await begin();
    const stays = { ...rules.returnSilence, value: 'stays-assigned' as const };
    const move = (next: typeof rules) =>
      send(sound(planMoveToRules(context(), state(), by, { ...factsNow(), rules: next })));
    await move(shorter({ returnSilence: stays }));
    await test.advanceTo(at('2026-11-06T09:00'));
    expect(isAccepted(test.state(id))).toBe(false);
    expect(await send({ type: 'return', ...by, proposedAgency: null })).toMatchObject({
      code: 'return-window-over',
    });
    await move({ ...shorter(), version: 3 });
    expect(isAccepted(test.state(id))).toBe(true);
    expect(context().returnBy).toBe(test.now);
    expect(test.verify()).toEqual([]);
  });
});

const isAccepted = (state: unknown): boolean => JSON.stringify(state).includes('inProgress');

describe('silence beyond the time to return', () => {
  it('gives words that count from receipt their day, with its ladder and its lateness', async () => {
    const test = new TestRuntime({ lifecycles: [directiveLifecycle], now: facts.now });
    const openPhrase = '5 ngày làm việc kể từ ngày nhận';
    const intent = { lead: ['kinh-te'], sourceDate: '2026-10-30', deadline: null, openPhrase };
    const id = await test.start(directiveLifecycle, sound(planAssignment(intent, facts)));
    await test.advanceTo(at('2026-11-04T16:59'));
    expect(test.state(id)).toMatchObject({ underway: { work: 'assigned', time: 'noDeadline' } });
    await test.advanceTo(at('2026-11-04T17:00'));
    expect(test.state(id)).toMatchObject({ underway: { work: 'inProgress', ladder: 'waiting' } });
    const { deadline } = test.record(id).snapshot.context as unknown as DirectiveContext;
    expect(deadline?.at).toBe(at('2026-11-11T17:00'));
    await test.advanceTo(at('2026-11-11T17:00'));
    expect(test.state(id)).toMatchObject({ underway: { time: 'overdue' } });
    const told = test.delivered.map(({ payload }) => payload['rung'] ?? payload['subject']);
    expect(told).toEqual(['assigned', 'deadline-counted', 'T-1']);
    expect(test.verify()).toEqual([]);
  });
});

describe('the successor of an abolished lead', () => {
  it('goes on with what there is: deadline, person and history stay', async () => {
    const { context, send, factsNow, test } = await begin();
    await send({ type: 'assign-person', by: 'kt-truong', person: 'kt-cv', note: null });
    const before = context();
    const abolished: ActFacts = {
      ...factsNow(),
      directory: {
        ...facts.directory,
        agencies: facts.directory.agencies.map((agency) =>
          agency.id === 'kinh-te'
            ? { ...agency, validTo: '2026-11-01', successor: 'van-hoa-xa-hoi' }
            : agency,
        ),
      },
    };
    const transfer = sound(planTransfer(context(), { by: 'vanthu' }, abolished));
    expect(isRefusal(await send(transfer))).toBe(false);
    expect(context()).toEqual({ ...before, lead: 'van-hoa-xa-hoi' });
    expect(test.verify()).toEqual([]);
  });
});

describe('a deadline that counts from receipt', () => {
  it('is known before a directive is handed on', async () => {
    const { id, context, send, factsNow } = await begin({
      deadline: null,
      openPhrase: '5 ngày làm việc kể từ ngày nhận',
    });
    const parts = [{ id: 'd2', lead: ['khuyen-nong'] }];
    const handOn = () => planHandOn({ id, context: context() }, { by: 'kt-truong', parts }, factsNow());
    expect(handOn()).toMatchObject({ refused: true, code: 'accept-first', field: 'parts' });
    await send(sound(planAcceptance(context(), { by: 'kt-truong' }, factsNow())));
    const [child] = sound(handOn()).children;
    expect(child?.input.parent?.deadline).toBe(at('2026-11-09T17:00'));
    expect(child?.input.deadline?.at).toBeLessThan(at('2026-11-09T17:00'));
  });
});

describe('what is refused', () => {
  const told = (answer: unknown, code: string, field?: string) => {
    expect(answer).toMatchObject({ refused: true, code, ...(field !== undefined && { field }) });
    const { vi, en } = answer as Refusal;
    expect([vi.length > 10, en.length > 10, vi !== en]).toEqual([true, true, true]);
  };

  it('is told with code, field and reason in both languages, and changes nothing', async () => {
    const { id, context, send, test, factsNow } = await begin();
    const part = { id: 'd2', lead: ['khuyen-nong'], deadline: { date: '2026-11-23' } };
    const handOn = planHandOn({ id, context: context() }, { by: 'kt-truong', parts: [part] }, factsNow());
    told(handOn, 'due-after-parent', 'parts[0].deadline.date');
    const asked = { by: 'kt-cv', reason: 'Chờ', done: null, deadline: { date: '2026-11-27' } };
    const directive = { id, context: context() };
    const late = planExtensionRequest(directive, 'x1', asked, { ...facts, now: at('2026-11-23T09:00') });
    expect(isRefusal(late) && [late.field, late.vi === late.en]).toEqual(['deadline', false]);
    const request = sound(planExtensionRequest(directive, 'x1', asked, factsNow()));
    const waiting = { ...request, requesters: ['kt-cv'], held: null } as unknown as ExtensionRequestContext;
    const decide = (by: string) =>
      planExtensionDecision(
        waiting,
        context(),
        { by, granted: true, deadline: null, note: null },
        factsNow(),
      );
    told(decide('kt-cv'), 'requester-decides');
    told(decide('ca-cv'), 'not-the-approver');

    await send({ type: 'hand-on', by: 'kt-truong', children: ['d2'] });
    const result = { number: '1', date: '2026-11-02', summary: 'xong', file: null };
    await send({
      ...{ type: 'report', by: 'kt-cv', onBehalfOf: null, result, needsApproval: false },
      ...{ judgedAt: null, dateFlagged: false, verification: [] },
    });
    told(planVerification(context(), { by: 'vanthu' }), 'open-children');
    told(planVerification(context(), { by: 'kt-cv' }), 'verifier-is-reporter');
    const before = test.record(id);
    for (const by of ['vanthu', 'kt-cv'])
      told(await send({ type: 'verify', by, onBehalfOf: null }), 'verifier-is-reporter');
    expect(test.record(id)).toEqual(before);
  });
});
