import { isRefusal, refusal, type Bilingual, type Instant, type Refusal } from '@dondoc/workflow';
import { resolvePhrase } from '../deadline/resolve-phrase';
import { withinCalendar } from '../lifecycles/act-facts';
import { phraseSettings } from '../lifecycles/open-phrase';
import { wallClock } from '../simulation/timeline';
import { explainAddDuration, parseDuration } from '../working-time/duration';
import {
  explainNextOpening,
  explainWorkingDaysBetween,
  explainWorkingTimeBetween,
} from '../working-time/explained-working-time';
import { renderSteps, type Explained, type Step, type Warning } from '../working-time/steps';
import { type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { calendarVersion } from './calendars';
import { officeFacts, type OfficeTransaction } from './office-facts';

/** An instant that was counted in working time, with how. */
export interface CountedTime {
  /** ISO 8601, UTC. */
  readonly due: string;
  /** The same instant on the office's clock. */
  readonly local: string;
  readonly calendar: { readonly id: string; readonly version: number };
  readonly steps: readonly Bilingual[];
  readonly warnings: readonly Warning[];
}

export interface CountedLength {
  readonly workingDays: number;
  readonly workingMinutes: number;
  readonly calendar: { readonly id: string; readonly version: number };
  readonly steps: readonly Bilingual[];
  readonly warnings: readonly Warning[];
}

/** Steps as sentences, in both languages. */
export function sentences(steps: readonly Step[]): readonly Bilingual[] {
  const english = renderSteps(steps, 'en');
  return renderSteps(steps, 'vi').map((vi, index) => ({ vi, en: english[index] ?? '' }));
}

async function asked<T>(
  tx: OfficeTransaction,
  id: string,
  field: string,
  count: (calendar: WorkingCalendar) => T | Refusal,
): Promise<T | Refusal> {
  const version = await calendarVersion(tx, id);
  if (isRefusal(version)) return version;
  return withinCalendar(field, () => count(version.calendar));
}

const nameOf = ({ id, version }: WorkingCalendar) => ({ id, version });

function counted(calendar: WorkingCalendar, { instant, steps, warnings }: Explained): CountedTime {
  return {
    due: new Date(instant).toISOString(),
    local: wallClock(instant, calendar.zone),
    calendar: nameOf(calendar),
    steps: sentences(steps),
    warnings,
  };
}

/** An instant and a duration ("5wd"). Refuses `not-found`, what `parseDuration` refuses, and `beyond-calendar`. */
export function dueAfter(
  tx: OfficeTransaction,
  id: string,
  from: Instant,
  add: string,
): Promise<CountedTime | Refusal> {
  const duration = parseDuration(add);
  if (!duration.ok) return Promise.resolve(refusal(duration.error.code, duration.error, { field: 'add' }));
  return asked(tx, id, 'from', (calendar) =>
    counted(calendar, explainAddDuration(calendar, from, duration.duration)),
  );
}

/** When the office is open next. Refuses `not-found`, `beyond-calendar`. */
export function opensNext(tx: OfficeTransaction, id: string, from: Instant): Promise<CountedTime | Refusal> {
  return asked(tx, id, 'from', (calendar) => counted(calendar, explainNextOpening(calendar, from)));
}

/** Working days and working time from one instant to another. Refuses `not-found`, `beyond-calendar`. */
export function lengthBetween(
  tx: OfficeTransaction,
  id: string,
  from: Instant,
  to: Instant,
): Promise<CountedLength | Refusal> {
  return asked(tx, id, 'to', (calendar) => {
    const days = explainWorkingDaysBetween(calendar, from, to);
    return {
      workingDays: days.amount,
      workingMinutes: explainWorkingTimeBetween(calendar, from, to).amount / 60_000,
      calendar: nameOf(calendar),
      steps: sentences(days.steps),
      warnings: days.warnings,
    };
  });
}

/** What is known of the document whose words are read; days in the organization's zone. */
export interface KnownDays {
  /** The day of the document. */
  readonly from: CivilDate;
  /** The day it was received, where that is another one. */
  readonly receivedOn?: CivilDate | undefined;
  /** The day of the event that the words wait for. */
  readonly eventOn?: CivilDate | undefined;
}

/** A deadline in words with what it means by the conventions of the office. */
export interface ResolvedWords {
  /** The literal words that name the deadline. */
  readonly text: string;
  readonly kind: string;
  readonly rule: string;
  /** Null: it stays open, and a warning says for what it waits. */
  readonly due: string | null;
  readonly date: CivilDate | null;
  readonly calendar: { readonly id: string; readonly version: number };
  readonly steps: readonly Bilingual[];
  readonly warnings: readonly Warning[];
}

/**
 * What one deadline in words means here: "trước ngày" and days that are not worked as the working rules in force have
 * them. Refuses `not-found`, `date-malformed`, `no-deadline-in-words`, `several-deadlines`, `beyond-calendar`.
 */
export async function resolveWords(
  tx: OfficeTransaction,
  id: string,
  phrase: string,
  { from, receivedOn, eventOn }: KnownDays,
): Promise<ResolvedWords | Refusal> {
  const { rules } = await officeFacts(tx, 'rules');
  return asked(tx, id, 'from', (calendar) => {
    const result = resolvePhrase(phrase, from, {
      ...phraseSettings({ calendar, rules }),
      ...(receivedOn !== undefined && { receivedOn }),
      ...(eventOn !== undefined && { eventOn }),
    });
    if (!result.ok) return refusal(result.error.code, result.error, { field: result.error.field });
    const { reading, resolution } = result;
    return {
      text: reading.text,
      kind: reading.kind,
      rule: resolution.rule,
      due: resolution.dueAt === null ? null : new Date(resolution.dueAt).toISOString(),
      date: resolution.date,
      calendar: nameOf(calendar),
      steps: sentences(resolution.steps),
      warnings: resolution.warnings,
    };
  });
}
