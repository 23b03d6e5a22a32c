import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiProblem } from './problem';
import { refreshAll } from './queries';

/** `Idempotency-Key` of something that a person wants done once, however often it has to be sent. */
export interface Sending {
  readonly key: string;
}

const pauses = [400, 1_200, 3_000];

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends again under the same key while no answer comes: the server does it once. */
export async function once<T>(send: () => Promise<T>): Promise<T> {
  for (const wait of pauses) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isUnreachable)) throw error;
      await pause(wait);
    }
  }
  return send();
}

/**
 * Something that a person does. The key stays the same while no answer has come, so that pressing again after a cut
 * connection does it no second time; after an answer the next act has a key of its own.
 * @param done called when the server has said that it is done, also when what asked for it is no longer on the page
 */
export function useAct<TInput, TAnswer>(
  send: (input: TInput, sending: Sending) => Promise<TAnswer>,
  done?: (answer: TAnswer, input: TInput) => void,
) {
  const open = useRef<{ readonly key: string; readonly about: string } | null>(null);
  return useMutation<TAnswer, Error, TInput>({
    mutationFn: async (input) => {
      const about = JSON.stringify(input);
      if (open.current?.about !== about) open.current = { key: crypto.randomUUID(), about };
      const { key } = open.current;
      try {
        const answer = await once(() => send(input, { key }));
        open.current = null;
        return answer;
      } catch (error) {
        if (!(error instanceof ApiProblem && error.isUnreachable)) open.current = null;
        throw error;
      }
    },
    onSuccess: (answer, input) => {
      done?.(answer, input);
      return refreshAll();
    },
    onError: (error) => {
      // Somebody was faster, or time went on: what is shown is no longer what is.
      if (error instanceof ApiProblem && [404, 409, 412].includes(error.status)) void refreshAll();
    },
  });
}
