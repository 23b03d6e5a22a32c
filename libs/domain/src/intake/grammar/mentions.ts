import { type Body } from './bodies';
import { type DraftedDeadline, type Mention } from './intake-result';
import { type MappedText } from './mapped-text';
import { type Roles } from './roles';

/** The same bodies with their places in the source; they were read from `content`. */
export function placed(bodies: readonly Body[], content: MappedText): readonly Body[] {
  return bodies.map((body) => ({
    ...body,
    at: { start: content.sourceStart(body.start), end: content.sourceEnd(body.end) },
  }));
}

/** Where the names and the deadline of a directive stand in the notice: a name inherited from a heading is there, not here. */
export function mentionsOf(
  lead: readonly Body[],
  { coordinating, advising, reportTo }: Omit<Roles, 'lead'>,
  deadline: DraftedDeadline | null,
): readonly Mention[] {
  const named = (role: Mention['role'], bodies: readonly Body[]): readonly Mention[] =>
    bodies.flatMap(({ text, at }) => (at === undefined ? [] : [{ role, text, ...at }]));
  const leading = new Set(lead.map(({ text }) => text));
  const others = (bodies: readonly Body[]): readonly Body[] =>
    bodies.filter(({ text }) => !leading.has(text));
  return [
    ...named('lead', lead),
    ...named('coordinating', others(coordinating)),
    ...named('advising', others(advising)),
    ...named('reportTo', others(reportTo)),
    ...(deadline === null
      ? []
      : [{ role: 'deadline' as const, text: deadline.text, start: deadline.start, end: deadline.end }]),
  ].sort((a, b) => a.start - b.start);
}
