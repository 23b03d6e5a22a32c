import type { Sending } from '../api/act';
import { client } from '../api/client';
import { answerOf } from '../api/problem';

type Path =
  | 'agencies'
  | `agencies/${string}/rename`
  | `agencies/${string}/point-to`
  | `agencies/${string}/calendar`
  | `agencies/${string}/end`
  | 'people'
  | `people/${string}/change`
  | `people/${string}/offices`
  | `offices/${string}/end`
  | 'in-charge'
  | `in-charge/${string}/end`;

/** Every change of the directory is a POST of the same form, so one stands for all in the eyes of the types. */
export const sendTo =
  (path: Path) =>
  (body: object, { key }: Sending): Promise<{ readonly id: string }> =>
    answerOf(
      client.POST(`/api/v1/directory/${path}` as '/api/v1/directory/people', {
        params: { header: { 'Idempotency-Key': key } },
        body: body as { name: string; email: null },
      }),
    );
