import {
  isRefusal,
  MemoryRuntime,
  readEntry,
  verifyInstance,
  type InstanceRecord,
  type StoredEvent,
} from '@dondoc/workflow';
import { type Directory } from '../directory/directory';
import { defaultWorkingRules } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { type ActFacts } from './act-facts';
import { planAcceptance, planAssignment, planReturn } from './directive-acts';
import { planReport, planSendBack, planVerification } from './report-acts';
import { type DirectiveContext } from './directive.types';
import { directiveState, escalationState } from './directive-state';
import { planDecision } from './escalation-acts';
import { type EscalationContext, type RequestedEscalation } from './escalation.types';
import { lifecycles } from './lifecycles';
import { readPayload, recipientsOf } from './message-payload';
import { prepareEscalation } from './prepare-escalation';

const rules = defaultWorkingRules();
const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const DIRECTIVE = '00000000-0000-7000-8000-00000000000a';
const from = '2026-01-01';
const held = { from, to: null };
const directory: Directory = {
  agencies: ['kinh-te', 'van-hoa', 'van-phong'].map((id) => ({
    id,
    name: id,
    aliases: [],
    abbreviation: null,
    parent: null,
    validFrom: from,
    validTo: null,
    successor: null,
    isOffice: id === 'van-phong',
  })),
  people: [],
  offices: [
    { person: 'cv-kt', role: 'staff', agency: 'kinh-te', ...held },
    { person: 'tp-kt', role: 'agency-head', agency: 'kinh-te', ...held },
    { person: 'van-thu', role: 'clerk', agency: 'van-phong', ...held },
    { person: 'chanh-vp', role: 'agency-head', agency: 'van-phong', ...held },
    { person: 'pct', role: 'vice-chair', agency: null, ...held },
    { person: 'ct', role: 'chair', agency: null, ...held },
    { person: 'qt', role: 'administrator', agency: null, ...held },
  ],
  inCharge: [{ leader: 'pct', agency: 'kinh-te', field: null, ...held }],
  delegations: [],
};
const at = (text: string): number => Date.parse(`${text}:00+07:00`);
const shown = (instant: number): string => new Date(instant + 7 * 3_600_000).toISOString().slice(0, 16);

async function office(deadline: string | null, now = '2026-10-05T08:00') {
  const sent: string[] = [];
  const tell = (effect: { at: number; payload: Parameters<typeof readPayload>[0] }) => {
    const payload = readPayload(effect.payload);
    const people = recipientsOf(payload, directory, effect.at, sampleCalendar.zone).map((r) => r.person);
    sent.push(`${shown(effect.at)} ${payload.rung ?? ''} ${payload.subject} ${people.join(',')}`);
  };
  const facts = (): ActFacts => ({ now: memory.now, calendar: sampleCalendar, rules, directory });
  const memory = new MemoryRuntime({
    lifecycles: lifecycles.all,
    now: at(now),
    effects: {
      notify: tell,
      settle: () => undefined,
      giveAcross: () => undefined,
      reportToSource: () => undefined,
    },
    hooks: {
      prepareStart: {
        escalation: (start) =>
          Promise.resolve(
            prepareEscalation(
              { ...start, input: start.input as unknown as RequestedEscalation },
              { directory, rules, calendar: sampleCalendar },
            ) as unknown as StoredEvent['input'],
          ),
      },
    },
  });
  const input = planAssignment(
    {
      lead: ['kinh-te'],
      trackingOfficer: 'van-thu',
      sourceDate: '2026-10-01',
      deadline: deadline === null ? null : { date: deadline },
    },
    facts(),
  );
  if (isRefusal(input)) throw new Error(input.en);
  await memory.transaction(ORGANIZATION, (tx) =>
    tx.start({
      lifecycle: 'directive',
      id: DIRECTIVE,
      input: input as unknown as StoredEvent['input'],
      actor: { kind: 'person', id: 'van-thu' },
    }),
  );
  const instance = (): InstanceRecord => memory.store.instance(ORGANIZATION, DIRECTIVE) as InstanceRecord;
  const context = () => instance().snapshot.context as unknown as DirectiveContext;
  const send = (event: unknown, id = DIRECTIVE) => {
    if (isRefusal(event)) throw new Error(event.en);
    return memory.transaction(ORGANIZATION, (tx) =>
      tx.send({ instance: id, event: event as StoredEvent, actor: { kind: 'person' } }),
    );
  };
  const escalations = () =>
    memory.store.instances(ORGANIZATION).filter((one) => one.lifecycle === 'escalation');
  return { memory, sent, facts, instance, context, send, escalations };
}

