import { type CivilDate } from '../working-time/civil-date';
import { type DeadlineFlag, type DeadlineReading, type DeadlineTime } from './deadline-reading';

/** What a cue such as "trước" or "chậm nhất" points to. */
export interface TimeTarget {
  readonly form: 'day' | 'month' | 'quarter' | 'half-year' | 'nine-months' | 'year' | 'week' | 'recurring';
  readonly kind: 'date' | 'period';
  /** First and last day; for a single day both are that day. */
  readonly first: CivilDate | null;
  readonly last: CivilDate | null;
  readonly time: DeadlineTime | null;
  readonly flags: readonly DeadlineFlag[];
  readonly recurrence?: Pick<DeadlineReading, 'every' | 'dayOfPeriod'>;
}

/** Flags that mean a person must look before the date is used. */
const doubtful: ReadonlySet<DeadlineFlag> = new Set<DeadlineFlag>([
  'year-missing',
  'month-missing',
  'relative-to-document',
  'weekday-relative',
  'weekday-mismatch',
  'impossible-date',
  'lunar-calendar',
  'part-of-period',
  'origin-unstated',
  'by-or-before',
  'past-year',
]);

export function isDoubtful(flags: readonly DeadlineFlag[]): boolean {
  return flags.some((flag) => doubtful.has(flag));
}
