import { type Bilingual, type HistoryEntry } from '@dondoc/workflow';
import { resolveAudiences } from '../directory/audience';
import { type ActFacts } from '../lifecycles/act-facts';
import { readPayload, type DeliveredMessage } from '../lifecycles/message-payload';
import {
  type ObligationContext,
  type ObligationState,
  type StandingContext,
} from '../lifecycles/standing/standing.types';
import { inBrackets } from './spoken-course';
import { whoDid } from './told-acts';
import {
  agencyName,
  byArticle,
  foreseen,
  inSentence,
  moment,
  reachedBy,
  reachedPeople,
  type ExplainedEvent,
  type ForeseenEvent,
} from './words';

/** The report of one period, with all that happened to it, oldest first. */
export interface ExplainedObligation {
  readonly context: ObligationContext;
  readonly state: ObligationState;
  readonly history: readonly HistoryEntry[];
}

export interface StandingQuestion {
  readonly context: StandingContext;
  readonly history: readonly HistoryEntry[];
  /** In the order of their periods. */
  readonly obligations: readonly ExplainedObligation[];
  /** Messages that were delivered for it and its periods. */
  readonly messages: readonly DeliveredMessage[];
  readonly facts: ActFacts;
}

/** The act that ended it; nothing while it is in force. */
export const endOf = ({ history }: StandingQuestion): HistoryEntry | undefined =>
  history.find(({ event }) => event.type === 'end');

/** What happened to the report of a period, by the event that moved it; null is told elsewhere or by nobody. */
function toldOf(
  { context: { period } }: ExplainedObligation,
  entry: HistoryEntry,
  facts: ActFacts,
): Bilingual | null {
  const { event, kind } = entry;
  if (kind === 'start')
    return { vi: `bắt đầu kỳ báo cáo ${period.name.vi}`, en: `the report of ${period.name.en} is asked for` };
  const who = whoDid(entry, facts);
  const why = inBrackets(entry);
  switch (event.type) {
    case 'report': {
      const { number } = event['result'] as unknown as { number: string };
      return {
        vi: `${who.vi} gửi báo cáo ${period.name.vi} bằng văn bản số ${number}`,
        en: `${who.en} sent the report of ${period.name.en} with document ${number}`,
      };
    }
    case 'accept':
      return {
        vi: `${who.vi} chấp nhận báo cáo ${period.name.vi}`,
        en: `${who.en} accepted the report of ${period.name.en}`,
      };
    case 'send-back':
      return {
        vi: `${who.vi} trả lại báo cáo ${period.name.vi}${why}`,
        en: `${who.en} sent the report of ${period.name.en} back${why}`,
      };
    default:
      return null;
  }
}

/** Reminders and lateness of a period, as they were sent. */
function sentOf(message: DeliveredMessage, { obligations, facts }: StandingQuestion): Bilingual | null {
  const { subject } = readPayload(message.payload);
  const about = obligations.find(({ context }) => context.id === message.instance);
  if (!about || (subject !== 'obligation-due' && subject !== 'obligation-late')) return null;
  const { name } = about.context.period;
  const people = reachedBy(facts.directory, message);
  return subject === 'obligation-due'
    ? {
        vi: `sắp đến hạn báo cáo ${name.vi}; đã nhắc ${people.vi}`,
        en: `the report of ${name.en} is due soon; ${people.en} was reminded`,
      }
    : {
        vi: `quá hạn báo cáo ${name.vi}; đã báo ${people.vi}`,
        en: `the report of ${name.en} is late; ${people.en} was told`,
      };
}

/** Everything that happened so far to a standing directive and its periods, in order. */
export function standingPast(question: StandingQuestion): readonly ExplainedEvent[] {
  const { context, history, obligations, messages, facts } = question;
  const told: ExplainedEvent[] = [];
  const tell = (at: number, article: string | null, said: Bilingual | null): void => {
    if (!said) return;
    const when = moment(at, facts.calendar.zone);
    const under = byArticle(article);
    told.push({
      ...{ at, article },
      vi: `${when.vi}: ${said.vi}${under.vi}.`,
      en: `${when.en}: ${said.en}${under.en}.`,
    });
  };
  const lead = agencyName(facts.directory, context.facts.lead);
  const [given] = history;
  if (given) tell(given.at, null, { vi: `giao ${lead} chủ trì`, en: `given to ${lead}` });
  for (const one of obligations)
    for (const entry of one.history)
      tell(entry.at, entry.kind === 'start' ? one.context.due.article : null, toldOf(one, entry, facts));
  for (const message of messages)
    tell(message.at, readPayload(message.payload).article, sentOf(message, question));
  const end = endOf(question);
  if (end) {
    const who = whoDid(end, facts);
    tell(end.at, null, {
      vi: `${who.vi} kết thúc nhiệm vụ thường xuyên${inBrackets(end)}`,
      en: `${who.en} ended the standing directive${inBrackets(end)}`,
    });
  }
  return told.sort((a, b) => a.at - b.at);
}

/** What will happen, and when, if nobody acts; in order. */
export function standingNext(question: StandingQuestion): readonly ForeseenEvent[] {
  const { context, obligations, facts } = question;
  if (endOf(question)) return [];
  const { zone } = facts.calendar;
  const awaited = obligations.filter(({ state }) => state === 'awaited').map((one) => one.context);
  const coming = awaited.flatMap(({ due, period, facts: of }) => [
    ...due.reminders.map((rung) => {
      const people = resolveAudiences(facts.directory, rung.to, of, rung.at, zone);
      const names = reachedPeople(facts.directory, people);
      const what = {
        vi: `nhắc báo cáo ${period.name.vi} tới ${names.vi}`,
        en: `a reminder of the report of ${period.name.en} to ${names.en}`,
      };
      return foreseen({ at: rung.at, article: rung.article, what }, zone);
    }),
    foreseen(
      {
        ...{ at: due.at, article: due.article },
        what: {
          vi: `quá hạn báo cáo ${period.name.vi}, báo thủ trưởng cơ quan chủ trì và chuyên viên theo dõi`,
          en: `the report of ${period.name.en} becomes late, and the head of the lead and the tracking officer are told`,
        },
      },
      zone,
    ),
  ]);
  const openings = context.openings.map(({ opensAt, report }) => {
    const known = facts.rules.periodicReports.find(({ id }) => id === report);
    const title = known?.title ?? { vi: report, en: report };
    const what = {
      vi: `bắt đầu kỳ tiếp theo của ${inSentence(title.vi)}`,
      en: `the next period of the ${inSentence(title.en)} begins`,
    };
    return foreseen({ at: opensAt, article: known?.article ?? null, what }, zone);
  });
  return [...coming, ...openings].filter(({ at }) => at > facts.now).sort((a, b) => a.at - b.at);
}
