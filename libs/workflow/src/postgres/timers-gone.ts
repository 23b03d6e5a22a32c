import { type InstanceChange } from '../engine/records';

/** Ids whose rows a change takes away: of timers that are cancelled, and of those that are set anew. */
export const timersGone = ({ before, timersCancelled, timersSet }: InstanceChange): readonly string[] =>
  before === null ? [] : [...timersCancelled, ...timersSet.map(({ id }) => id)];
