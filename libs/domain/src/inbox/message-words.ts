import { type MessageSubject } from '../lifecycles/message-payload';
import { consultationTemplates } from './consultation-words';
import { delegationTemplates } from './delegation-words';
import { leaderTemplates } from './leader-words';
import { did, until, who, type MessageTemplate } from './message-template';

export type InboxSubject = MessageSubject | 'digest-daily' | 'digest-weekly';

/**
 * The words of every message, one entry for each subject: a subject without its words does not compile. `says` is one or
 * two whole sentences in each language.
 */
export const messageTemplates: Readonly<Record<InboxSubject, MessageTemplate>> = {
  rung: {
    kind: 'reminder',
    heading: { vi: 'Nhắc việc', en: 'Reminder' },
    says: (facts) => ({
      vi: `Nhiệm vụ do ${facts.lead} chủ trì.${until(facts).vi}`,
      en: `The lead is ${facts.lead}.${until(facts).en}`,
    }),
  },
  assigned: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ mới được giao', en: 'A new directive' },
    says: (facts) => ({
      vi: `${facts.lead} được giao chủ trì.${until(facts).vi} Đề nghị tiếp nhận, hoặc trả lại nếu không đúng chức năng.`,
      en: `${facts.lead} is the lead.${until(facts).en} Please accept it, or return it if it is not yours to do.`,
    }),
  },
  returned: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ bị trả lại', en: 'A directive was returned' },
    says: (facts) => ({
      vi: `${who(facts).vi} trả lại nhiệm vụ. Đề nghị xem xét giao lại.`,
      en: `${who(facts).en} returned the directive. Please consider whom to give it to.`,
    }),
  },
  'deadline-set': {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ đã có hạn', en: 'A deadline was set' },
    says: (facts) => ({
      vi: `${who(facts).vi} đặt hạn cho nhiệm vụ.${until(facts).vi}`,
      en: `${who(facts).en} set the deadline.${until(facts).en}`,
    }),
  },
  extended: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ được gia hạn', en: 'The deadline was extended' },
    says: (facts) => ({
      vi: `${who(facts).vi} gia hạn nhiệm vụ.${until(facts).vi}`,
      en: `${who(facts).en} extended the deadline.${until(facts).en}`,
    }),
  },
  urged: {
    kind: 'news',
    heading: { vi: 'Đôn đốc thực hiện nhiệm vụ', en: 'The directive is urged' },
    says: (facts) => ({
      vi: `${who(facts).vi} đôn đốc thực hiện nhiệm vụ.${until(facts).vi}`,
      en: `${who(facts).en} urges the directive.${until(facts).en}`,
    }),
  },
  reported: {
    kind: 'news',
    heading: { vi: 'Có báo cáo kết quả chờ xác nhận', en: 'A result awaits verification' },
    says: (facts) => ({
      vi: `${facts.lead} đã báo cáo kết quả. Đề nghị xác nhận hoàn thành, hoặc trả báo cáo và nêu lý do.`,
      en: `${facts.lead} has reported. Please verify the result, or send it back with the reason.`,
    }),
  },
  'sent-back': {
    kind: 'news',
    heading: { vi: 'Báo cáo kết quả chưa được chấp nhận', en: 'The result was sent back' },
    says: (facts) => ({
      vi: `${who(facts).vi} chưa chấp nhận báo cáo; thời hạn tính tiếp từ hạn đang có.${until(facts).vi}`,
      en: `${who(facts).en} sent the report back; the clock goes on from the deadline in force.${until(facts).en}`,
    }),
  },
  'closed-on-time': {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ hoàn thành đúng hạn', en: 'The directive was completed on time' },
    says: did('xác nhận nhiệm vụ hoàn thành đúng hạn', 'verified that the directive was completed on time'),
  },
  'closed-late': {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ hoàn thành quá hạn', en: 'The directive was completed late' },
    says: did('xác nhận nhiệm vụ hoàn thành, quá hạn', 'verified the directive, which was completed late'),
  },
  closed: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ hoàn thành', en: 'The directive was completed' },
    says: did('xác nhận nhiệm vụ hoàn thành', 'verified that the directive was completed'),
  },
  cancelled: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ bị hủy', en: 'The directive was cancelled' },
    says: did(
      'hủy nhiệm vụ; không phải thực hiện nữa',
      'cancelled the directive; nothing more is to be done',
    ),
  },
  'escalation-raised': {
    kind: 'escalation',
    heading: { vi: 'Trình lãnh đạo xem xét', en: 'An escalation for your decision' },
    says: (facts) => ({
      vi: `Nhiệm vụ do ${facts.lead} chủ trì được trình xem xét, cho ý kiến.${until(facts).vi}`,
      en: `The directive, led by ${facts.lead}, is put before you for a decision.${until(facts).en}`,
    }),
  },
  'escalation-decided': {
    kind: 'news',
    heading: { vi: 'Lãnh đạo đã có ý kiến', en: 'The leader has decided' },
    says: did('đã cho ý kiến về việc được trình', 'has decided on what was put before them'),
  },
  ...leaderTemplates,
  ...consultationTemplates,
  ...delegationTemplates,
  'digest-daily': {
    kind: 'digest',
    heading: { vi: 'Điểm việc trong ngày', en: 'Your day' },
    says: () => ({
      vi: 'Những việc quá hạn, sắp đến hạn và đang chờ ông/bà xử lý.',
      en: 'What is overdue, what is near due, and what waits for you.',
    }),
  },
  'digest-weekly': {
    kind: 'digest',
    heading: { vi: 'Điểm việc cho cuộc họp giao ban', en: 'For the weekly meeting' },
    says: () => ({
      vi: 'Những việc quá hạn và sắp đến hạn của đơn vị.',
      en: 'What is overdue and near due in the organization.',
    }),
  },
};

/** The template of a subject that was kept; an unknown one, of a newer version, reads as a reminder. */
export function templateOf(subject: string): MessageTemplate {
  return messageTemplates[subject in messageTemplates ? (subject as InboxSubject) : 'rung'];
}
