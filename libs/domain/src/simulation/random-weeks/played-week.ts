import { type HistoryEntry, type InstanceRecord, type Instant } from '@dondoc/workflow';
import { type Directory } from '../../directory/directory';
import { sampleOffice } from '../../sample/sample-files';
import { type WorkingRules } from '../../working-rules/working-rules';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { type WorkingCalendar } from '../../working-time/working-calendar';
import { instantOfLocal, type Act } from '../scenario';
import { SimulatedOffice } from '../simulated-office';
import { type DeliveredMessage } from '../timeline';
import { actAt, lateNotices } from './apt-acts';
import { lookAt, type Look } from './look';
import { FIRST_DAY, rulesOf, type RandomWeek } from './random-week';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Nobody does anything for so long at the end, so that whatever waits comes. */
const AFTERWARDS = 60 * DAY;
/** The agency that leads some directives is abolished while they are under way. */
const ABOLISHED = { id: 'tram-y-te', validTo: '2026-11-11', successor: 'van-hoa-xa-hoi' };

const sample = sampleOffice().directory;
const directory: Directory = {
  ...sample,
  agencies: sample.agencies.map((one) => (one.id === ABOLISHED.id ? { ...one, ...ABOLISHED } : one)),
};

/** What somebody tried, and what became of it. */
export interface PlayedAct {
  readonly act: Act;
  readonly hours: number;
  readonly at: Instant;
  /** The code of the refusal; null when it was done. */
  readonly refused: string | null;
  /** Whether anything at all was different after it. */
  readonly changed: boolean;
}

/** A week as it went: all that the invariants judge. */
export interface PlayedWeek {
  readonly office: SimulatedOffice;
  readonly rules: WorkingRules;
  readonly calendar: WorkingCalendar;
  readonly acts: readonly PlayedAct[];
  /** Of every instance; what has not ended is as it is at the end. */
  readonly instances: readonly InstanceRecord[];
  readonly histories: ReadonlyMap<string, readonly HistoryEntry[]>;
  readonly messages: readonly DeliveredMessage[];
  /** Of the beginning; delegations that people give come on top. */
  readonly directory: Directory;
}

/** An office of the week, with the directives that it has from the beginning. */
async function opened(
  week: RandomWeek,
): Promise<{ office: SimulatedOffice; rules: WorkingRules; directory: Directory }> {
  const rules = rulesOf(week.rules);
  const at = `${FIRST_DAY} 08:00`;
  const from = instantOfLocal(at, sampleCalendar.zone);
  const office = new SimulatedOffice({
    office: directory,
    notices: [],
    rules,
    calendar: sampleCalendar,
    from,
  });
  const items = week.given.map((one) => ({
    text: 'Việc',
    lead: [one.lead],
    coordinating: one.coordinating.filter((agency) => agency !== one.lead),
    urgency: one.urgency,
    deadline: one.deadline,
  }));
  const source = { kind: 'note' as const, givenBy: 'chutich', givenOn: FIRST_DAY };
  for (const document of ['NOTE', ...lateNotices])
    await office.play({ at, by: 'vanthu', act: 'manual', document, source, items });
  const refused = await office.play({ at, by: 'vanthu', act: 'confirm', document: 'NOTE' });
  if (refused) throw new Error(`the week cannot begin: ${refused.en}`);
  return { office, rules, directory };
}

/** All that is stored, in few words: it tells whether an act has changed anything. */
function fingerprint({ memory, organization }: SimulatedOffice): string {
  return memory.store
    .instances(organization)
    .map(({ id, revision }) => `${id}@${revision}/${memory.store.timers(organization, id).length}`)
    .join(' ');
}

function told(
  office: SimulatedOffice,
  setting: Pick<PlayedWeek, 'rules' | 'directory'>,
  acts: readonly PlayedAct[],
): PlayedWeek {
  const instances = office.memory.store.instances(office.organization);
  return {
    office,
    ...setting,
    calendar: sampleCalendar,
    acts,
    instances,
    histories: new Map(instances.map(({ id }) => [id, office.historyOf(id)])),
    messages: office.delivered,
  };
}

/** Plays a week; `watch` looks at the office before and after every act, and at the end. */
export async function playWeek(week: RandomWeek, watch: (look: Look) => void): Promise<PlayedWeek> {
  const { office, ...setting } = await opened(week);
  const acts: PlayedAct[] = [];
  for (const moment of week.moments) {
    await office.advanceTo(office.memory.now + moment.hours * HOUR);
    const look = lookAt(office);
    watch(look);
    const act = actAt(moment, look, sampleCalendar.zone);
    const before = fingerprint(office);
    const refusal = await office.play(act);
    const { now } = office.memory;
    const changed = fingerprint(office) !== before;
    acts.push({ act, hours: moment.hours, at: now, refused: refusal?.code ?? null, changed });
    watch(lookAt(office));
  }
  await office.advanceTo(office.memory.now + AFTERWARDS);
  watch(lookAt(office));
  return told(office, setting, acts);
}

/** An act of another week, or none at its moment. */
export interface Repeated extends Omit<PlayedAct, 'act'> {
  readonly act: Act | null;
}

/** Plays the very acts of another week; while the worker is asleep, time goes on and nothing fires until somebody acts. */
export async function playAgain(
  week: RandomWeek,
  steps: readonly Repeated[],
  worker: 'awake' | 'asleep',
): Promise<PlayedWeek> {
  const { office, ...setting } = await opened(week);
  for (const { act, hours } of steps) {
    const next = office.memory.now + hours * HOUR;
    if (worker === 'asleep') office.memory.sleepTo(next);
    else await office.advanceTo(next);
    if (act) await office.play(act);
  }
  await office.advanceTo(office.memory.now + AFTERWARDS);
  return told(office, setting, []);
}
