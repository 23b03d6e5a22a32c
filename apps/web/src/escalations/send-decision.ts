import type { Sending } from '../api/act';
import { client, type Escalation } from '../api/client';
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
