import { client, type Directive } from '../api/client';
import type { Sending } from '../api/act';
import { answerOf } from '../api/problem';

export interface ActToSend {
  readonly directive: string;
  readonly act: string;
  readonly revision: number;
  readonly body: object | undefined;
}

/** Every act is a POST of the same form, so one stands for all in the eyes of the types. */
export function sendAct({ directive, act, revision, body }: ActToSend, { key }: Sending): Promise<Directive> {
  const path = `/api/v1/directives/{id}/${act}` as '/api/v1/directives/{id}/urge';
  return answerOf(
    client.POST(path, {
      params: {
        path: { id: directive },
        header: { 'Idempotency-Key': key, 'If-Match': `"${revision}"` },
      },
      ...(body !== undefined && { body: body as { note: string } }),
    } as { params: { path: { id: string }; header: { 'Idempotency-Key': string } }; body: { note: string } }),
  );
}
