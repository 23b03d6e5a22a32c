import { type HistoryEntry, type InstanceRecord, type Instant } from '@dondoc/workflow';
import { type Directory } from '../../directory/directory';
import { versionOf } from '../../lifecycles/act-facts';
import { type WorkingRules } from '../../working-rules/working-rules';
import { type WorkingCalendar } from '../../working-time/working-calendar';
import { instantOfLocal, type Act } from '../scenario';
import { type SimulatedOffice } from '../simulated-office';
import { type DeliveredMessage } from '../timeline';
import { actAt, lateNotices } from './apt-acts';
import { Fingers } from './fingers';
import { lookAt, type Look } from './look';
import { type MailRoom } from './mail-room';
import { Neighbours } from './neighbours';
import { calendars, directoryAbove, directoryBelow } from './offices';
import { FIRST_DAY, laterRules, rulesOf, type Moment, type RandomWeek } from './random-week';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Nobody does anything for so long at the end, so that whatever waits comes. */
const AFTERWARDS = 60 * DAY;

export type Where = 'above' | 'below';

/** What somebody tried, and what became of it. */
export interface PlayedAct {
  readonly where: Where;
  readonly act: Act;
  readonly hours: number;
  readonly at: Instant;
  /** The code of the refusal; null when it was done. */
  readonly refused: string | null;
  /** Whether anything at all was different after it. */
  readonly changed: boolean;
}

/** A week as it went in one office: all that the invariants judge. */
export interface PlayedWeek {
  readonly office: SimulatedOffice;
  /** By `id@version`. */
  readonly rulesNamed: (version: string) => WorkingRules;
  /** In force at the beginning. */
  readonly rules: WorkingRules;
  readonly calendar: WorkingCalendar;
  readonly fingers: Fingers;
  readonly acts: readonly PlayedAct[];
  /** Of every instance; what has not ended is as it is at the end. */
  readonly instances: readonly InstanceRecord[];
  readonly histories: ReadonlyMap<string, readonly HistoryEntry[]>;
  readonly messages: readonly DeliveredMessage[];
  /** Of the beginning; delegations that people give come on top. */
  readonly directory: Directory;
  /** Where messages leave by mail; null: they are not played. */
  readonly room: MailRoom | null;
  /** The office below, which takes parts of what this one does; null: this is the one below. */
  readonly below: PlayedWeek | null;
}

interface Opened {
  readonly neighbours: Neighbours;
  readonly rules: readonly WorkingRules[];
  readonly calendars: Readonly<Record<Where, WorkingCalendar>>;
}

/** The offices of the week, with the directives that the one above has from the beginning. */
async function opened({ rules: choice, given }: RandomWeek): Promise<Opened> {
  const rules = rulesOf(choice);
  const at = `${FIRST_DAY} 08:00`;
  const calendarOf = (index: number): WorkingCalendar =>
    calendars[index % calendars.length] as WorkingCalendar;
  const [above, below] = [calendarOf(choice.calendar), calendarOf(choice.calendar + 1)];
  const setting = { notices: [], rules, from: instantOfLocal(at, above.zone) };
  const neighbours = new Neighbours(
    { ...setting, office: directoryAbove, calendar: above },
    { ...setting, office: directoryBelow, calendar: below },
    choice.mail,
  );
  await neighbours.room?.begin();
  const items = given.map((one) => ({
    text: 'Việc',
    lead: [one.lead],
    coordinating: one.coordinating.filter((agency) => agency !== one.lead),
    urgency: one.urgency,
    deadline: one.deadline,
  }));
  const source = { kind: 'note' as const, givenBy: 'chutich', givenOn: FIRST_DAY };
  for (const document of ['NOTE', ...lateNotices])
    await neighbours.above.play({ at, by: 'vanthu', act: 'manual', document, source, items });
  const refused = await neighbours.above.play({ at, by: 'vanthu', act: 'confirm', document: 'NOTE' });
  if (refused) throw new Error(`the week cannot begin: ${refused.en}`);
  for (const [index, { handedOn }] of given.entries()) {
    if (handedOn === null) continue;
    const directive = `NOTE#${index + 1}`;
    // Refused where its deadline is not known yet, or where the lead has nobody under it.
    const parts = [{ lead: [handedOn] }];
    await neighbours.above.play({ at, by: 'kt-truong', act: 'hand-on', directive, parts });
  }
  return { neighbours, rules: [rules, laterRules(rules)], calendars: { above, below } };
}

