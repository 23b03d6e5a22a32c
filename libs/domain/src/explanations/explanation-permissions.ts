import { personsOf, type Caller } from '../accounts/caller';
import { type Permission } from '../directives/directive-permissions';

/** What people do with an explanation that was demanded. */
export const explanationActs = ['submit', 'accept', 'ask-again', 'withdraw'] as const;
export type ExplanationAct = (typeof explanationActs)[number];

/** Whom one explanation points at. */
export interface ExplanationRelations {
  readonly demandedBy: string;
  /** The agency, and the one that does its work now where it was abolished. */
  readonly agencies: readonly string[];
}

/** The caller's own place first, then one that is held for somebody else. */
export function asOneOf(caller: Caller, persons: readonly (string | null)[]): Permission | null {
  const found = personsOf(caller).find((person) => persons.includes(person));
  return found === undefined ? null : { onBehalfOf: found === caller.person ? null : found };
}

/** As the head of one of the agencies, in person or by delegation. */
export function asHeadOf(caller: Caller, agencies: readonly string[]): Permission | null {
  const heads = caller.offices.filter(
    ({ role, agency }) => role === 'agency-head' && agency !== null && agencies.includes(agency),
  );
  const found = heads.find(({ onBehalfOf }) => onBehalfOf === null) ?? heads[0];
  return found ? { onBehalfOf: found.onBehalfOf } : null;
}

/** The agency's head explains; the leader who demanded it judges. */
export function permissionToExplain(
  act: ExplanationAct,
  caller: Caller,
  { demandedBy, agencies }: ExplanationRelations,
): Permission | null {
  return act === 'submit' ? asHeadOf(caller, agencies) : asOneOf(caller, [demandedBy]);
}
