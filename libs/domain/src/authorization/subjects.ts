import { type CallerRole } from '../accounts/caller';

/** Whom one directive points at. */
export interface DirectiveRelations {
  /** The lead, and the agency that does its work now where the lead was abolished. */
  readonly leads: readonly string[];
  readonly coordinating: readonly string[];
  readonly assigningLeader: string | null;
  readonly trackingOfficer: string | null;
  /** The leader in charge of the lead's work in its field; only where somebody asks for it. */
  readonly inCharge?: string | null;
}

/**
 * Whom each thing points at, resolved for the day before anybody is held against it: agencies with their successors,
 * persons by id.
 */
export interface Subjects {
  readonly directive: DirectiveRelations;
  /** `decidedBy`: whoever took the decision that can be undone still, and in whose place. */
  readonly escalation: { readonly addressed: readonly string[]; readonly decidedBy: readonly string[] };
  readonly explanation: { readonly agencies: readonly string[]; readonly demandedBy: string };
  readonly consultation: {
    /** The agency that is asked. */
    readonly agencies: readonly string[];
    /** The agency that asks. */
    readonly leads: readonly string[];
    /** Of the directive that it is about. */
    readonly assigningLeader?: string | null;
    readonly trackingOfficer?: string | null;
  };
  readonly delegation: { readonly from: string; readonly to: string };
  readonly 'standing-directive': DirectiveRelations;
  readonly 'reporting-obligation': DirectiveRelations;
  readonly 'extension-request': {
    readonly leads: readonly string[];
    /** Whom it waits for. */
    readonly recipients: readonly string[];
    /** Whom the rules let decide. */
    readonly approvers: readonly string[];
    readonly decidedBy: readonly string[];
  };
  readonly 'remote-part': { readonly leads: readonly string[] };
  readonly dispatch: object;
  readonly organization: object;
  readonly operation: {
    readonly roles: readonly CallerRole[];
    /** False for a token that was not made for it. */
    readonly isWithinScopes: boolean;
  };
}
