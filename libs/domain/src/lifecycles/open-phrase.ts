import { type Instant } from '@dondoc/workflow';
import { type DeadlineReading } from '../deadline/deadline-reading';
import { type ResolveOptions } from '../deadline/resolve-deadline';
import { resolvePhrase } from '../deadline/resolve-phrase';
import { type CivilDate } from '../working-time/civil-date';
import { renderSteps } from '../working-time/steps';
import { type ActFacts } from './act-facts';
import { type DirectiveContext } from './directive.types';

/** How words are read: by the calendar, "trước ngày" and days that are not worked as the rules have them. */
export const phraseSettings = ({
  calendar,
  rules,
}: Pick<ActFacts, 'calendar' | 'rules'>): ResolveOptions => ({
  calendar,
  beforeMeans: rules.beforeMeans.value,
  rollToWorkingDay: rules.restDayDeadline.value === 'next-working-day',
});

/** What the words of a source wait for before they name a day. */
type Awaited = 'event' | 'receipt';

/** Words that have become a day. */
interface ReadPhrase {
  readonly at: Instant;
  readonly date: CivilDate;
  /** The literal words. */
  readonly phrase: string;
  /** How they became the date. */
  readonly basis: string;
}

const waitsFor = ({ kind, from }: DeadlineReading, awaited: Awaited): boolean =>
  (kind === 'relative' && from === awaited) || (kind === 'event' && awaited === 'event');

/**
 * What the open words of a directive mean, once the day is known that they wait for. Null where there are none, or they
 * wait for something else.
 * @throws CalendarRangeError when it leaves the years that the calendar can speak of.
 */
export function readOpenPhrase(
  { openPhrase, sourceDate }: Pick<DirectiveContext, 'openPhrase' | 'sourceDate'>,
  awaited: Awaited,
  day: CivilDate,
  facts: ActFacts,
): ReadPhrase | null {
  if (openPhrase === null) return null;
  const known = awaited === 'event' ? { eventOn: day } : { receivedOn: day };
  const read = resolvePhrase(openPhrase, sourceDate, { ...phraseSettings(facts), ...known });
  if (!read.ok || !waitsFor(read.reading, awaited)) return null;
  const { dueAt, date, steps } = read.resolution;
  if (dueAt === null || date === null) return null;
  return { at: dueAt, date, phrase: openPhrase, basis: renderSteps(steps, 'vi').join(' ') };
}