/** The other version of the rules comes into force in both offices, if the week has one. */
function rulesChange({ rules: { laterRules: days } }: RandomWeek, { neighbours, rules }: Opened): () => void {
  const from = days === null ? Infinity : neighbours.now + days * DAY;
  let isDone = false;
  return () => {
    const [, later] = rules;
    if (isDone || later === undefined || neighbours.now < from) return;
    isDone = true;
    neighbours.above.putInForce(later);
    neighbours.below.putInForce(later);
  };
}

/** All that is stored, in few words: it tells whether an act has changed anything. */
function fingerprint({ memory, organization }: SimulatedOffice): string {
  return memory.store
    .instances(organization)
    .map(({ id, revision }) => `${id}@${revision}/${memory.store.timers(organization, id).length}`)
    .join(' ');
}

function told({ neighbours, rules, calendars }: Opened, acts: readonly PlayedAct[]): PlayedWeek {
  const week = (where: Where, below: PlayedWeek | null): PlayedWeek => {
    const office = neighbours[where];
    const instances = office.memory.store.instances(office.organization);
    return {
      office,
      rules: rules[0] as WorkingRules,
      rulesNamed: (version) => {
        const found = rules.find((one) => versionOf(one) === version);
        if (!found) throw new Error(`there are no rules ${version}`);
        return found;
      },
      calendar: calendars[where],
      fingers: new Fingers(calendars[where]),
      acts: acts.filter((one) => one.where === where),
      instances,
      histories: new Map(instances.map(({ id }) => [id, office.historyOf(id)])),
      messages: office.delivered,
      directory: where === 'above' ? directoryAbove : directoryBelow,
      room: where === 'above' ? neighbours.room : null,
      below,
    };
  };
  return week('above', week('below', null));
}

/** Where somebody does something: in the office below now and then, when it has something to do. */
function whereOf({ variant }: Moment, { below }: Neighbours): Where {
  return variant % 3 === 2 && below.directives().some(({ work }) => work !== 'cancelled') ? 'below' : 'above';
}

/** Plays a week; `watch` looks at the offices before and after every act, and at the end. */
export async function playWeek(week: RandomWeek, watch: (look: Look) => void): Promise<PlayedWeek> {
  const setting = await opened(week);
  const { neighbours } = setting;
  const changeRules = rulesChange(week, setting);
  const watchBoth = (): void => {
    watch(lookAt(neighbours.above));
    watch(lookAt(neighbours.below));
  };
  const acts: PlayedAct[] = [];
  for (const moment of week.moments) {
    await neighbours.advanceTo(neighbours.now + moment.hours * HOUR);
    changeRules();
    watchBoth();
    if (moment.variant % 4 === 1) await neighbours.room?.sendAgain();
    const where = whereOf(moment, neighbours);
    const office = neighbours[where];
    const act = actAt(moment, lookAt(office), setting.calendars[where].zone);
    const before = fingerprint(office);
    const refusal = await office.play(act);
    const changed = fingerprint(office) !== before;
    const { now: at } = neighbours;
    acts.push({ where, act, hours: moment.hours, at, refused: refusal?.code ?? null, changed });
    watch(lookAt(office));
  }
  await neighbours.advanceTo(neighbours.now + AFTERWARDS);
  watchBoth();
  return told(setting, acts);
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
  const setting = await opened(week);
  const { neighbours } = setting;
  const changeRules = rulesChange(week, setting);
  for (const { act, hours, where } of steps) {
    const next = neighbours.now + hours * HOUR;
    if (worker === 'asleep') neighbours.sleepTo(next);
    else await neighbours.advanceTo(next);
    changeRules();
    if (act) await neighbours[where].play(act);
  }
  await neighbours.advanceTo(neighbours.now + AFTERWARDS);
  return told(setting, []);
}
