import { readCue, type Found } from './cue-rules';
import { type DeadlineContext, type DeadlineReading } from './deadline-reading';
import { readAmountBeforeEvent, readEvent } from './event-rule';
import { readRange } from './range-rule';
import { readRelative } from './relative-rule';
import { Tokens } from './tokens';
import { readUncued } from './uncued-rule';
import { readVague } from './vague-rule';

export type {
  DeadlineBound,
  DeadlineContext,
  DeadlineFlag,
  DeadlineKind,
  DeadlineOrigin,
  DeadlineReading,
  DeadlineTime,
  DeadlineUnit,
} from './deadline-reading';

type Rule = (tokens: Tokens, index: number, context: DeadlineContext) => Found | null;

/** In the order in which they are asked at each word; the first that reads something wins. */
const rules: readonly Rule[] = [
  readAmountBeforeEvent,
  readRelative,
  readRange,
  readCue,
  readEvent,
  readVague,
  readUncued,
];

/**
 * Finds the deadlines a Vietnamese text speaks of, in order and without overlap. Reads word for word: the
 * office's convention for "trước ngày", its calendar and its receipt dates are applied by `resolveDeadline`.
 * Dates of cited documents, of meetings and of past results, and years that name a plan, are not returned.
 * Never throws; work grows with the length of the text.
 */
export function findDeadlinePhrases(text: string, context: DeadlineContext): readonly DeadlineReading[] {
  const tokens = new Tokens(text);
  const readings: DeadlineReading[] = [];
  let index = 0;
  while (index < tokens.length) {
    const found = readAt(tokens, index, context);
    if (found === null) {
      index += 1;
      continue;
    }
    if (found.reading === null) {
      index = found.next;
      continue;
    }
    const start = tokens.list[found.from ?? index]?.start ?? 0;
    const end = tokens.list[found.next - 1]?.end ?? start;
    readings.push({ text: text.slice(start, end), start, end, ...found.reading });
    index = found.next;
  }
  return readings;
}

function readAt(tokens: Tokens, index: number, context: DeadlineContext): Found | null {
  for (const rule of rules) {
    const found = rule(tokens, index, context);
    if (found !== null && found.next > index) return found;
  }
  return null;
}
