import { type Bilingual, type HistoryEntry } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { directiveState } from '../lifecycles/directive-state';
import { type DeadlineInForce } from '../lifecycles/directive.types';
import { readPayload, type DeliveredMessage } from '../lifecycles/message-payload';
import { toldActs } from './told-acts';
import { toldMessage } from './told-messages';
import { byArticle, moment, type ExplainedEvent } from './words';

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
  for (const entry of history) {
    const { event, kind, at, to } = entry;
    const source = (kind === 'start' ? event['input'] : event) as {
      readonly deadline?: { readonly articles: Articles } | null;
    };
    if (source.deadline !== undefined) articles = source.deadline?.articles ?? null;
    const after = directiveState(to);
    const teller = toldActs[event.type];
    if (teller) tell(at, null, teller(entry, facts));
    else if (work === 'assigned' && after.work === 'in-progress')
      tell(at, facts.rules.returnWindow.article, {
        vi: 'hết thời gian trả lại, coi như đã tiếp nhận',
        en: 'the time to return it ended; accepted by silence',
      });
    if (after.time !== time && after.time === 'near-due')
      tell(at, articles?.nearDue ?? null, { vi: 'sắp đến hạn', en: 'near due' });
    if (after.time !== time && after.time === 'overdue')
      tell(at, articles?.overdue ?? null, { vi: 'quá hạn', en: 'overdue' });
    // What stood still and goes on as it stood has crossed nothing.
    time = after.time ?? time;
    work = after.work;
  }
  for (const message of messages) {
    const said = toldMessage(message, history[0]?.instance ?? '', facts);
    if (said) tell(message.at, readPayload(message.payload).article, said);
  }
  return told.sort((a, b) => a.at - b.at);
}
