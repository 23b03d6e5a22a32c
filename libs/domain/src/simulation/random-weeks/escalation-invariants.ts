import { type HistoryEntry } from '@dondoc/workflow';
import { worksIn } from '../../directory/offices';
import { escalationState } from '../../lifecycles/directive-state';
import {
  type EscalationContext,
  type EscalationInput,
  type EscalationLevel,
} from '../../lifecycles/escalation.types';
import { readPayload } from '../../lifecycles/message-payload';
import { dateAt, zoneNamed } from '../../working-time/zone';
import { each, keptIn, on, toldBy, together, type Finding, type Invariant } from './invariant';
import { type Look } from './look';

/** At every look: nothing stands unacknowledged, or acknowledged and undecided, beyond its time. */
export function passesOnInTime({ now, instances }: Look): Finding {
  return each(
    keptIn<EscalationContext>(instances, 'escalation').filter(({ isOpen }) => isOpen),
    ({ value, context: { chain, level, decideBy } }) => {
      const acknowledgeBy = chain[level]?.acknowledgeBy ?? null;
      return escalationState(value) === 'raised'
        ? level + 1 >= chain.length || (acknowledgeBy !== null && acknowledgeBy > now)
        : decideBy === null || decideBy > now;
    },
    ({ id, value, context }) =>
      `escalation ${id} stands at ${JSON.stringify(value)} since ${on(context.decideBy ?? 0)}`,
  );
}

/** Where an escalation stands, told from its history alone. */
interface Standing {
  readonly chain: readonly EscalationLevel[];
  readonly level: number;
  /** How often it was acknowledged and forgotten at this level. */
  readonly forgotten: number;
}

/**
 * Each escalation climbs from the level at which it was raised, one level at a time; what was acknowledged and forgotten
 * comes back to the same level first, and only the next time goes up, where there is a level above.
 */
export const comesBackBeforeItGoesUp: Invariant = (week) =>
  together(
    keptIn<EscalationContext>(week.instances, 'escalation').map(({ id }) => {
      const history = week.histories.get(id) ?? [];
      const told = toldBy(week, id, 'escalation-raised', 'escalation-forgotten');
      const [first] = history;
      let stands: Standing = {
        ...(first?.event['input'] as unknown as EscalationInput),
        level: 0,
        forgotten: 0,
      };
      let again: readonly EscalationLevel[] | null = null;
      const expected = history.flatMap(({ event, kind, at }) => {
        if (event.type === 'acknowledge') again = event['again'] as unknown as readonly EscalationLevel[];
        if (kind === 'event') return [];
        const { chain, level, forgotten } = stands;
        const comesBack = again !== null && (forgotten === 0 || level + 1 === chain.length);
        if (kind === 'timer') {
          const next = comesBack ? level : level + 1;
          stands = {
            chain: again ? [...chain.slice(0, next), ...again] : chain,
            level: next,
            forgotten: comesBack ? forgotten + 1 : 0,
          };
        }
        again = null;
        const subject = comesBack ? 'escalation-forgotten' : 'escalation-raised';
        return [{ at, subject, to: stands.chain[stands.level]?.audience }];
      });
      return each(
        expected,
        (one) =>
          told.some(({ at, payload }) => {
            const { subject, to } = readPayload(payload);
            return at === one.at && subject === one.subject && to[0] === one.to;
          }) && told.length === expected.length,
        (one) => `escalation ${id} was to come as ${JSON.stringify(one)}`,
      );
    }),
  );

/** The levels that an entry of an escalation's history plans. */
function levelsPlanned({ event, kind }: HistoryEntry): readonly EscalationLevel[] {
  if (kind === 'start') return (event['input'] as unknown as EscalationInput).chain;
  return event.type === 'acknowledge' ? (event['again'] as unknown as readonly EscalationLevel[]) : [];
}

/** Only whom it was submitted to, or who stands in for them, acknowledges and decides, and nobody of the lead itself. */
export const isDecidedByWhomItReached: Invariant = (week) => {
  const zone = zoneNamed(week.calendar.zone);
  return together(
    keptIn<EscalationContext>(week.instances, 'escalation').map(({ id, context }) => {
      const history = week.histories.get(id) ?? [];
      const reached = history.filter(({ event }) => ['acknowledge', 'decide'].includes(event.type));
      const told = toldBy(week, id, 'escalation-raised', 'escalation-forgotten');
      // A leader of a level above may decide before it has come there; the levels are found anew at each acknowledgement.
      const above = history.flatMap(levelsPlanned).flatMap(({ recipients }) => recipients);
      const people = [...told.flatMap(({ payload }) => readPayload(payload).recipients ?? []), ...above];
      const addressed = new Set(people.flatMap(({ person, insteadOf }) => [person, insteadOf]));
      return each(
        reached,
        ({ event, at }) =>
          addressed.has((event['onBehalfOf'] ?? event['by']) as string) &&
          !worksIn(week.directory, event['by'] as string, context.facts.lead, dateAt(zone, at)),
        ({ event }) => `escalation ${id}: ${event.type} by ${event['by'] as string}`,
      );
    }),
  );
};

/** What is decided is carried out: the directive, or an explanation, hears of it at the same instant. */
export const carriesOutWhatIsDecided: Invariant = (week) => {
  const explained = keptIn<{ readonly escalation: string | null }>(week.instances, 'explanation');
  return together(
    keptIn<EscalationContext>(week.instances, 'escalation').map(({ id, context }) =>
      each(
        (week.histories.get(id) ?? []).filter(({ event }) => event.type === 'decide'),
        ({ event, at }) => {
          const decision = event['decision'] as string;
          const heard = (week.histories.get(context.directive) ?? []).filter((entry) => entry.at === at);
          if (decision === 'explain') return explained.some((one) => one.context.escalation === id);
          if (decision === 'convene') return toldBy(week, id, 'convened').length === 1;
          if (decision === 'criticize') return toldBy(week, id, 'criticized').length === 1;
          return (
            heard.some((entry) => entry.event.type === 'escalation-decided') &&
            (decision === 'close' || heard.some((entry) => entry.event.type === decision))
          );
        },
        ({ event }) => `escalation ${id}: ${event['decision'] as string} was not carried out`,
      ),
    ),
  );
};
