import { type Bilingual } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { type Explanation } from './explain-directive';
import { remainingWords } from './remaining';
import { inBrackets } from './spoken-course';
import {
  endOf,
  standingNext,
  standingPast,
  type ExplainedObligation,
  type StandingQuestion,
} from './standing-events';
import { whoDid } from './told-acts';
import {
  agencyName,
  byArticle,
  dayOf,
  inSentence,
  listed,
  moment,
  spoken,
  unlessSomebodyActs,
} from './words';

const isOpen = ({ state }: ExplainedObligation): boolean => state === 'awaited' || state === 'reported';

const wasLate = ({ context: { reportedAt, due } }: ExplainedObligation): boolean =>
  reportedAt !== null && reportedAt >= due.at;

function standingOf(
  { context: { reportedAt, due, period }, state, history }: ExplainedObligation,
  facts: ActFacts,
): Bilingual {
  if (state === 'reported' && reportedAt !== null) {
    const on = dayOf(reportedAt, facts);
    return {
      vi: `Báo cáo ${period.name.vi} đã gửi hôm ${on.vi}, đang chờ chấp nhận.`,
      en: `The report of ${period.name.en} was sent on ${on.en} and waits to be accepted.`,
    };
  }
  const day = spoken(due.at, facts);
  const rest = remainingWords(facts.calendar, facts.now, due.at);
  const late = facts.now >= due.at ? 'đã ' : '';
  const back = history.findLast(({ event }) => event.type === 'send-back');
  const on = back && dayOf(back.at, facts);
  const how =
    back && on
      ? {
          vi: `bị trả lại hôm ${on.vi}${inBrackets(back)}, chưa gửi lại`,
          en: `it was sent back on ${on.en}${inBrackets(back)} and has not come again`,
        }
      : { vi: 'chưa gửi', en: 'it has not come' };
  return {
    vi: `Báo cáo ${period.name.vi} có hạn là ${day.vi}; ${how.vi}, ${late}${rest.vi}.`,
    en: `The report of ${period.name.en} is due at ${day.en}; ${how.en}, ${rest.en}.`,
  };
}

function reportsSentence({ context, facts }: StandingQuestion): Bilingual {
  const titles = (language: keyof Bilingual): string =>
    listed(
      context.reports.map((id) => {
        const title = facts.rules.periodicReports.find((report) => report.id === id)?.title;
        return title ? inSentence(title[language]) : id;
      }),
      language,
    );
  return {
    vi: `Việc này không có hạn chung; cơ quan chủ trì báo cáo theo kỳ của quy chế: ${titles('vi')}.`,
    en: `It has no deadline of its own; the lead reports on the dates of the rules: ${titles('en')}.`,
  };
}

function acceptedSentence({ obligations }: StandingQuestion): readonly Bilingual[] {
  const accepted = obligations.filter(({ state }) => state === 'accepted');
  if (accepted.length === 0) return [];
  const late = accepted.filter(wasLate).length;
  const one = accepted.length === 1;
  const inTime = { vi: one ? ', đúng hạn' : ', đều đúng hạn', en: one ? ', in time' : ', all in time' };
  const notAll = {
    vi: one ? ', gửi quá hạn' : `, trong đó ${late} kỳ gửi quá hạn`,
    en: one ? ', late' : `, ${late} of them late`,
  };
  const how = late === 0 ? inTime : notAll;
  const many = one ? 'report was' : 'reports were';
  return [
    {
      vi: `Đã chấp nhận ${accepted.length} kỳ báo cáo${how.vi}.`,
      en: `${accepted.length} ${many} accepted${how.en}.`,
    },
  ];
}

function standing(question: StandingQuestion): Bilingual {
  const { context, history, facts } = question;
  const lead = agencyName(facts.directory, context.facts.lead);
  const end = endOf(question);
  if (!end) {
    const since = dayOf(history[0]?.at ?? facts.now, facts);
    return {
      vi: `Nhiệm vụ thường xuyên này giao cho ${lead} chủ trì từ ${since.vi}.`,
      en: `This standing directive was given to ${lead} on ${since.en}.`,
    };
  }
  const who = whoDid(end, facts);
  const day = dayOf(end.at, facts);
  return {
    vi: `${who.vi} đã kết thúc nhiệm vụ thường xuyên này của ${lead} hôm ${day.vi}${inBrackets(end)}.`,
    en: `${who.en} ended this standing directive of ${lead} on ${day.en}${inBrackets(end)}.`,
  };
}

/**
 * Why a standing directive stands as it does: what is reported when and by which article, what was sent, who did what, and what
 * comes next if nobody acts. Pure; in the same form as that of a directive.
 */
export function explainStanding(question: StandingQuestion): Explanation {
  const { obligations, facts } = question;
  const stands = standing(question);
  const open = obligations.filter(isOpen);
  const comes = standingNext(question);
  const [first] = comes;
  const isRunning = endOf(question) === undefined;
  const due = open.map(({ context: { period, due: of } }) => {
    const at = moment(of.at, facts.calendar.zone);
    const under = byArticle(of.article);
    return {
      vi: `Hạn báo cáo ${period.name.vi} là ${at.vi}${under.vi}; tính theo lịch làm việc ${of.calendar}.`,
      en: `The report of ${period.name.en} is due at ${at.en}${under.en}; counted with the working calendar ${of.calendar}.`,
    };
  });
  return {
    summary: [
      stands,
      ...(isRunning ? [reportsSentence(question)] : []),
      ...acceptedSentence(question),
      ...open.map((one) => standingOf(one, facts)),
      ...(first ? [unlessSomebodyActs(first, facts)] : []),
    ],
    standing: stands,
    deadline: { sentences: due, warnings: [] },
    past: standingPast(question),
    next: comes.map(({ at, article, vi, en }) => ({ at, article, vi, en })),
  };
}
