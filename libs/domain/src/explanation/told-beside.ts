import { type Bilingual } from '@dondoc/workflow';
import { type MessageSubject } from '../lifecycles/message-payload';

/** What stands beside a directive, as its message says it. Names are those of the directory. */
export interface ToldBeside {
  /** Whoever's act it was. */
  readonly by: string;
  /** Whom it was sent to, with the reason where they stand in for somebody. */
  readonly people: Bilingual;
  /** Of an opinion the agency that is asked, of everything else the one that answers for it. */
  readonly agency: string;
  /** Until when: "17:00 thứ Tư 11/11/2026"; null where there is no such day. */
  readonly due: Bilingual | null;
}

type Teller = (told: ToldBeside) => Bilingual;

const until = (due: Bilingual | null, vi: string, en: string): Bilingual =>
  due === null ? { vi: '', en: '' } : { vi: `, ${vi} ${due.vi}`, en: `, ${en} ${due.en}` };

/**
 * Messages of escalations, explanations, opinions, requests for more time and parts that others do, as what happened. What
 * people wrote in them is for those whom they were sent to, and is not told.
 */
export const toldBeside: Partial<Readonly<Record<MessageSubject, Teller>>> = {
  'escalation-forgotten': ({ people }) => ({
    vi: `trình lại ${people.vi}, vì đã tiếp nhận mà chưa quyết định`,
    en: `put again before ${people.en}: it was taken and not decided`,
  }),
  'escalation-decided': ({ by }) => ({
    vi: `${by} cho ý kiến về việc được trình`,
    en: `${by} decided on what was put before them`,
  }),
  'decision-overtaken': ({ people }) => ({
    vi: `quyết định chưa được thực hiện vì nhiệm vụ đã thay đổi; đã báo ${people.vi}`,
    en: `the decision was not carried out, because the directive had changed; ${people.en} was told`,
  }),
  convened: ({ by, people }) => ({
    vi: `${by} triệu tập họp về nhiệm vụ, mời ${people.vi}`,
    en: `${by} called ${people.en} to a meeting about it`,
  }),
  criticized: ({ by, agency }) => ({
    vi: `${by} phê bình ${agency} về việc thực hiện nhiệm vụ`,
    en: `${by} criticized ${agency} for how it was carried out`,
  }),
  'explanation-demanded': ({ by, people, due }) => {
    const day = until(due, 'hạn là', 'due at');
    return {
      vi: `${by} yêu cầu ${people.vi} giải trình${day.vi}`,
      en: `${by} demanded an explanation of ${people.en}${day.en}`,
    };
  },
  'explanation-due': ({ people }) => ({
    vi: `sắp đến hạn giải trình; đã nhắc ${people.vi}`,
    en: `the explanation is due soon; ${people.en} was reminded`,
  }),
  'explanation-late': ({ agency, people }) => ({
    vi: `${agency} quá hạn giải trình; đã báo ${people.vi}`,
    en: `the explanation of ${agency} is late; ${people.en} was told`,
  }),
  'explanation-submitted': ({ by, people }) => ({
    vi: `${by} gửi giải trình tới ${people.vi}`,
    en: `${by} submitted the explanation to ${people.en}`,
  }),
  'explanation-accepted': ({ by, agency }) => ({
    vi: `${by} chấp nhận giải trình của ${agency}`,
    en: `${by} accepted the explanation of ${agency}`,
  }),
  'explanation-withdrawn': ({ by, agency }) => ({
    vi: `${by} không yêu cầu ${agency} giải trình nữa`,
    en: `${by} no longer demands an explanation of ${agency}`,
  }),
  'consultation-asked': ({ by, agency, due }) => {
    const day = until(due, 'trả lời chậm nhất', 'to be answered by');
    return {
      vi: `${by} lấy ý kiến ${agency}${day.vi}`,
      en: `${by} asked ${agency} for its opinion${day.en}`,
    };
  },
  'consultation-late': ({ agency, people }) => ({
    vi: `${agency} chưa cho ý kiến khi đã hết thời gian; đã báo ${people.vi}`,
    en: `${agency} has not answered in time; ${people.en} was told`,
  }),
  'consultation-deemed-consent': ({ agency }) => ({
    vi: `${agency} không trả lời trong thời gian quy định, coi như đồng ý`,
    en: `${agency} did not answer in time and is deemed to consent`,
  }),
  'consultation-answered': ({ by, agency }) => ({
    vi: `${agency} cho ý kiến phối hợp (người trả lời: ${by})`,
    en: `${agency} gave its opinion (by ${by})`,
  }),
  'consultation-withdrawn': ({ agency }) => ({
    vi: `không cần ý kiến của ${agency} nữa`,
    en: `the opinion of ${agency} is no longer needed`,
  }),
  'extension-for-approval': ({ by, people }) => ({
    vi: `${by} trình ${people.vi} duyệt dự thảo đề nghị gia hạn`,
    en: `${by} submitted a request for more time to ${people.en} for approval`,
  }),
  'extension-requested': ({ agency, people }) => ({
    vi: `${agency} đề nghị gia hạn, gửi ${people.vi}`,
    en: `${agency} asked ${people.en} for more time`,
  }),
  'extension-waiting': ({ people }) => ({
    vi: `đề nghị gia hạn đã quá thời gian xem xét; đã nhắc ${people.vi}`,
    en: `the request for more time has waited too long; ${people.en} was reminded`,
  }),
  'extension-refused': ({ by }) => ({
    vi: `${by} không chấp thuận gia hạn, giữ nguyên hạn đang có`,
    en: `${by} refused more time; the deadline stands`,
  }),
  'extension-withdrawn': ({ agency }) => ({
    vi: `đề nghị gia hạn của ${agency} không còn cần xem xét`,
    en: `the request of ${agency} for more time needs no decision any more`,
  }),
  'part-returned': ({ people }) => ({
    vi: `đơn vị nhận trả lại phần việc được giao tiếp; đã báo ${people.vi}`,
    en: `a part was returned by its organization; ${people.en} was told`,
  }),
  'part-overdue': ({ people }) => ({
    vi: `phần việc giao tiếp đã quá hạn ở đơn vị nhận; đã báo ${people.vi}`,
    en: `a part is overdue in its organization; ${people.en} was told`,
  }),
  'part-refused': ({ people }) => ({
    vi: `phần việc giao tiếp chưa đến được đơn vị nhận; đã báo ${people.vi}`,
    en: `a part has not reached its organization; ${people.en} was told`,
  }),
};
