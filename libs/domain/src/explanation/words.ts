import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type Recipient } from '../directory/audience';
import { type Directory } from '../directory/directory';
import { type ActFacts } from '../lifecycles/act-facts';
import { isDeadlinePrompt } from '../lifecycles/deadline-prompts';
import { type DeliveredMessage } from '../lifecycles/message-payload';
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

/** An instant as it is said: "17 giờ, thứ Tư 11/11/2026". */
export function spoken(instant: Instant, { calendar }: Pick<ActFacts, 'calendar'>): Bilingual {
  const zone = zoneNamed(calendar.zone);
  const [hours = 0, minutes = 0] = new Date(instant + zone.offsetAt(instant))
    .toISOString()
    .slice(11, 16)
    .split(':')
    .map(Number);
  const date = dateAt(zone, instant);
  return {
    vi: `${hours} giờ${minutes > 0 ? ` ${minutes} phút` : ''}, ${renderDate(date, 'vi')}`,
    en: `${hours}:${String(minutes).padStart(2, '0')} on ${renderDate(date, 'en')}`,
  };
}

/** The day of an instant: "thứ Tư 11/11/2026". */
export function dayOf(at: Instant, { calendar }: Pick<ActFacts, 'calendar'>): Bilingual {
  const date = dateAt(zoneNamed(calendar.zone), at);
  return { vi: renderDate(date, 'vi'), en: renderDate(date, 'en') };
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

/** A person reached, with the reason where they stand in for somebody: "Trần Văn A (nhận thay …)". */
export function reachedPerson(
  directory: Directory,
  id: string,
  reason: Bilingual | null,
  language: keyof Bilingual,
): string {
  const name = personName(directory, id);
  return reason ? `${name} (${inSentence(reason[language])})` : name;
}

const and = { vi: new Intl.ListFormat('vi'), en: new Intl.ListFormat('en') };

/** Several in one sentence: "A, B và C". */
export const listed = (all: readonly string[], language: keyof Bilingual): string =>
  and[language].format(all);

/** Everybody reached, in one sentence. */
export function reachedPeople(
  directory: Directory,
  people: readonly Pick<Recipient, 'person' | 'reason'>[],
): Bilingual {
  const names = (language: keyof Bilingual): string =>
    listed(
      people.map(({ person, reason }) => reachedPerson(directory, person, reason, language)),
      language,
    );
  return { vi: names('vi'), en: names('en') };
}

/** Everybody whom a message reached, in one sentence. */
export function reachedBy(
  directory: Directory,
  { recipients, reasons = {} }: Pick<DeliveredMessage, 'recipients' | 'reasons'>,
): Bilingual {
  const people = recipients.map((person) => ({ person, reason: reasons[person] ?? null }));
  return reachedPeople(directory, people);
}

/** What is still to come, as a sentence of its own; `then`: what may be said after it. */
export function foreseen(
  { at, article, what }: Pick<ForeseenEvent, 'at' | 'article' | 'what'>,
  zone: string,
  then: Bilingual = { vi: '', en: '' },
): ForeseenEvent {
  const when = moment(at, zone);
  const by = byArticle(article);
  return {
    ...{ at, article, what },
    vi: `${when.vi}: ${what.vi}${by.vi}. ${then.vi}`.trim(),
    en: `${when.en}: ${what.en}${by.en}. ${then.en}`.trim(),
  };
}

/** "Mục 5.2 (T+5)" without the name of the rung. */
const plainArticle = (article: string): string => article.replace(/\s*\([^()]*\)$/, '');

/** What comes next if nobody acts, as it is said: without the names of rungs. */
export function unlessSomebodyActs(
  { at, article, what }: ForeseenEvent,
  facts: Pick<ActFacts, 'calendar'>,
): Bilingual {
  const when = spoken(at, facts);
  const by =
    article === null
      ? { vi: '', en: '' }
      : {
          vi: `, theo ${plainArticle(article)} của quy chế`,
          en: `, under ${plainArticle(article)} of the rules`,
        };
  return {
    vi: `Nếu không ai xử lý thêm thì lúc ${when.vi} sẽ ${what.vi}${by.vi}.`,
    en: `If nobody acts, at ${when.en}: ${what.en}${by.en}.`,
  };
}

/** Words that begin with a capital, in the middle of a sentence. */
export function inSentence(text: string): string {
  return text.charAt(0).toLocaleLowerCase('vi') + text.slice(1);
}

/** What a reminder asks for, by the rung that it is: the work itself, its verification, or a missing deadline. */
export function reminderWords(rung: string): Bilingual {
  if (isDeadlinePrompt(rung)) return { vi: 'nhắc đặt hạn tới', en: 'a prompt to set a deadline to' };
  return rung.startsWith('V')
    ? { vi: 'nhắc xác nhận kết quả tới', en: 'a reminder to verify to' }
    : { vi: 'nhắc việc tới', en: 'a reminder to' };
}
