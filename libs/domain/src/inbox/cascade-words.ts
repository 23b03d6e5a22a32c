import { until, type MessageTemplate } from './message-template';

/** What whoever handed a part on hears of the organization that has it. */
export const cascadeTemplates = {
  'part-returned': {
    kind: 'news',
    heading: { vi: 'Đơn vị nhận trả lại phần việc giao tiếp', en: 'A part was returned by its organization' },
    says: (facts) => ({
      vi: `Đơn vị nhận đã trả lại phần việc được giao tiếp.${until(facts).vi} Đề nghị xem xét thu hồi hoặc giao nơi khác.`,
      en: `The organization has returned what was handed on to it.${until(facts).en} Please take it back or hand it on elsewhere.`,
    }),
  },
  'part-overdue': {
    kind: 'escalation',
    heading: { vi: 'Phần việc giao tiếp quá hạn ở đơn vị nhận', en: 'A part is overdue in its organization' },
    says: (facts) => ({
      vi: `Đơn vị nhận chưa báo cáo phần việc được giao tiếp khi đã hết hạn.${until(facts).vi}`,
      en: `The organization has not reported what was handed on to it in time.${until(facts).en}`,
    }),
  },
  'part-refused': {
    kind: 'escalation',
    heading: {
      vi: 'Phần việc giao tiếp chưa đến được đơn vị nhận',
      en: 'A part has not reached its organization',
    },
    says: (facts) => ({
      vi: `Đơn vị nhận không tiếp nhận được phần việc được giao tiếp.${until(facts).vi} Đề nghị quản trị viên kiểm tra.`,
      en: `The organization could not take what was handed on to it.${until(facts).en} Please ask the administrator.`,
    }),
  },
} as const satisfies Readonly<Record<string, MessageTemplate>>;
