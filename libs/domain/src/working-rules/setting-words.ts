import { type Bilingual } from '@dondoc/workflow';
import { type RuleName } from './rules-form';

/** What each value of the working rules is called, in the published schema, in previews and in refusals. */
export const settingWords: Readonly<Record<RuleName, Bilingual>> = {
  enforcedFrom: { vi: 'Ngày bắt đầu áp dụng', en: 'First day on which the rules are enforced' },
  lateSummary: {
    vi: 'Tổng hợp việc đã quá hạn từ trước',
    en: 'Summary of what was overdue before',
  },
  beforeMeans: { vi: 'Cách hiểu "trước ngày"', en: 'What "trước ngày" (before a day) means' },
  restDayDeadline: { vi: 'Hạn rơi vào ngày nghỉ', en: 'A deadline on a day that is not worked' },
  nearDue: { vi: 'Ngưỡng sắp đến hạn', en: 'How long before its deadline a directive is near due' },
  defaultDeadline: {
    vi: 'Hạn mặc định khi văn bản không nêu hạn',
    en: 'Default deadline where the source names none',
  },
  deadlinePrompt: { vi: 'Thời gian nhắc đặt hạn còn thiếu', en: 'When a missing deadline is asked for' },
  deadlinePromptAgain: { vi: 'Nhắc lại hạn còn thiếu', en: 'How a missing deadline is asked for again' },
  returnWindow: { vi: 'Thời gian được trả lại', en: 'Time to return a directive' },
  returnSilence: { vi: 'Im lặng hết thời gian trả lại', en: 'What silence beyond the time to return means' },
  silentReceipt: { vi: 'Ngày nhận khi im lặng', en: 'The day of receipt where nobody took it on' },
  handOn: { vi: 'Giao tiếp cho cơ quan trực thuộc', en: 'Handing on to subordinate agencies' },
  extension: { vi: 'Gia hạn', en: 'Extensions' },
  consultation: { vi: 'Lấy ý kiến phối hợp', en: 'Consultations' },
  verification: { vi: 'Xác nhận hoàn thành', en: 'Verification of results' },
  explanation: { vi: 'Giải trình', en: 'Explanations' },
  headApproval: { vi: 'Thủ trưởng duyệt trước khi gửi', en: "The head's approval" },
  completion: { vi: 'Căn cứ tính đúng hạn', en: 'What says whether a result was on time' },
  digest: { vi: 'Bản tổng hợp hằng ngày, hằng tuần', en: 'Daily and weekly digests' },
  outsideHours: { vi: 'Độ khẩn được gửi ngoài giờ', en: 'Urgencies whose messages do not wait' },
  escalationLevels: { vi: 'Các cấp trình lãnh đạo', en: 'Levels of escalation' },
  periodicReports: { vi: 'Kỳ báo cáo', en: 'Periodic reports' },
  ladders: { vi: 'Bậc thang đôn đốc', en: 'Ladders' },
};
