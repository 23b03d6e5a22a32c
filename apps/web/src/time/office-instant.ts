/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function aheadOf(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - instant;
}

/** The instant (ISO 8601, UTC) at which the clocks of a zone show a date and a time. */
export function instantIn(zone: string, date: string, time: string): string {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const first = wall - aheadOf(zone, wall);
  return new Date(wall - aheadOf(zone, first)).toISOString();
}