const result = { number: '5/BC-KT', date: '2026-10-06', summary: 'Đã hoàn thành', file: null };

describe('the lifecycles together', () => {
  it('reminds before the deadline, then crosses it, urges, and escalates level by level', async () => {
    const { memory, sent, instance, escalations } = await office('2026-10-16');
    await memory.advanceTo(at('2026-11-02T08:00'));
    expect(sent).toEqual([
      '2026-10-05T08:00  assigned cv-kt,tp-kt',
      '2026-10-09T07:30 T-5 rung cv-kt',
      '2026-10-15T07:30 T-1 rung cv-kt',
      '2026-10-19T07:30 T+1 rung tp-kt,van-thu',
      '2026-10-21T07:30 T+3 rung tp-kt,chanh-vp',
      '2026-10-23T07:30 T+5 escalation-raised pct',
      '2026-10-28T07:30 T+5 escalation-raised ct',
      '2026-10-30T07:30 T+10 escalation-raised ct',
    ]);
    expect(directiveState(instance().snapshot.value)).toEqual({ work: 'in-progress', time: 'overdue' });
    const crossings = memory.store
      .history(ORGANIZATION, DIRECTIVE)
      .map(readEntry)
      .map((entry) => `${shown(entry.at)} ${directiveState(entry.to).time ?? '-'}`)
      .filter((line, index, all) => line.slice(17) !== all[index - 1]?.slice(17));
    expect(crossings).toEqual([
      '2026-10-05T08:00 within',
      '2026-10-13T07:30 near-due',
      '2026-10-16T17:00 overdue',
    ]);
    expect(escalations().map((one) => escalationState(one.snapshot.value))).toEqual(['raised', 'raised']);
  });

  it('stops clock, ladder and escalations on a report, and takes them up again when it is sent back', async () => {
    const { memory, sent, facts, send, context, escalations, instance } = await office('2026-10-16');
    await memory.advanceTo(at('2026-10-26T09:00'));
    expect(await send(planReport(context(), { by: 'cv-kt', result }, facts()))).toMatchObject({
      status: 'active',
    });
    expect(escalations().map((one) => one.snapshot.value)).toEqual(['withdrawn']);
    expect(memory.store.timers(ORGANIZATION, DIRECTIVE).map(({ id }) => id)).toEqual([
      'xstate.after.nextVerificationRung.directive.reported.waiting',
    ]);
    expect(planVerification(context(), { by: 'cv-kt' })).toMatchObject({ code: 'verifier-is-reporter' });
    expect(await send({ type: 'verify', by: 'cv-kt', onBehalfOf: null })).toMatchObject({
      code: 'verifier-is-reporter',
    });
    sent.length = 0;
    await send(planSendBack(context(), { by: 'van-thu', reason: 'Thiếu phụ lục' }, facts()));
    await memory.advanceTo(at('2026-10-26T10:00'));
    expect(sent).toEqual([
      '2026-10-26T09:00  sent-back cv-kt,tp-kt',
      '2026-10-26T09:00 T+5 escalation-raised pct',
    ]);
    expect(directiveState(instance().snapshot.value)).toEqual({ work: 'in-progress', time: 'overdue' });
    await send(planReport(context(), { by: 'cv-kt', result }, facts()));
    await send(planVerification(context(), { by: 'van-thu' }));
    expect(instance()).toMatchObject({ status: 'done', snapshot: { value: 'closed' } });
    expect(sent.at(-1)).toBe('2026-10-26T10:00  closed-late cv-kt,tp-kt');
  });

  it('lets a leader extend through the escalation: the new deadline has a ladder of its own', async () => {
    const { memory, sent, facts, send, context, escalations, instance } = await office('2026-10-16');
    await memory.advanceTo(at('2026-10-26T09:00'));
    const [escalation] = escalations();
    const decision = planDecision(
      escalation?.snapshot.context as unknown as EscalationContext,
      { id: DIRECTIVE, context: context(), work: 'in-progress' },
      {
        by: 'pct',
        onBehalfOf: null,
        decision: 'extend',
        note: 'Chờ số liệu',
        deadline: { date: '2026-11-06' },
      },
      facts(),
    );
    if (isRefusal(decision)) throw new Error(decision.en);
    expect(await send({ ...decision.escalation, by: 'cv-kt' }, escalation?.id)).toMatchObject({
      code: 'not-addressed-to-you',
    });
    await send(decision.escalation, escalation?.id);
    expect(context().escalations).toEqual([]);
    sent.length = 0;
    await send(decision.directive);
    await memory.advanceTo(at('2026-11-05T08:00'));
    expect(sent).toEqual([
      '2026-10-26T09:00  extended cv-kt,van-thu',
      '2026-10-30T07:30 T-5 rung cv-kt',
      '2026-11-05T07:30 T-1 rung cv-kt',
    ]);
    expect(directiveState(instance().snapshot.value).time).toBe('near-due');
    expect(context().originalDeadline).toBe(at('2026-10-16T17:00'));
  });

  it('asks the Office for a missing deadline again and again, and is never late without one', async () => {
    const { memory, sent, instance } = await office(null);
    await memory.advanceTo(at('2026-11-04T08:00'));
    expect(sent.slice(1)).toEqual([
      '2026-10-06T07:30 set-deadline rung van-thu',
      '2026-10-13T07:30 set-deadline/2 rung van-thu',
      '2026-10-20T07:30 set-deadline/3 rung van-thu',
      '2026-10-27T07:30 set-deadline/4 rung van-thu,chanh-vp',
      '2026-11-03T07:30 set-deadline/5 rung van-thu,chanh-vp',
    ]);
    expect(directiveState(instance().snapshot.value)).toEqual({ work: 'in-progress', time: 'no-deadline' });
  });

  it('keeps a chain that replays, and a context that is small', async () => {
    const { memory, send, facts, context, instance } = await office('2026-10-16');
    await send(planAcceptance(context(), { by: 'cv-kt' }, facts()));
    await memory.advanceTo(at('2026-11-20T09:00'));
    for (const one of memory.store.instances(ORGANIZATION))
      expect(verifyInstance(lifecycles, one, memory.store.history(ORGANIZATION, one.id))).toEqual([]);
    expect(JSON.stringify(context()).length).toBeLessThan(2_000);
    expect(instance().status).toBe('active');
  });
});

