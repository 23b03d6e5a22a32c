import { type Bilingual } from '@dondoc/workflow';
import { type MessageSubject } from '../lifecycles/message-payload';

/** The heading of a message. What a rung demands is said by the working rules, not here. */
const headings: Readonly<Record<MessageSubject, Bilingual>> = {
  assigned: { vi: 'Nhiệm vụ mới được giao', en: 'A new directive' },
  returned: { vi: 'Nhiệm vụ bị trả lại', en: 'A directive was returned' },
  'deadline-set': { vi: 'Nhiệm vụ đã có hạn', en: 'A deadline was set' },
  extended: { vi: 'Nhiệm vụ được gia hạn', en: 'The deadline was extended' },
  urged: { vi: 'Đôn đốc thực hiện nhiệm vụ', en: 'The directive is urged' },
  reported: { vi: 'Có báo cáo kết quả chờ xác nhận', en: 'A result awaits verification' },
  'sent-back': { vi: 'Báo cáo kết quả chưa được chấp nhận', en: 'The result was sent back' },
  'closed-on-time': { vi: 'Nhiệm vụ hoàn thành đúng hạn', en: 'The directive was completed on time' },
  'closed-late': { vi: 'Nhiệm vụ hoàn thành quá hạn', en: 'The directive was completed late' },
  closed: { vi: 'Nhiệm vụ hoàn thành', en: 'The directive was completed' },
  cancelled: { vi: 'Nhiệm vụ bị hủy', en: 'The directive was cancelled' },
  'escalation-raised': { vi: 'Trình lãnh đạo xem xét', en: 'An escalation for your decision' },
  'escalation-decided': { vi: 'Lãnh đạo đã có ý kiến', en: 'The leader has decided' },
};

const reminder: Bilingual = { vi: 'Nhắc việc', en: 'Reminder' };

export function headingOf(subject: string): Bilingual {
  return subject in headings ? headings[subject as MessageSubject] : reminder;
}
