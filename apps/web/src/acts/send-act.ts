import { client, type Directive } from '../api/client';
import type { Sending } from '../api/act';
import { answerOf } from '../api/problem';
import { directiveQuery, queryClient } from '../api/queries';

export interface ActToSend {
  /** Of the API, after `/api/v1`: "/directives/…/urge". */
  readonly path: string;
  readonly revision?: number;
  readonly body: object | undefined;
}

/** Every act is a POST of the same form, so one stands for all in the eyes of the types. */
/** An act of a directive is answered by the directive after it, which is shown before it has been read anew. */
export async function sendAct(act: ActToSend, sending: Sending): Promise<object> {
  const answer = await send(act, sending);
  const [, id] = /^\/directives\/([^/]+)\/[^/]+$/.exec(act.path) ?? [];
  if (id !== undefined && 'id' in answer && answer.id === id && 'allowed' in answer)
    queryClient.setQueryData(directiveQuery(id).queryKey, (before) => {
      const after = answer as Directive;
      return before && before.revision > after.revision ? before : after;
    });
  return answer;
}

function send({ path, revision, body }: ActToSend, { key }: Sending): Promise<object> {
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