describe('at the very instant', () => {
  it('takes a return until the window ends, and none when it ends', async () => {
    for (const [early, answer] of [
      [1, { status: 'active' }],
      [0, { code: 'return-window-over' }],
    ] as const) {
      const { memory, facts, context, send } = await office('2026-10-16');
      await send(planAcceptance(context(), { by: 'cv-kt' }, facts()));
      await memory.advanceTo(context().returnBy - early);
      const planned = planReturn({ by: 'cv-kt', reason: 'Không thuộc thẩm quyền.' }, facts());
      expect(await send(planned)).toMatchObject(answer);
    }
  });

  it('keeps the day of the document as what counts, where the rules say so', async () => {
    const { memory, facts, context, send } = await office('2026-10-16');
    await memory.advanceTo(at('2026-10-19T09:00'));
    const { completion } = rules;
    const byDocument = { ...completion, value: { ...completion.value, judgedBy: 'document-date' as const } };
    const judging = { ...facts(), rules: { ...rules, completion: byDocument } };
    const dated = { ...result, date: '2026-10-15' };
    await send(planReport(context(), { by: 'cv-kt', result: dated }, judging));
    expect(shown(context().judgedAt ?? 0)).toBe('2026-10-15T00:00');
    expect(shown(context().submittedAt ?? 0)).toBe('2026-10-19T09:00');
  });
});
