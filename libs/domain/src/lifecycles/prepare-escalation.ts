import { type Instant } from '@dondoc/workflow';
import { resolveAudience, type Recipient } from '../directory/audience';
import { type Directory } from '../directory/directory';
import { endOfWindow } from '../working-rules/rule-instants';
import { sendsOutsideHours, type WorkingRules } from '../working-rules/working-rules';
import { nextOpening } from '../working-time/working-time';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { type EscalationInput, type EscalationLevel, type RequestedEscalation } from './escalation.types';

const reaches = (levels: readonly EscalationLevel[], recipient: Recipient): boolean =>
  levels.some((level) => level.recipients.some(({ person }) => person === recipient.person));

/**
 * Completes an escalation that a directive starts: who is found at its level and above on that day, and when it moves
 * up. A level that would reach only people reached below is left out. `rules` are those of the directive.
 */
export function prepareEscalation(
  start: {
    readonly id: string;
    readonly at: Instant;
    readonly input: RequestedEscalation;
    /** The directive. */
    readonly from: { readonly id: string };
  },
  facts: {
    readonly directory: Directory;
    readonly rules: WorkingRules;
    readonly calendar: WorkingCalendar;
  },
): EscalationInput {
  const { id, at, input, from } = start;
  const { directory, rules, calendar } = facts;
  const { audience, ...kept } = input;
  const all = rules.escalationLevels.value;
  const first = Math.max(
    0,
    all.findIndex((level) => level.audience === audience),
  );
  const chain: EscalationLevel[] = [];
  let raisedAt = at;
  for (const { audience: there, acknowledgeWithin } of all.slice(first)) {
    const recipients = resolveAudience(directory, there, input.facts, raisedAt, calendar.zone);
    if (chain.length > 0 && recipients.every((recipient) => reaches(chain, recipient))) continue;
    let acknowledgeBy: Instant | null = null;
    if (acknowledgeWithin) {
      const end = endOfWindow(calendar, raisedAt, acknowledgeWithin);
      acknowledgeBy = sendsOutsideHours(rules, input.urgency) ? end : nextOpening(calendar, end);
      raisedAt = acknowledgeBy;
    }
    chain.push({ audience: there, recipients, acknowledgeBy });
  }
  const top = chain.length - 1;
  return {
    ...kept,
    id,
    directive: from.id,
    chain: chain.map((level, index) => (index === top ? { ...level, acknowledgeBy: null } : level)),
  };
}
