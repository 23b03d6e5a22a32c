import { MS_PER_DAY, type CivilDate, dateOfDayNumber } from './civil-date';

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/**
 * Wall-clock time of one IANA zone.
 *
 * A wall time that does not exist (the clock jumped over it) is the instant of the jump; one that exists twice is its
 * first occurrence. So a later wall time never gives an earlier instant, and sessions stay in order on every day.
 */
export interface Zone {
  readonly id: string;
  /** Milliseconds to add to an instant to read the wall clock as if it were UTC. */
  offsetAt(instant: Instant): number;
  /** Day number of the civil date on the wall at an instant. */
  dayNumberAt(instant: Instant): number;
  /** The instant at which the wall shows `minutes` after midnight of the day (1440 = the next midnight). */
  instantOf(dayNumber: number, minutes: number): Instant;
}

const zones = new Map<string, Zone>();
const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/;

/** The zone of an IANA name, or null when there is none of that name. */
export function findZone(id: string): Zone | null {
  const known = zones.get(id);
  if (known !== undefined) return known;
  const format = zoneName.test(id) ? formatOf(id) : null;
  if (format === null) return null;
  const zone = zoneOf(id, format);
  zones.set(id, zone);
  return zone;
}

/**
 * @throws RangeError when there is no zone of that name (a parsed calendar always names a real one).
 */
export function zoneNamed(id: string): Zone {
  const zone = findZone(id);
  if (zone === null) throw new RangeError(`No time zone of the name ${id.slice(0, 60)}`);
  return zone;
}

export function dateAt(zone: Zone, instant: Instant): CivilDate {
  return dateOfDayNumber(zone.dayNumberAt(instant));
}

function formatOf(id: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory', {
      timeZone: id,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

function zoneOf(id: string, format: Intl.DateTimeFormat): Zone {
  const offsetAtUtcMidnight = new Map<number, number>();

  const measure = (instant: Instant): number => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = value;
    const year = parts.era === 'B' || parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const wall = new Date(0);
    wall.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
    wall.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
    return wall.getTime() - Math.floor(instant / 1000) * 1000;
  };

  const midnightOffset = (day: number): number => {
    let offset = offsetAtUtcMidnight.get(day);
    if (offset === undefined) {
      offset = measure(day * MS_PER_DAY);
      offsetAtUtcMidnight.set(day, offset);
    }
    return offset;
  };

  // No zone has ever changed its clock forth and back within one day, so equal ends mean no change between them.
  const offsetAt = (instant: Instant): number => {
    const day = Math.floor(instant / MS_PER_DAY);
    const before = midnightOffset(day);
    return before === midnightOffset(day + 1) ? before : measure(instant);
  };

  const changeBetween = (early: Instant, late: Instant): Instant => {
    const after = offsetAt(late);
    let [low, high] = [early, late];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === after) high = middle;
      else low = middle;
    }
    return high;
  };

  return {
    id,
    offsetAt,
    dayNumberAt: (instant) => Math.floor((instant + offsetAt(instant)) / MS_PER_DAY),
    instantOf: (dayNumber, minutes) => {
      const wall = dayNumber * MS_PER_DAY + minutes * 60_000;
      const before = offsetAt(wall - MS_PER_DAY);
      const after = offsetAt(wall + MS_PER_DAY);
      if (before === after) return wall - before;
      const first = wall - before;
      const second = wall - after;
      if (offsetAt(first) === before) return first;
      if (offsetAt(second) === after) return second;
      return changeBetween(second, first);
    },
  };
}
