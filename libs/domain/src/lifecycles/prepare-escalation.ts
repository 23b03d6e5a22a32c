import { type Instant } from '@dondoc/workflow';
import { resolveAudience, type AudienceFacts, type Recipient } from '../directory/audience';
import { agencyInForce } from '../directory/agencies';
import { type Directory } from '../directory/directory';
import { worksIn } from '../directory/offices';
import { endOfWindow } from '../working-rules/rule-instants';
import {
  sendsOutsideHours,
  type RuleDuration,
  type Urgency,
  type WorkingRules,
} from '../working-rules/working-rules';
import { nextOpening } from '../working-time/working-time';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';
import { type EscalationInput, type EscalationLevel, type RequestedEscalation } from './escalation.types';

/** `rules` are those of the directive. */
export interface ChainFacts {
  readonly directory: Directory;
  readonly rules: WorkingRules;
  readonly calendar: WorkingCalendar;
}

interface Matter {
  readonly facts: AudienceFacts;
  readonly urgency: Urgency;
}

const reaches = (levels: readonly EscalationLevel[], recipient: Recipient): boolean =>
  levels.some((level) => level.recipients.some(({ person }) => person === recipient.person));

/** The end of a time that the rules give, moved into working hours unless the matter is urgent. */
export function endInHours(
  from: Instant,
  window: RuleDuration,
  urgency: Urgency,
  { rules, calendar }: Pick<ChainFacts, 'rules' | 'calendar'>,
): Instant {
  const end = endOfWindow(calendar, from, window);
  return sendsOutsideHours(rules, urgency) ? end : nextOpening(calendar, end);
}

/** Those of the lead agency itself, who would be deciding on themselves, are nobody to submit it to. */
function othersThan(
  { lead }: AudienceFacts,
  at: Instant,
  { directory, calendar }: ChainFacts,
): (recipient: Recipient) => boolean {
  const date = dateAt(zoneNamed(calendar.zone), at);
  const agency = agencyInForce(directory, lead, date)?.id ?? lead;
  return ({ person }) => !worksIn(directory, person, agency, date);
}

/**
 * The levels from an audience upward for something that is raised at an instant: who is found at each on its day, and
 * when it moves up. A level that would reach only people reached below, or only the lead agency's own, is left out.
 */
export function escalationChain(
  from: EscalationLevel['audience'],
  raisedAt: Instant,
  { facts, urgency }: Matter,
  chainFacts: ChainFacts,
): readonly EscalationLevel[] {
  const { directory, rules, calendar } = chainFacts;
  const all = rules.escalationLevels.value;
  const first = Math.max(
    0,
    all.findIndex((level) => level.audience === from),
  );
  const chain: EscalationLevel[] = [];
  let at = raisedAt;
  for (const [index, { audience, acknowledgeWithin }] of all.entries()) {
    if (index < first) continue;
    const found = resolveAudience(directory, audience, facts, at, calendar.zone);
    const others = found.filter(othersThan(facts, at, chainFacts));
    const isLast = index === all.length - 1 && chain.length === 0;
    const recipients = others.length > 0 || !isLast ? others : found;
    if (!isLast && recipients.every((recipient) => reaches(chain, recipient))) continue;
    let acknowledgeBy: Instant | null = null;
    if (acknowledgeWithin) {
      acknowledgeBy = endInHours(at, acknowledgeWithin, urgency, chainFacts);
      at = acknowledgeBy;
    }
    chain.push({ audience, recipients, acknowledgeBy });
  }
  const top = chain.length - 1;
  return chain.map((level, index) => (index === top ? { ...level, acknowledgeBy: null } : level));
}

/** Completes an escalation that a directive starts: who is found at its level and above, and when it moves up. */
export function prepareEscalation(
  start: {
    readonly id: string;
    readonly at: Instant;
    readonly input: RequestedEscalation;
    /** The directive. */
    readonly from: { readonly id: string };
  },
  facts: ChainFacts,
): EscalationInput {
  const { id, at, input, from } = start;
  const { audience, ...kept } = input;
  return { ...kept, id, directive: from.id, chain: escalationChain(audience, at, input, facts) };
}
