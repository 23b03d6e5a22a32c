import { Temporal } from 'temporal-polyfill';
import { wrongUsage } from './command';

/**
 * Reads an instant: ISO with an offset, or a local date and time (or date) of `zone`.
 * @returns milliseconds since the epoch
 */
export function readInstant(text: string, zone: string): number {
  try {
    if (/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) && text.includes('T'))
      return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    throw wrongUsage(`"${text}" is not an instant; write 2026-11-23T08:00 or 2026-11-23T08:00+07:00`);
  }
}

/** For people and scripts alike: local time of `zone` with its offset. */
export function showInstant(instant: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
