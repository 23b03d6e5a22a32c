import { who, type MessageTemplate } from './message-template';

/** The dates and the reason go along as the note. What the calendar does by itself waits for working hours. */
export const delegationTemplates = {
  'delegation-given': {
    kind: 'news',
    heading: { vi: 'Ủy quyền', en: 'A delegation' },
    says: (facts) => ({
      vi: `${who(facts).vi} lập ủy quyền cho những ngày ghi dưới đây; việc của người vắng mặt chuyển đến người nhận ủy quyền.`,
      en: `${who(facts).en} has made a delegation for the dates below; what is the absent person's goes to the delegate.`,
    }),
  },
  'delegation-begins': {
    kind: 'reminder',
    heading: { vi: 'Ủy quyền bắt đầu có hiệu lực', en: 'A delegation begins' },
    says: () => ({
      vi: 'Từ hôm nay việc của người vắng mặt chuyển đến người nhận ủy quyền.',
      en: "From today on what is the absent person's goes to the delegate.",
    }),
  },
  'delegation-over': {
    kind: 'reminder',
    heading: { vi: 'Ủy quyền kết thúc', en: 'A delegation is over' },
    says: () => ({
      vi: 'Ủy quyền đã kết thúc; việc trở lại người giao.',
      en: 'The delegation is over: everything goes back to whoever gave it.',
    }),
  },
} satisfies Record<string, MessageTemplate>;
