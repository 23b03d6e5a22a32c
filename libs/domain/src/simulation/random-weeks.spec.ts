import { Lifecycles, verifyInstance } from '@dondoc/workflow';
import fc from 'fast-check';
import { directiveState } from '../lifecycles/directive-state';
import { deriveLateness } from '../lifecycles/lateness';
import { lifecycles } from '../lifecycles/lifecycles';
import { readPayload } from '../lifecycles/message-payload';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { addDays } from '../working-time/civil-date';
import { isOpen } from '../working-time/working-time';
import { sampleCalendar } from '../working-time/sample-calendar';
import { instantOfLocal, type Act } from './scenario';
import { SimulatedOffice } from './simulated-office';

const calendar = sampleCalendar;
const { directory } = sampleOffice();
const START = instantOfLocal('2026-11-02 08:00', calendar.zone);
const HOUR = 3_600_000;
const NAME = 'NOTE#1';
/** What it is handed on as. */
const PART = 'NOTE#2';

const person = fc.constantFrom('vanthu', 'kt-cv', 'pct-kinhte', 'chutich');
const agency = fc.constantFrom('KT', 'VHXH', 'BCHQS', 'VP');
const date = fc.integer({ min: 0, max: 25 }).map((days) => addDays('2026-11-02', days));
const deadline = date.map((day) => ({ date: day }));
const escalation = fc.constantFrom(`${NAME}/T+1`, `${NAME}/T+5`);
const directive = NAME;
const at = '2026-11-02 08:00';

/** Anything anybody could try, allowed or not. */
const act: fc.Arbitrary<Act> = fc
  .tuple(
    person,
    fc.oneof(
      fc.record({ act: fc.constant('accept' as const), directive: fc.constant(directive) }),
      fc.record({
        act: fc.constant('return' as const),
        directive: fc.constant(directive),
        reason: fc.constant('nhầm'),
      }),
      fc.record({
        act: fc.constant('reassign' as const),
        directive: fc.constant(directive),
        lead: agency.map((one) => [one]),
      }),
      fc.record({ act: fc.constant('set-deadline' as const), directive: fc.constant(directive), deadline }),
      fc.record({
        act: fc.constant('extend' as const),
        directive: fc.constant(directive),
        deadline,
        reason: fc.constant('chờ'),
      }),
      fc.record({
        act: fc.constant('report' as const),
        directive: fc.constant(directive),
        result: fc.constant({ number: '1', date: '2026-11-02', summary: 'xong', file: null }),
      }),
      fc.record({ act: fc.constant('verify' as const), directive: fc.constant(directive) }),
      fc.record({
        act: fc.constant('send-back' as const),
        directive: fc.constant(directive),
        reason: fc.constant('thiếu'),
      }),
      fc.record({
        act: fc.constant('suspend' as const),
        directive: fc.constantFrom(directive, PART),
        reason: fc.constant('chờ'),
      }),
      fc.record({
        act: fc.constant('cancel' as const),
        directive: fc.constantFrom(directive, PART),
        reason: fc.constant('thôi'),
      }),
      fc.record({ act: fc.constant('resume' as const), directive: fc.constantFrom(directive, PART) }),
      fc.record({ act: fc.constant('transfer' as const), directive: fc.constant(directive) }),
      fc.record({
        act: fc.constant('propose-resumption' as const),
        directive: fc.constant(directive),
        deadline,
      }),
      fc.record({
        act: fc.constant('request-extension' as const),
        directive: fc.constant(directive),
        reason: fc.constant('thêm'),
        deadline,
      }),
      fc.record({
        act: fc.constant('decide-request' as const),
        directive: fc.constant(directive),
        granted: fc.boolean(),
        note: fc.constant('được'),
      }),
      fc.record({
        act: fc.constant('hand-on' as const),
        directive: fc.constant(directive),
        parts: fc.constant('KN').map((lead) => [{ lead: [lead] }]),
      }),
      fc.record({
        act: fc.constant('acknowledge' as const),
        escalation,
      }),
      fc.record({
        act: fc.constant('decide' as const),
        escalation,
        decision: fc.constantFrom('urge' as const, 'extend' as const, 'reassign' as const, 'close' as const),
        note: fc.constant('gấp'),
        deadline,
        lead: agency.map((one) => [one]),
      }),
    ),
  )
  .map(([by, what]) => ({ ...what, by, at }));

const weeks = fc.record({
  due: fc.option(date),
  urgency: fc.constantFrom('normal' as const, 'urgent' as const),
  steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 120 }), act), { maxLength: 20 }),
});

