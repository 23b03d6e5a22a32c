import { parseCivilDate } from '@dondoc/domain/working-time/civil-date';
import { zoneNamed } from '@dondoc/domain/working-time/zone';
import { wrongUsage } from './command';

const local = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/;
const absolute = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads an instant: ISO with an offset, or a local date and time (or date) of `zone`.
 * @returns milliseconds since the epoch
 */
export function readInstant(text: string, zone: string): number {
  if (absolute.test(text)) {
    const instant = Date.parse(text);
    if (!Number.isNaN(instant)) return instant;
  }
  const [, date = '', hours = '0', minutes = '0', seconds = '0'] = local.exec(text) ?? [];
  const day = parseCivilDate(date);
  if (day === null || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    throw wrongUsage(`"${text}" is not an instant; write 2026-11-23T08:00 or 2026-11-23T08:00+07:00`);
  return zoneNamed(zone).instantOf(day, Number(hours) * 60 + Number(minutes)) + Number(seconds) * 1_000;
}
