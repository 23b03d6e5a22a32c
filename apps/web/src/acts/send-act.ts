import { client } from '../api/client';
import type { Sending } from '../api/act';
import { answerOf } from '../api/problem';

export interface ActToSend {
  /** Of the API, after `/api/v1`: "/directives/…/urge". */
  readonly path: string;
  readonly revision?: number;
  readonly body: object | undefined;
}

/** Every act is a POST of the same form, so one stands for all in the eyes of the types. */
export function sendAct({ path, revision, body }: ActToSend, { key }: Sending): Promise<object> {
  const options = {
    params: {
      header: {
        'Idempotency-Key': key,
        ...(revision !== undefined && { 'If-Match': `"${revision}"` }),
      },
    },
    ...(body !== undefined && { body }),
  };
  return answerOf(
    client.POST(`/api/v1${path}` as '/api/v1/delegations', options as never) as Promise<{
      data?: object;
      error?: unknown;
      response: Response;
    }>,
  );
}
