import { type Bilingual, type HistoryEntry } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { directiveState } from '../lifecycles/directive-state';
import { type DeadlineInForce } from '../lifecycles/directive.types';
import { readPayload, type DeliveredMessage } from '../lifecycles/message-payload';
import { agencyName, byArticle, moment, personName, type ExplainedEvent } from './words';

type Teller = (event: HistoryEntry['event'], facts: ActFacts) => Bilingual;

const reasonOf = (event: HistoryEntry['event']): string => {
  const said = event['reason'] ?? event['note'];
  return typeof said === 'string' && said !== '' ? `: ${said.replace(/[.\s]+$/, '')}` : '';
};
const by = (event: HistoryEntry['event'], { directory }: ActFacts): string =>
  personName(directory, event['by'] as string | undefined);

const tellers: Readonly<Record<string, Teller>> = {
  'xstate.init': (event, { directory }) => {
    const { lead } = event['input'] as unknown as { lead: string };
    const name = agencyName(directory, lead);
    return { vi: `giao ${name} chủ trì`, en: `assigned to ${name}` };
  },
  accept: (event, facts) => ({ vi: `${by(event, facts)} tiếp nhận`, en: `accepted by ${by(event, facts)}` }),
  return: (event, facts) => ({
    vi: `${by(event, facts)} trả lại${reasonOf(event)}`,
    en: `returned by ${by(event, facts)}${reasonOf(event)}`,
  }),
  reassign: (event, facts) => {
    const name = agencyName(facts.directory, event['lead'] as string);
    return {
      vi: `${by(event, facts)} giao lại cho ${name}${reasonOf(event)}`,
      en: `reassigned to ${name} by ${by(event, facts)}${reasonOf(event)}`,
    };
  },
  'set-deadline': (event, facts) => newDeadline(event, facts, { vi: 'đặt hạn', en: 'deadline set to' }),
  extend: (event, facts) => newDeadline(event, facts, { vi: 'gia hạn đến', en: 'extended to' }),
  urge: (event, facts) => ({
    vi: `${by(event, facts)} đôn đốc${reasonOf(event)}`,
    en: `urged by ${by(event, facts)}${reasonOf(event)}`,
  }),
  report: (event, facts) => {
    const { number } = event['result'] as unknown as { number: string };
    return {
      vi: `${by(event, facts)} báo cáo kết quả bằng văn bản ${number}; đồng hồ dừng`,
      en: `reported by ${by(event, facts)} with document ${number}; the clock stops`,
    };
  },
  verify: (event, facts) => ({
    vi: `${by(event, facts)} xác nhận hoàn thành`,
    en: `verified by ${by(event, facts)}`,
  }),
  'send-back': (event, facts) => ({
    vi: `${by(event, facts)} chưa chấp nhận kết quả${reasonOf(event)}; thời hạn tính tiếp từ hạn đang có`,
    en: `sent back by ${by(event, facts)}${reasonOf(event)}; the clock goes on from the deadline in force`,
  }),
  cancel: (event, facts) => ({
    vi: `${by(event, facts)} hủy nhiệm vụ${reasonOf(event)}`,
    en: `cancelled by ${by(event, facts)}${reasonOf(event)}`,
  }),
};

function newDeadline(event: HistoryEntry['event'], facts: ActFacts, verb: Bilingual): Bilingual {
  const { at } = event['deadline'] as unknown as { at: number };
  const due = moment(at, facts.calendar.zone);
  return {
    vi: `${by(event, facts)} ${verb.vi} ${due.vi}${reasonOf(event)}`,
    en: `${verb.en} ${due.en} by ${by(event, facts)}${reasonOf(event)}`,
  };
}

/** What is sent by the rules themselves; news of people's acts stands with the act. */
const sentByRules: Readonly<Record<string, Bilingual>> = {
  rung: { vi: 'nhắc việc tới', en: 'reminder to' },
  'escalation-raised': { vi: 'trình', en: 'escalated to' },
};

type Articles = DeadlineInForce['articles'] | null;

/** Everything that happened so far, in order: acts, crossings of the deadline, reminders and escalations. */
export function whatHappened(
  history: readonly HistoryEntry[],
  messages: readonly DeliveredMessage[],
  facts: ActFacts,
): readonly ExplainedEvent[] {
  const zone = facts.calendar.zone;
  const told: ExplainedEvent[] = [];
  const tell = (at: number, article: string | null, { vi, en }: Bilingual): void => {
    const when = moment(at, zone);
    const under = byArticle(article);
    told.push({ at, article, vi: `${when.vi}: ${vi}${under.vi}.`, en: `${when.en}: ${en}${under.en}.` });
  };
  let time: string | null = null;
  let work = '';
  let articles: Articles = null;
  for (const { event, kind, at, to } of history) {
    const source = (kind === 'start' ? event['input'] : event) as {
      readonly deadline?: { readonly articles: Articles } | null;
    };
    if (source.deadline !== undefined) articles = source.deadline?.articles ?? null;
    const after = directiveState(to);
    const teller = tellers[event.type];
    if (teller) tell(at, null, teller(event, facts));
    else if (work === 'assigned' && after.work === 'in-progress')
      tell(at, facts.rules.returnWindow.article, {
        vi: 'hết thời gian trả lại, coi như đã tiếp nhận',
        en: 'the time to return it ended; accepted by silence',
      });
    if (after.time !== time && after.time === 'near-due')
      tell(at, articles?.nearDue ?? null, { vi: 'sắp đến hạn', en: 'near due' });
    if (after.time !== time && after.time === 'overdue')
      tell(at, articles?.overdue ?? null, { vi: 'quá hạn', en: 'overdue' });
    time = after.time;
    work = after.work;
  }
  for (const { at, payload, recipients } of messages) {
    const { subject, article } = readPayload(payload);
    const verb = sentByRules[subject];
    if (!verb) continue;
    const names = recipients.map((id) => personName(facts.directory, id)).join('; ');
    tell(at, article, { vi: `${verb.vi} ${names}`, en: `${verb.en} ${names}` });
  }
  return told.sort((a, b) => a.at - b.at);
}
