import { did, until, who, type MessageTemplate } from './message-template';

/** Standing directives and the reports of their periods; which one it is goes along as the note. */
export const standingTemplates = {
  'standing-given': {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ thường xuyên mới', en: 'A new standing directive' },
    says: (facts) => ({
      vi: `${facts.lead} được giao nhiệm vụ thường xuyên và báo cáo theo kỳ của quy chế.`,
      en: `${facts.lead} is given a standing directive, with reports on the dates of the working rules.`,
    }),
  },
  'standing-ended': {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ thường xuyên kết thúc', en: 'A standing directive has ended' },
    says: did('kết thúc nhiệm vụ thường xuyên', 'ended the standing directive'),
  },
  'obligation-opened': {
    kind: 'reminder',
    heading: { vi: 'Kỳ báo cáo mới', en: 'A report is to be made' },
    says: (facts) => ({
      vi: `Bắt đầu một kỳ báo cáo của ${facts.lead}.${until(facts).vi}`,
      en: `A reporting period of ${facts.lead} begins.${until(facts).en}`,
    }),
  },
  'obligation-due': {
    kind: 'reminder',
    heading: { vi: 'Sắp đến hạn báo cáo kỳ', en: 'A periodic report is due soon' },
    says: (facts) => ({
      vi: `${facts.lead} chưa gửi báo cáo kỳ.${until(facts).vi}`,
      en: `${facts.lead} has not sent its periodic report.${until(facts).en}`,
    }),
  },
  'obligation-late': {
    kind: 'reminder',
    heading: { vi: 'Quá hạn báo cáo kỳ', en: 'A periodic report is late' },
    says: (facts) => ({
      vi: `${facts.lead} chưa gửi báo cáo kỳ khi đã hết hạn.${until(facts).vi}`,
      en: `${facts.lead} has not sent its periodic report in time.${until(facts).en}`,
    }),
  },
  'obligation-reported': {
    kind: 'news',
    heading: { vi: 'Có báo cáo kỳ chờ chấp nhận', en: 'A periodic report awaits acceptance' },
    says: (facts) => ({
      vi: `${who(facts).vi} đã gửi báo cáo kỳ. Đề nghị chấp nhận, hoặc trả lại và nêu lý do.`,
      en: `${who(facts).en} has sent the periodic report. Please accept it, or send it back with the reason.`,
    }),
  },
  'obligation-sent-back': {
    kind: 'news',
    heading: { vi: 'Báo cáo kỳ bị trả lại', en: 'The periodic report was sent back' },
    says: did('trả lại báo cáo kỳ', 'sent the periodic report back'),
  },
  'obligation-accepted': {
    kind: 'news',
    heading: { vi: 'Báo cáo kỳ được chấp nhận', en: 'The periodic report was accepted' },
    says: did('chấp nhận báo cáo kỳ', 'accepted the periodic report'),
  },
} satisfies Record<string, MessageTemplate>;
