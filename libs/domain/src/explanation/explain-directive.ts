import { type Bilingual, type HistoryEntry } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { directiveState } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { deriveLateness } from '../lifecycles/lateness';
import { type DeliveredMessage } from '../lifecycles/message-payload';
import { workingDaysBetween } from '../working-time/working-time';
import { explainDeadline, type DeadlineExplanation } from './explain-deadline';
import { escalationsGoOn, type OpenEscalation } from './escalations-go-on';
import { inBrackets, type PartElsewhere } from './spoken-course';
import { mattersComeNext } from './spoken-matters';
import { spokenSummary } from './spoken-summary';
import { whatComesNext } from './what-comes-next';
import { whatHappened } from './what-happened';
import { whoDid } from './told-acts';
import { withoutRepeats } from './repeated';
import { agencyName, dayOf, type ExplainedEvent } from './words';

export type { ExplainedEvent } from './words';

export interface ExplanationQuestion {
  readonly context: DirectiveContext;
  /** The whole history of the directive, oldest first. */
  readonly history: readonly HistoryEntry[];
  /** Those that await a leader's decision now. */
  readonly escalations: readonly OpenEscalation[];
  /** Messages that were delivered for it and its escalations. */
  readonly messages: readonly DeliveredMessage[];
  /** Parts that other organizations do. */
  readonly elsewhere: readonly PartElsewhere[];
  /** With the working rules that the directive lives under. */
  readonly facts: ActFacts;
}

export interface Explanation {
  /** The whole matter in a few sentences that can be read out in a meeting. */
  readonly summary: readonly Bilingual[];
  /** How it stands now, in one sentence that can be read out. */
  readonly standing: Bilingual;
  readonly deadline: DeadlineExplanation;
  readonly past: readonly ExplainedEvent[];
  /** What happens next, and when, if nobody acts. */
  readonly next: readonly ExplainedEvent[];
}

function standing({ context, history, facts }: ExplanationQuestion): Bilingual {
  const last = history.at(-1);
  const { work } = directiveState(last?.to ?? 'closed');
  const deadline = context.deadline?.at ?? null;
  const lateness = deriveLateness(
    {
      work,
      deadline,
      nearDueAt: context.deadline?.nearDueAt ?? null,
      judgedAt: context.judgedAt,
      closedAt: work === 'closed' ? (last?.at ?? null) : null,
    },
    facts.now,
  );
  const lead = agencyName(facts.directory, context.lead);
  if (last && (last.event.type === 'cancel' || last.event.type === 'replace')) {
    const who = whoDid(last, facts);
    const day = dayOf(last.at, facts);
    const why = inBrackets(last);
    return last.event.type === 'cancel'
      ? {
          vi: `${who.vi} đã hủy nhiệm vụ này hôm ${day.vi}${why}.`,
          en: `${who.en} cancelled it on ${day.en}${why}.`,
        }
      : {
          vi: `${who.vi} đã thay nhiệm vụ này bằng một nhiệm vụ giao sau, hôm ${day.vi}${why}.`,
          en: `${who.en} put a later directive in its place on ${day.en}${why}.`,
        };
  }
  if (work === 'suspended')
    return {
      vi: `${lead} chủ trì; nhiệm vụ đang tạm dừng, thời gian dừng không tính.`,
      en: `${lead} has it; it is suspended, and that time does not count.`,
    };
  if (work === 'reported')
    return {
      vi: `${lead} đã báo cáo kết quả; đang chờ xác nhận, thời gian chờ không tính cho cơ quan chủ trì.`,
      en: `${lead} has reported; the report awaits verification, which does not count against the lead.`,
    };
  if (lateness.completion !== null)
    return {
      'on-time': { vi: `${lead} đã hoàn thành đúng hạn.`, en: `${lead} completed it on time.` },
      late: { vi: `${lead} đã hoàn thành nhưng quá hạn.`, en: `${lead} completed it late.` },
      'no-deadline': { vi: `${lead} đã hoàn thành (không hạn).`, en: `${lead} completed it (no deadline).` },
    }[lateness.completion];
  if (deadline === null)
    return { vi: `${lead} đang chủ trì; chưa có hạn.`, en: `${lead} has it; there is no deadline yet.` };
  const days = Math.abs(workingDaysBetween(facts.calendar, facts.now, deadline));
  const inDays = {
    vi: days === 0 ? 'chưa đến một ngày làm việc' : `${days} ngày làm việc`,
    en: days === 0 ? 'less than one working day' : `${days} working ${days === 1 ? 'day' : 'days'}`,
  };
  return lateness.overdue
    ? {
        vi: `${lead} đang chủ trì; đã quá hạn ${inDays.vi}.`,
        en: `${lead} has it; it is ${inDays.en} overdue.`,
      }
    : {
        vi: `${lead} đang chủ trì; còn ${inDays.vi} đến hạn.`,
        en: `${lead} has it; ${inDays.en} ${days > 1 ? 'are' : 'is'} left.`,
      };
}

/**
 * Why a directive stands as it does: its deadline's derivation, what was sent and by which article, what moved or stopped
 * the clock and who did it, and what comes next if nobody acts. Pure; sentences in Vietnamese and English.
 */
export function explainDirective(question: ExplanationQuestion): Explanation {
  const { context, history, escalations, messages, facts } = question;
  const stands = standing(question);
  const next = [
    ...whatComesNext(context, directiveState(history.at(-1)?.to ?? 'closed'), facts),
    ...escalationsGoOn(escalations, facts),
    ...mattersComeNext({ context, messages, facts }),
  ].sort((a, b) => a.at - b.at);
  return {
    summary: spokenSummary({ ...question, standing: stands, next }),
    standing: stands,
    deadline: explainDeadline(context, facts),
    past: whatHappened(history, messages, facts),
    next: withoutRepeats(next, facts.calendar.zone),
  };
}
