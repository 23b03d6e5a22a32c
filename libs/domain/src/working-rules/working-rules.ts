import { type Ladder, type Rung } from './ladder-rules';
import { countsFor, type DirectiveMatter, type RuleDuration, type Urgency } from './rule-values';
import { type WorkingRules } from './rules-form';

export { directiveKinds, urgencies } from './rule-values';
export type { DirectiveKind, DirectiveMatter, LegalBasis, RuleDuration, Urgency } from './rule-values';
export type { Ladder, Rung } from './ladder-rules';
export type { WorkingRules } from './rules-form';

/** The ladder for a directive. @throws when the rules were not validated. */
export function ladderFor(rules: WorkingRules, matter: DirectiveMatter): Ladder {
  const found = rules.ladders.find((candidate) => countsFor(candidate, matter));
  if (!found)
    throw new Error(
      `working rules ${rules.id}@${rules.version} have no ladder for ${matter.kind}/${matter.urgency}`,
    );
  return found;
}

/** How long a directive whose source names no deadline has; null: it stays open. */
export function defaultDeadlineFor(rules: WorkingRules, matter: DirectiveMatter): RuleDuration | null {
  return rules.defaultDeadline.value.find((candidate) => countsFor(candidate, matter))?.within ?? null;
}

/** Whether messages of this urgency may leave at any hour. */
export function sendsOutsideHours(rules: WorkingRules, urgency: Urgency): boolean {
  return rules.outsideHours.value.includes(urgency);
}

/** The rung of a version of the rules by its id, for the words of a message. */
export function rungOf(rules: WorkingRules, matter: DirectiveMatter, id: string): Rung | null {
  return ladderFor(rules, matter).rungs.find((one) => one.id === id) ?? null;
}
