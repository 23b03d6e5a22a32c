import type { Sending } from '../api/act';
import { client, type Escalation, type ExtensionRequest, type ManyDecided } from '../api/client';
import { answerOf } from '../api/problem';

export interface DecisionToSend {
  readonly escalation: string;
  readonly revision: number;
  readonly decision: string;
  readonly body: object;
}

const parameters = (id: string, revision: number, key: string) => ({
  params: { path: { id }, header: { 'Idempotency-Key': key, 'If-Match': `"${revision}"` } },
});

export function sendDecision(
  { escalation, revision, decision, body }: DecisionToSend,
  { key }: Sending,
): Promise<Escalation> {
  return answerOf(
    client.POST('/api/v1/escalations/{id}/decide', {
      ...parameters(escalation, revision, key),
      body: { ...body, decision: decision as 'urge' },
    }),
  );
}

export function sendAcknowledgement(
  { escalation, revision }: Pick<DecisionToSend, 'escalation' | 'revision'>,
  { key }: Sending,
): Promise<Escalation> {
  return answerOf(client.POST('/api/v1/escalations/{id}/acknowledge', parameters(escalation, revision, key)));
}

export interface ManyToDecide {
  readonly escalations: readonly string[];
  readonly decision: string;
  readonly body: object;
}

/** The same on several; each for itself, so that one that cannot be decided so does not hold up the others. */
export function sendDecisions(
  { escalations, decision, body }: ManyToDecide,
  { key }: Sending,
): Promise<ManyDecided> {
  return answerOf(
    client.POST('/api/v1/escalations/decide', {
      params: { header: { 'Idempotency-Key': key } },
      body: { ...body, escalations: [...escalations], together: false, decision: decision as 'urge' },
    }),
  );
}

/** @throws the reason why one of them cannot be taken back any more */
export async function undoDecisions(escalations: readonly string[]): Promise<void> {
  await answerOf(
    client.POST('/api/v1/escalations/undo', {
      params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
      body: { escalations: [...escalations] },
    }),
  );
}

export interface GrantToSend {
  readonly request: string;
  readonly revision: number;
  readonly body: {
    readonly granted: boolean;
    readonly note?: string;
    readonly deadline?: { readonly date: string };
  };
}

export function sendGrant(
  { request, revision, body }: GrantToSend,
  { key }: Sending,
): Promise<ExtensionRequest> {
  return answerOf(
    client.POST('/api/v1/extension-requests/{id}/decide', { ...parameters(request, revision, key), body }),
  );
}

export async function undoGrant(request: string): Promise<void> {
  await answerOf(
    client.POST('/api/v1/extension-requests/{id}/undo', {
      params: { path: { id: request }, header: { 'Idempotency-Key': crypto.randomUUID() } },
    }),
  );
}

export interface ExplanationToJudge {
  readonly explanation: string;
  readonly revision: number;
  readonly act: 'accept' | 'ask-again';
  readonly body: object;
}

/** Both are a POST of the same form, so one stands for the other in the eyes of the types. */
export function sendJudgement({ explanation, revision, act, body }: ExplanationToJudge, { key }: Sending) {
  const path = `/api/v1/explanations/{id}/${act}` as '/api/v1/explanations/{id}/accept';
  return answerOf(
    client.POST(path, { ...parameters(explanation, revision, key), body: body as { note: string | null } }),
  );
}
