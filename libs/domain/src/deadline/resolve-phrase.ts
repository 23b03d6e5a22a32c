import { type CivilDate, parseCivilDate } from '../working-time/civil-date';
import { type BilingualText } from '../working-time/working-calendar';
import { type DeadlineReading, findDeadlinePhrases } from './deadline-phrase';
import { type DeadlineResolution, resolveDeadline, type ResolveOptions } from './resolve-deadline';

export interface PhraseRefusal extends BilingualText {
  readonly code: 'date-malformed' | 'no-deadline-in-words' | 'several-deadlines';
  readonly field: 'from' | 'phrase';
}

export type PhraseResult =
  | { readonly ok: true; readonly reading: DeadlineReading; readonly resolution: DeadlineResolution }
  | { readonly ok: false; readonly error: PhraseRefusal };

const asDeadline = 'chậm nhất ';

/**
 * Resolves one deadline in words as if the document were signed, issued and received on `from`, where the options do not
 * say otherwise.
 * A bare day or period ("10/9", "Quý II") and a bare amount ("5 ngày làm việc") are taken as the latest time.
 */
export function resolvePhrase(phrase: string, from: CivilDate, options: ResolveOptions): PhraseResult {
  if (parseCivilDate(from) === null) {
    return refuse(
      'date-malformed',
      'from',
      'Ngày phải có dạng YYYY-MM-DD.',
      'The date must be of the form YYYY-MM-DD.',
    );
  }
  const readings = readWhole(phrase.normalize('NFC'), from);
  const [reading, second] = readings.some((each) => each.kind !== 'vague')
    ? readings.filter((each) => each.kind !== 'vague')
    : readings;
  if (reading === undefined) {
    return refuse(
      'no-deadline-in-words',
      'phrase',
      'Không thấy hạn nào trong câu chữ.',
      'No deadline found in the words.',
    );
  }
  if (second !== undefined) {
    return refuse(
      'several-deadlines',
      'phrase',
      `Câu chữ nêu nhiều hạn ("${reading.text}", "${second.text}"); hãy nêu từng hạn một.`,
      `The words name several deadlines ("${reading.text}", "${second.text}"); give one at a time.`,
    );
  }
  const resolution = resolveDeadline(reading, {
    receivedOn: from,
    issuedOn: from,
    signedOn: from,
    occurringFrom: from,
    ...options,
  });
  return { ok: true, reading, resolution };
}

function refuse(
  code: PhraseRefusal['code'],
  field: PhraseRefusal['field'],
  vi: string,
  en: string,
): PhraseResult {
  return { ok: false, error: { code, field, vi, en } };
}

function readWhole(phrase: string, from: CivilDate): readonly DeadlineReading[] {
  const context = { year: Number(from.slice(0, 4)), on: from };
  const found = findDeadlinePhrases(phrase, context);
  if (found.length > 0) return found;
  return findDeadlinePhrases(asDeadline + phrase, context).map((reading) => {
    const start = Math.max(0, reading.start - asDeadline.length);
    const end = reading.end - asDeadline.length;
    return { ...reading, text: phrase.slice(start, end), start, end };
  });
}
