import { type Bilingual, type Instant } from '@dondoc/workflow';
import { audienceWords, type Audience } from '../directory/audience';
import { type Directory } from '../directory/directory';
import { renderDate } from '../working-time/steps';
import { dateAt, zoneNamed } from '../working-time/zone';

/** A sentence with its instant and the article of the working rules that it follows. */
export interface ExplainedEvent extends Bilingual {
  readonly at: Instant;
  readonly article: string | null;
}

/** Something still to come, also without its instant and article: the words after "sẽ". */
export interface ForeseenEvent extends ExplainedEvent {
  readonly what: Bilingual;
}

/** An instant as people write it: "17:00 thứ Hai 02/11/2026". */
export function moment(instant: Instant, zone: string): Bilingual {
  const known = zoneNamed(zone);
  const clock = new Date(instant + known.offsetAt(instant)).toISOString().slice(11, 16);
  const date = dateAt(known, instant);
  return { vi: `${clock} ${renderDate(date, 'vi')}`, en: `${clock} ${renderDate(date, 'en')}` };
}

export function personName(directory: Directory, id: string | null | undefined): string {
  return directory.people.find((person) => person.id === id)?.name ?? id ?? '?';
}

export function agencyName(directory: Directory, id: string): string {
  return directory.agencies.find((agency) => agency.id === id)?.name ?? id;
}

/** "theo Mục 4.1 (T−5)" after a sentence; nothing without an article. */
export function byArticle(article: string | null): Bilingual {
  return article === null ? { vi: '', en: '' } : { vi: `, theo ${article}`, en: `, under ${article}` };
}

export function audienceList(to: readonly Audience[]): Bilingual {
  const join = (language: keyof Bilingual) =>
    to.map((audience) => audienceWords[audience][language]).join(', ');
  return { vi: join('vi'), en: join('en') };
}

/** Words that begin with a capital, in the middle of a sentence. */
export function inSentence(text: string): string {
  return text.charAt(0).toLocaleLowerCase('vi') + text.slice(1);
}
