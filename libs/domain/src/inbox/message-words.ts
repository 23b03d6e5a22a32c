import { type MessageSubject } from '../lifecycles/message-payload';
import { cascadeTemplates } from './cascade-words';
import { consultationTemplates } from './consultation-words';
import { delegationTemplates } from './delegation-words';
import { leaderTemplates } from './leader-words';
import { standingTemplates } from './standing-words';
import { did, until, who, type MessageTemplate } from './message-template';

export type InboxSubject = MessageSubject | 'digest-daily' | 'digest-weekly' | 'late-summary';

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
  'person-assigned': {
    kind: 'news',
    heading: { vi: 'Ông/bà được phân công thực hiện', en: 'You were named to do it' },
    says: (facts) => ({
      vi: `${who(facts).vi} phân công ông/bà thực hiện nhiệm vụ của ${facts.lead}.${until(facts).vi}`,
      en: `${who(facts).en} named you to do this directive of ${facts.lead}.${until(facts).en}`,
    }),
  },
  transferred: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ chuyển cho cơ quan kế thừa', en: 'A directive passed to the successor' },
    says: (facts) => ({
      vi: `${facts.lead} tiếp tục chủ trì nhiệm vụ của cơ quan mà mình kế thừa.${until(facts).vi}`,
      en: `${facts.lead} goes on with the directive of the agency that it succeeds.${until(facts).en}`,
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
  'deadline-counted': {
    kind: 'news',
    heading: { vi: 'Hạn tính từ ngày nhận', en: 'The deadline counts from receipt' },
    says: (facts) => ({
      vi: `${facts.by === null ? 'Hết thời gian trả lại, coi như đã tiếp nhận' : `${facts.by} đã tiếp nhận`}; hạn được tính từ ngày nhận.${until(facts).vi}`,
      en: `${facts.by === null ? 'The time to return it is over and it counts as accepted' : `${facts.by} has accepted it`}; the deadline counts from receipt.${until(facts).en}`,
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
  'report-for-approval': {
    kind: 'news',
    heading: { vi: 'Báo cáo kết quả chờ thủ trưởng duyệt', en: 'A report waits for your approval' },
    says: (facts) => ({
      vi: `${who(facts).vi} trình dự thảo báo cáo kết quả. Báo cáo chưa gửi đi, thời hạn vẫn tính.${until(facts).vi}`,
      en: `${who(facts).en} submits a report for your approval. It has not left yet; the clock goes on.${until(facts).en}`,
    }),
  },
  'report-returned': {
    kind: 'news',
    heading: { vi: 'Thủ trưởng chưa duyệt báo cáo kết quả', en: 'The head did not approve the report' },
    says: (facts) => ({
      vi: `${who(facts).vi} trả lại dự thảo báo cáo kết quả để hoàn thiện.${until(facts).vi}`,
      en: `${who(facts).en} sent the draft of the report back to be completed.${until(facts).en}`,
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
  suspended: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ tạm dừng', en: 'The directive was suspended' },
    says: did('cho tạm dừng nhiệm vụ; thời hạn dừng tính', 'suspended the directive; the clock stands still'),
  },
  'resumption-proposed': {
    kind: 'news',
    heading: { vi: 'Đề nghị tiếp tục nhiệm vụ tạm dừng', en: 'To be resumed' },
    says: did(
      'đề nghị tiếp tục nhiệm vụ đang tạm dừng; đề nghị duyệt hạn',
      'proposes to resume the suspended directive; please approve the date',
    ),
  },
  resumed: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ được tiếp tục', en: 'The directive was resumed' },
    says: (facts) => ({
      vi: `${who(facts).vi} cho tiếp tục nhiệm vụ.${until(facts).vi}`,
      en: `${who(facts).en} resumed the directive.${until(facts).en}`,
    }),
  },
  replaced: {
    kind: 'news',
    heading: { vi: 'Nhiệm vụ được thay thế', en: 'The directive was replaced' },
    says: did(
      'thay nhiệm vụ này bằng một nhiệm vụ giao sau; không phải thực hiện nữa',
      'put a later directive in its place; nothing more is to be done here',
    ),
  },
  replaces: {
    kind: 'news',
    heading: {
      vi: 'Nhiệm vụ này thay một nhiệm vụ giao trước',
      en: 'This directive replaces an earlier one',
    },
    says: (facts) => ({
      vi: `${who(facts).vi} lấy nhiệm vụ này thay cho một nhiệm vụ giao trước.${until(facts).vi}`,
      en: `${who(facts).en} put this directive in the place of an earlier one.${until(facts).en}`,
    }),
  },
  'parent-moved': {
    kind: 'news',
    heading: { vi: 'Hạn của nhiệm vụ gốc thay đổi', en: 'The deadline above has changed' },
    says: (facts) => ({
      vi: `${who(facts).vi} thay đổi hạn của nhiệm vụ gốc.${until(facts).vi}`,
      en: `${who(facts).en} changed the deadline of the directive it belongs to.${until(facts).en}`,
    }),
  },
  'child-ended': {
    kind: 'news',
    heading: { vi: 'Một phần việc giao tiếp đã kết thúc', en: 'Something handed on has ended' },
    says: (facts) => ({
      vi: `Một nhiệm vụ mà ${facts.lead} giao tiếp đã kết thúc.${until(facts).vi}`,
      en: `A directive that ${facts.lead} handed on has ended.${until(facts).en}`,
    }),
  },
  'extension-for-approval': {
    kind: 'news',
    heading: {
      vi: 'Đề nghị gia hạn chờ thủ trưởng duyệt',
      en: 'A request for more time waits for your approval',
    },
    says: did(
      'trình dự thảo đề nghị gia hạn; đề nghị chưa gửi đi',
      'submits a request for more time for your approval; it has not left yet',
    ),
  },
  'extension-requested': {
    kind: 'news',
    heading: { vi: 'Đề nghị gia hạn', en: 'More time is asked for' },
    says: (facts) => ({
      vi: `${facts.lead} đề nghị gia hạn nhiệm vụ.${until(facts).vi} Đề nghị cho ý kiến.`,
      en: `${facts.lead} asks for more time.${until(facts).en} Please decide.`,
    }),
  },
  'extension-waiting': {
    kind: 'reminder',
    heading: {
      vi: 'Đề nghị gia hạn quá thời gian xem xét',
      en: 'A request for more time has waited too long',
    },
    says: (facts) => ({
      vi: `Đề nghị gia hạn của ${facts.lead} đã quá thời gian xem xét.${until(facts).vi} Đề nghị cho ý kiến.`,
      en: `The request of ${facts.lead} for more time has waited too long.${until(facts).en} Please decide.`,
    }),
  },
  'extension-refused': {
    kind: 'news',
    heading: { vi: 'Đề nghị gia hạn không được chấp thuận', en: 'More time was refused' },
    says: (facts) => ({
      vi: `${who(facts).vi} không chấp thuận gia hạn; hạn đang có giữ nguyên.${until(facts).vi}`,
      en: `${who(facts).en} refused more time; the deadline stands.${until(facts).en}`,
    }),
  },
  'extension-withdrawn': {
    kind: 'news',
    heading: { vi: 'Đề nghị gia hạn được rút', en: 'A request for more time was withdrawn' },
    says: (facts) => ({
      vi: `Đề nghị gia hạn của ${facts.lead} không còn cần xem xét.`,
      en: `The request of ${facts.lead} for more time needs no decision any more.`,
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
  ...cascadeTemplates,
  ...leaderTemplates,
  ...consultationTemplates,
  ...delegationTemplates,
  ...standingTemplates,
  'digest-daily': {
    kind: 'digest',
    heading: { vi: 'Điểm việc trong ngày', en: 'Your day' },
    says: () => ({
      vi: 'Những việc quá hạn, sắp đến hạn và đang chờ ông/bà xử lý.',
      en: 'What is overdue, what is near due, and what waits for you.',
    }),
  },
  'late-summary': {
    kind: 'digest',
    heading: { vi: 'Việc đã quá hạn từ trước', en: 'What was overdue before' },
    page: '/directives?lateness=overdue',
    says: () => ({
      vi: 'Những nhiệm vụ đã quá hạn trước ngày áp dụng quy chế hoặc trước khi được nhập, theo cơ quan chủ trì. Không nhắc riêng từng nhiệm vụ.',
      en: 'Directives that were overdue before the rules were enforced or before they were entered, by lead agency. There are no reminders of each.',
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