interface Played {
  readonly office: SimulatedOffice;
  /** Business instants at which somebody acted. */
  readonly acted: ReadonlySet<number>;
}

async function play(
  { due, urgency, steps }: typeof weeks extends fc.Arbitrary<infer T> ? T : never,
  check: (office: SimulatedOffice) => void,
  worker: 'awake' | 'asleep' = 'awake',
): Promise<Played> {
  const office = new SimulatedOffice({
    office: directory,
    notices: [],
    rules: defaultWorkingRules(),
    calendar,
    from: START,
  });
  const item = {
    text: 'Việc',
    lead: ['KT'],
    urgency,
    deadline: due === null ? null : { phrase: null, date: due },
  };
  const source = { kind: 'note' as const, givenBy: 'chutich', givenOn: '2026-11-02' };
  await office.play({ at, by: 'vanthu', act: 'manual', document: 'NOTE', source, items: [item] });
  await office.play({ at, by: 'vanthu', act: 'confirm', document: 'NOTE' });
  const acted = new Set([START]);
  for (const [hours, one] of steps) {
    const next = office.memory.now + hours * HOUR;
    // Asleep: time goes on and nothing fires until somebody acts.
    if (worker === 'asleep') office.memory.sleepTo(next);
    else await office.advanceTo(next);
    await office.play(one);
    acted.add(office.memory.now);
    check(office);
  }
  await office.advanceTo(office.memory.now + 60 * 24 * HOUR);
  check(office);
  return { office, acted };
}

type Check = (played: Played) => void;

const sendsEachRungOnce: Check = ({ office }) => {
  const named = office
    .told()
    .messages.map(({ instance, payload }) => ({ instance, ...readPayload(payload) }))
    .filter(({ subject, rung }) => subject === 'rung' && rung?.startsWith('T') === true)
    .flatMap(({ instance, rung, collapsed, deadline: due }) =>
      [rung, ...collapsed].map((id) => `${instance} ${id ?? ''} ${due ?? ''}`),
    );
  expect(named.filter((name, index) => named.indexOf(name) !== index)).toEqual([]);
};

const keepsToWorkingHours: Check = ({ office, acted }) => {
  const { messages } = office.told();
  expect(messages.filter(({ at: sentAt }) => !acted.has(sentAt) && !isOpen(calendar, sentAt))).toEqual([]);
};

const endsClean: Check = ({ office }) => {
  const [one] = office.told().directives;
  if (one?.work !== 'closed') return;
  const open = office.memory.store.instances(office.organization).filter(({ status }) => status === 'active');
  expect(open).toEqual([]);
  const verified = one.history.find(({ event }) => event.type === 'verify');
  expect(verified?.event['by']).not.toBe(one.context.reportedBy);
};

const replays: Check = ({ office }) => {
  const catalogue = new Lifecycles([...lifecycles.all]);
  const { store } = office.memory;
  for (const instance of store.instances(office.organization)) {
    const history = store.history(office.organization, instance.id);
    const timers = store.timers(office.organization, instance.id);
    expect(verifyInstance(catalogue, instance, history, timers)).toEqual([]);
  }
};

/** After every act: the machine has recorded what lists derive. */
function recordsWhatListsDerive(office: SimulatedOffice): void {
  const [one] = office.told().directives;
  if (!one) throw new Error('the directive was not confirmed');
  expect(deriveLateness(one, office.memory.now).time).toBe(directiveState(one.history.at(-1)?.to).time);
}

describe('random weeks of one directive', () => {
  it('keep every promise: each rung once, working hours, lateness, a clean end, a history that replays', () =>
    fc.assert(
      fc.asyncProperty(weeks, async (week) => {
        const played = await play(week, recordsWhatListsDerive);
        for (const check of [sendsEachRungOnce, keepsToWorkingHours, endsClean, replays]) check(played);
      }),
      { seed: 20_261_103, numRuns: 80 },
    ));

  it('go the same way when the worker was asleep whenever somebody acted', () =>
    fc.assert(
      fc.asyncProperty(weeks, async (week) => {
        // Nobody can answer an escalation that a sleeping worker has not raised.
        const steps = week.steps.filter(([, one]) => !['acknowledge', 'decide'].includes(one.act));
        const awake = await play({ ...week, steps }, () => undefined);
        const asleep = await play({ ...week, steps }, () => undefined, 'asleep');
        expect(asleep.office.told().lines).toEqual(awake.office.told().lines);
      }),
      { seed: 20_261_103, numRuns: 40 },
    ));
});
