import { did, until, who, type MessageTemplate } from './message-template';

/** What the lead and the agencies that it consults hear of each other. */
export const consultationTemplates = {
  'consultation-asked': {
    kind: 'news',
    heading: { vi: 'Đề nghị cho ý kiến phối hợp', en: 'Your opinion is asked for' },
    says: (facts) => ({
      vi: `${facts.lead} đề nghị cho ý kiến phối hợp.${until(facts).vi}`,
      en: `${facts.lead} asks for your opinion.${until(facts).en}`,
    }),
  },
  'consultation-late': {
    kind: 'escalation',
    heading: { vi: 'Quá thời gian cho ý kiến phối hợp', en: 'An opinion is late' },
    says: (facts) => ({
      vi: `Cơ quan được hỏi chưa có ý kiến khi đã hết thời gian.${until(facts).vi}`,
      en: `The agency that was asked has not answered in time.${until(facts).en}`,
    }),
  },
  'consultation-deemed-consent': {
    kind: 'escalation',
    heading: { vi: 'Quá thời gian, coi như đồng ý', en: 'The time is over: deemed to consent' },
    says: (facts) => ({
      vi: `Cơ quan được hỏi không trả lời trong thời gian quy định, coi như đồng ý và vẫn chịu trách nhiệm.${until(facts).vi}`,
      en: `The agency that was asked did not answer in time: it is deemed to consent, and still answers for it.${until(facts).en}`,
    }),
  },
  'consultation-answered': {
    kind: 'news',
    heading: { vi: 'Đã có ý kiến phối hợp', en: 'An opinion has come in' },
    says: (facts) => ({
      vi: `${who(facts).vi} đã gửi ý kiến phối hợp.`,
      en: `${who(facts).en} has given the opinion that was asked for.`,
    }),
  },
  'consultation-withdrawn': {
    kind: 'news',
    heading: { vi: 'Không cần ý kiến phối hợp nữa', en: 'The opinion is no longer needed' },
    says: did('không cần ý kiến phối hợp nữa', 'no longer needs the opinion'),
  },
} satisfies Record<string, MessageTemplate>;
