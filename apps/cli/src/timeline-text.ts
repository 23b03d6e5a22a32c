import { type TimelineLine } from '@dondoc/domain/simulation/timeline';

/** One line of what happened, for people: instant, directive, what, to whom, by which article. */
export function writeLine({ at, instance, transition, recipient, article }: TimelineLine): string {
  return [at, instance, transition, recipient ?? '-', article ?? '-'].join(' | ');
}
