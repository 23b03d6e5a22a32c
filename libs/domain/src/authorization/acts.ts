/** What people do, by what they do it to. Whether its present state takes it is the machine's answer. */
export const directiveActs = [
  'accept',
  'return',
  'assign-person',
  'hand-on',
  'request-extension',
  'report',
  'approve-report',
  'return-report',
  'reassign',
  'transfer',
  'set-deadline',
  'extend',
  'verify',
  'send-back',
  'urge',
  'suspend',
  'propose-resumption',
  'resume',
  'replace',
  'move-rules',
  'cancel',
] as const;
export type DirectiveAct = (typeof directiveActs)[number];

/** The event that the machine has to have a place for; requesting is an instance of its own, of which it is told. */
export function eventOf(act: DirectiveAct): string {
  return act === 'request-extension' ? 'extension-requested' : act;
}

export const escalationActs = ['acknowledge', 'decide', 'undo'] as const;

export const explanationActs = ['submit', 'accept', 'ask-again', 'withdraw'] as const;
export type ExplanationAct = (typeof explanationActs)[number];

export const consultationActs = ['reply', 'withdraw'] as const;
export type ConsultationAct = (typeof consultationActs)[number];

export const extensionRequestActs = ['approve', 'decline', 'decide', 'undo', 'withdraw'] as const;
export type ExtensionRequestAct = (typeof extensionRequestActs)[number];

export const standingActs = ['end'] as const;
export const obligationActs = ['report', 'accept', 'send-back'] as const;
export type ObligationAct = (typeof obligationActs)[number];

/** All acts by the lifecycle, or by what else they are done to. */
export interface Acts {
  readonly directive: DirectiveAct | 'see' | 'see-inside' | 'ask-opinions' | 'demand-explanation';
  readonly escalation: (typeof escalationActs)[number] | 'carry-out' | 'see';
  readonly explanation: ExplanationAct | 'see';
  readonly consultation: ConsultationAct | 'see';
  readonly delegation: 'give' | 'end';
  readonly 'standing-directive': (typeof standingActs)[number] | 'see';
  readonly 'reporting-obligation': ObligationAct | 'see';
  readonly 'extension-request': ExtensionRequestAct | 'carry-out' | 'see' | 'see-inside';
  readonly 'remote-part': 'withdraw' | 'change-order';
  readonly dispatch: 'send-again' | 'drop';
  /** What concerns an organization as a whole. */
  readonly organization: 'see-all' | 'give-standing-directive' | 'sit-in-meeting';
  /** An operation of the API. */
  readonly operation: 'call';
}
export type Kind = keyof Acts;
