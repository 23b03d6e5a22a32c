import { type HistoryEntry } from '@dondoc/workflow';
import fc from 'fast-check';
import { readPayload } from '../../lifecycles/message-payload';
import { invariantsOfAWeek } from './judge-week';
import { type MailRoom } from './mail-room';
import { playWeek, type PlayedWeek } from './played-week';
import { randomWeeks } from './random-week';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Message = PlayedWeek['messages'][number];

const isRung = ({ payload }: Message): boolean => {
  const { subject, rung } = readPayload(payload);
  return subject === 'rung' && rung?.startsWith('T') === true;
};

/** The week with something done to its last message of a kind; null where it has none. */
function message(
  week: PlayedWeek,
  which: (one: Message) => boolean,
  lie: (one: Message) => readonly Message[],
): PlayedWeek | null {
  const found = week.messages.findLastIndex(which);
  if (found === -1) return null;
  const lies = week.messages.flatMap((one, index) => (index === found ? lie(one) : [one]));
  return { ...week, messages: lies };
}

/** The week with another word in the first entry of a kind; null where it has none. */
function entry(
  week: PlayedWeek,
  which: (one: HistoryEntry) => boolean,
  lie: (one: HistoryEntry) => object,
): PlayedWeek | null {
  for (const [id, history] of week.histories) {
    const found = history.findIndex(which);
    if (found === -1) continue;
    const lies = history.map((one, index) => (index === found ? { ...one, ...lie(one) } : one));
    return { ...week, histories: new Map([...week.histories, [id, lies]]) };
  }
  return null;
}

const inputWith = (more: (input: never) => object) => (one: HistoryEntry) => {
  const input = one.event['input'] as never;
  return { event: { ...one.event, input: { ...(input as object), ...more(input) } } };
};
const starts =
  (lifecycle: string, test: (input: Readonly<Record<string, unknown>>) => boolean = () => true) =>
  (one: HistoryEntry): boolean =>
    one.lifecycle === lifecycle &&
    one.kind === 'start' &&
    test(one.event['input'] as Readonly<Record<string, unknown>>);

function mail(week: PlayedWeek, lie: (handed: MailRoom['handed']) => MailRoom['handed']): PlayedWeek | null {
  const { room } = week;
  if (!room || room.handed.length === 0) return null;
  return { ...week, room: Object.assign(Object.create(room) as MailRoom, { handed: lie(room.handed) }) };
}

/** What is not so, and which invariant has to say it. */
const lies: Readonly<Record<string, readonly [string, (week: PlayedWeek) => PlayedWeek | null]>> = {
  'a rung sent again for the same deadline': [
    'no rung twice for one deadline',
    (week) => message(week, isRung, (one) => [one, { ...one, at: one.at + HOUR }]),
  ],
  'a rung never sent': ['no rung forgotten', (week) => message(week, isRung, () => [])],
  'a rung a minute later': [
    'rungs at their very instant',
    (week) => message(week, isRung, (one) => [{ ...one, at: one.at + MINUTE }]),
  ],
  'a rung in the night': [
    'rungs in working hours',
    (week) =>
      message(
        week,
        (one) => isRung(one) && readPayload(one.payload).urgency === 'normal',
        (one) => [{ ...one, at: one.at - 6 * HOUR }],
      ),
  ],
  'a message to somebody who had left': [
    'nobody is told who has left',
    (week) =>
      message(
        week,
        ({ at }) => at > Date.parse('2026-11-16T00:00:00Z'),
        (one) => [{ ...one, recipients: ['vhxh-cv'] }],
      ),
  ],
  'a message to nobody': [
    'nobody home is not silence',
    (week) => message(week, isRung, (one) => [{ ...one, recipients: [] }]),
  ],
  'a message to the absent': [
    'the absent are sent nothing',
    (week) =>
      message(
        week,
        ({ at }) => at > Date.parse('2026-11-16T02:00:00Z') && at < Date.parse('2026-11-20T02:00:00Z'),
        (one) => [{ ...one, recipients: ['chutich'] }],
      ),
  ],
  'near due a minute later': [
    'near due when the rules say',
    (week) =>
      entry(
        week,
        starts('directive', ({ deadline }) => deadline !== null),
        inputWith(({ deadline }: { deadline: { nearDueAt: number } }) => ({
          deadline: { ...deadline, nearDueAt: deadline.nearDueAt - MINUTE },
        })),
      ),
  ],
  'a return window a minute longer': [
    'silence beyond the return window',
    (week) =>
      entry(
        week,
        starts('directive'),
        inputWith(({ returnBy }: { returnBy: number }) => ({ returnBy: returnBy + MINUTE })),
      ),
  ],
  'an escalation a minute later': [
    'an escalation moves in time',
    (week) =>
      entry(
        week,
        ({ lifecycle, kind }) => lifecycle === 'escalation' && kind === 'timer',
        ({ at }) => ({ at: at + MINUTE }),
      ),
  ],
  'more time to decide than there is': [
    'an escalation moves in time',
    (week) =>
      entry(
        week,
        ({ lifecycle, event }) =>
          lifecycle === 'escalation' && event.type === 'acknowledge' && event['decideBy'] !== null,
        ({ event }) => ({ event: { ...event, decideBy: (event['decideBy'] as number) + MINUTE } }),
      ),
  ],
  'a report of a period due another day': [
    'reports of periods in time',
    (week) =>
      entry(
        week,
        starts('reporting-obligation'),
        inputWith(({ due }: { due: { at: number } }) => ({ due: { ...due, at: due.at + 24 * HOUR } })),
      ),
  ],
  'an explanation due another day': [
    'explanations in time',
    (week) =>
      entry(
        week,
        starts('explanation'),
        inputWith(({ due }: { due: { at: number } }) => ({ due: { ...due, at: due.at + 24 * HOUR } })),
      ),
  ],
  'a mail in the night': [
    'mail leaves in working hours',
    (week) => mail(week, (handed) => handed.map((one) => ({ ...one, at: one.at + 10 * HOUR }))),
  ],
  'a mail twice': [
    'one message per person and moment',
    (week) => mail(week, (handed) => [...handed, ...handed.slice(0, 1)]),
  ],
  'a mail that never left': ['mail leaves at its moment', (week) => mail(week, (handed) => handed.slice(1))],
  'a mail a minute early': [
    'mail leaves at its moment',
    (week) => mail(week, (handed) => handed.map((one) => ({ ...one, at: one.at - MINUTE }))),
  ],
};

describe('the invariants of random weeks', () => {
  const weeks: PlayedWeek[] = [];
  beforeAll(async () => {
    const sampled = fc.sample(randomWeeks({ moments: 40 }), { seed: 20_261_104, numRuns: 6 });
    for (const [index, week] of sampled.entries())
      weeks.push(await playWeek({ ...week, rules: { ...week.rules, mail: index < 2 } }, () => undefined));
  });

  it.each(Object.entries(lies))('tell %s', (_, [name, lie]) => {
    const judge = invariantsOfAWeek[name];
    if (!judge) throw new Error(`there is no invariant ${name}`);
    const told = weeks.flatMap((week) => {
      const lied = lie(week);
      expect(judge(week).broken).toEqual([]);
      return lied ? [judge(lied).broken.length > 0] : [];
    });
    expect(told).not.toEqual([]);
    expect(told).toContain(true);
  });
});
