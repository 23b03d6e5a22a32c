import type { WordKey } from '../words/words';

/** Acts that the catalogue has words for. */
export type ActKey = WordKey extends infer K ? (K extends `act.${infer Name}.done` ? Name : never) : never;

export const actWords = (act: ActKey) =>
  ({ name: `act.${act}`, hint: `act.${act}.hint`, done: `act.${act}.done` }) as const satisfies Record<
    string,
    WordKey
  >;
