import { type Bilingual, type HistoryEntry } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { isDeadlinePrompt } from '../lifecycles/deadline-prompts';
import { directiveState, hasEnded } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { readPayload, type DeliveredMessage } from '../lifecycles/message-payload';
import { renderDate } from '../working-time/steps';
import { dateAt, zoneNamed } from '../working-time/zone';
import { leadsBefore, spokenCourse, type PartElsewhere } from './spoken-course';
import { spokenMatters } from './spoken-matters';
import { agencyName, reachedBy, spoken, unlessSomebodyActs, type ForeseenEvent } from './words';

interface Told {
  readonly context: DirectiveContext;
  readonly history: readonly HistoryEntry[];
  readonly messages: readonly DeliveredMessage[];
  readonly facts: ActFacts;
  /** How it stands, as a sentence. */
  readonly standing: Bilingual;
  readonly next: readonly ForeseenEvent[];
  readonly elsewhere: readonly PartElsewhere[];
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function deadlineSentence({ context, history, facts }: Told): Bilingual | null {
  const { deadline, originalDeadline, openPhrase } = context;
  const ended = hasEnded(directiveState(history.at(-1)?.to ?? 'closed').work);
  if (deadline === null)
    return openPhrase === null
      ? null
      : {
          vi: `Khi giao có nêu hạn “${openPhrase}”, chưa xác định được ngày cụ thể.`,
          en: `The source says “${openPhrase}”, which is no day yet.`,
        };
  const due = spoken(deadline.at, facts);
  const extended = history.filter(({ event }) => event.type === 'extend').length;
  if (originalDeadline === null || originalDeadline === deadline.at)
    return ended
      ? { vi: `Hạn được giao là ${due.vi}.`, en: `It was due at ${due.en}.` }
      : { vi: `Hạn hoàn thành là ${due.vi}.`, en: `It is due at ${due.en}.` };
  const first = spoken(originalDeadline, facts);
  const how = extended > 0 ? { vi: `đã gia hạn ${extended} lần`, en: `extended ${times(extended)}` } : null;
  return {
    vi: `Hạn ban đầu là ${first.vi}; ${how ? `${how.vi}, ` : ''}${ended ? 'hạn sau cùng' : 'hạn hiện nay'} là ${due.vi}.`,
    en: `It was first due at ${first.en}; ${how ? `${how.en}, ` : ''}${ended ? 'it was last' : 'it is now'} due at ${due.en}.`,
  };
}

/** How often and when the last time: "3 lần, gần nhất là thứ Năm 12/11/2026". */
function often(sent: readonly DeliveredMessage[], { calendar }: ActFacts): Bilingual {
  const date = dateAt(zoneNamed(calendar.zone), sent.at(-1)?.at ?? 0);
  const one = sent.length === 1;
  return {
    vi: `${sent.length} lần, ${one ? 'vào' : 'gần nhất là'} ${renderDate(date, 'vi')}`,
    en: `${times(sent.length)}, ${one ? '' : 'the last time '}on ${renderDate(date, 'en')}`,
  };
}

function sentSentence({ context, messages, facts }: Told): Bilingual | null {
  const of = (wanted: string) => messages.filter(({ payload }) => readPayload(payload).subject === wanted);
  const isPrompt = ({ payload }: DeliveredMessage): boolean =>
    isDeadlinePrompt(readPayload(payload).rung ?? '');
  const prompts = of('rung').filter(isPrompt);
  const reminders = of('rung').filter((message) => !isPrompt(message));
  const escalations = of('escalation-raised');
  const parts: Bilingual[] = [];
  if (prompts.length > 0) {
    const said = often(prompts, facts);
    parts.push({
      vi: `đã nhắc Văn phòng đặt hạn ${said.vi}`,
      en: `its missing deadline was asked for ${said.en}`,
    });
  }
  if (reminders.length > 0) {
    const said = often(reminders, facts);
    parts.push({ vi: `đã nhắc ${said.vi}`, en: `it was reminded of ${said.en}` });
  }
  if (escalations.length > 0)
    parts.push({
      vi: `đã trình lãnh đạo ${escalations.length} lần`,
      en: `it was put before a leader ${times(escalations.length)}`,
    });
  if (parts.length === 0) return null;
  const last = escalations.at(-1);
  const waiting = context.escalations.length > 0 && last?.recipients.length ? last : null;
  const names = waiting && reachedBy(facts.directory, waiting);
  return {
    vi: `Theo quy chế, ${parts.map(({ vi }) => vi).join('; ')}${names ? `, đang chờ ${names.vi} xử lý` : ''}.`,
    en: `Under the rules ${parts.map(({ en }) => en).join('; ')}${names ? `, and waits for ${names.en}` : ''}.`,
  };
}

function nextSentence({ context, next, facts }: Told): Bilingual | null {
  // That something is near due is nothing that anybody has to hear of beforehand.
  const first = next.find(({ at }) => at !== context.deadline?.nearDueAt);
  if (!first)
    return context.suspension === null
      ? null
      : {
          vi: 'Từ nay đến khi được cho tiếp tục, không nhắc việc và không trình.',
          en: 'Until it is resumed nobody is reminded, and nothing is escalated.',
        };
  return unlessSomebodyActs(first, facts);
}

/**
 * A directive in a few sentences that a leader can read out in a meeting: who has it since when, until when, how it
 * stands, what stopped or sent it back, what was done about it, and what comes next by itself. No ids, no names of rungs. Pure.
 */
export function spokenSummary(told: Told): readonly Bilingual[] {
  const { context, standing, facts } = told;
  const since = dateAt(zoneNamed(facts.calendar.zone), context.assignedAt);
  const lead = agencyName(facts.directory, context.lead);
  const sentences = [
    {
      vi: `Việc này giao cho ${lead} chủ trì từ ${renderDate(since, 'vi')}.`,
      en: `This was given to ${lead} on ${renderDate(since, 'en')}.`,
    },
    ...leadsBefore(told),
    deadlineSentence(told),
    ...spokenCourse(told),
    standing,
    ...spokenMatters(told),
    sentSentence(told),
    nextSentence(told),
  ];
  return sentences.filter((sentence) => sentence !== null);
}
