import { did, until, who, type MessageTemplate } from './message-template';

/** What leaders decide on escalations beyond the directive itself, and the explanations they demand. */
export const leaderTemplates = {
  'escalation-forgotten': {
    kind: 'escalation',
    heading: { vi: 'Trình lại: đã tiếp nhận, chưa có ý kiến', en: 'Again: acknowledged, not decided' },
    says: (facts) => ({
      vi: `Nhiệm vụ do ${facts.lead} chủ trì đã được tiếp nhận nhưng chưa có ý kiến, nay trình lại.${until(facts).vi}`,
      en: `The directive, led by ${facts.lead}, was acknowledged but not decided; it comes back.${until(facts).en}`,
    }),
  },
  'decision-overtaken': {
    kind: 'news',
    heading: { vi: 'Quyết định chưa được thực hiện', en: 'A decision was not carried out' },
    says: (facts) => ({
      vi: `Nhiệm vụ do ${facts.lead} chủ trì đã thay đổi trước khi quyết định có hiệu lực, nên quyết định không được thực hiện.`,
      en: `The directive, led by ${facts.lead}, had changed before the decision took effect; it was not carried out.`,
    }),
  },
  convened: {
    kind: 'news',
    heading: { vi: 'Mời họp về nhiệm vụ', en: 'You are called to a meeting' },
    says: did('triệu tập họp về nhiệm vụ này', 'calls those concerned together about this directive'),
  },
  criticized: {
    kind: 'news',
    heading: { vi: 'Lãnh đạo phê bình', en: 'The leader criticizes' },
    says: did(
      'phê bình việc thực hiện nhiệm vụ này; ý kiến được lưu trong hồ sơ nhiệm vụ',
      'criticizes how this directive was carried out; it is kept with the directive',
    ),
  },
  'explanation-demanded': {
    kind: 'news',
    heading: { vi: 'Yêu cầu giải trình', en: 'An explanation is demanded' },
    says: (facts) => ({
      vi: `${who(facts).vi} yêu cầu thủ trưởng ${facts.lead} giải trình bằng văn bản.${until(facts).vi}`,
      en: `${who(facts).en} demands a written explanation of the head of ${facts.lead}.${until(facts).en}`,
    }),
  },
  'explanation-due': {
    kind: 'reminder',
    heading: { vi: 'Sắp đến hạn giải trình', en: 'An explanation is due soon' },
    says: (facts) => ({
      vi: `${facts.lead} chưa gửi giải trình.${until(facts).vi}`,
      en: `${facts.lead} has not submitted its explanation.${until(facts).en}`,
    }),
  },
  'explanation-late': {
    kind: 'escalation',
    heading: { vi: 'Quá hạn giải trình', en: 'An explanation is late' },
    says: (facts) => ({
      vi: `${facts.lead} chưa gửi giải trình khi đã hết hạn; báo cáo lãnh đạo đã yêu cầu.${until(facts).vi}`,
      en: `${facts.lead} has not explained in time; the leader who demanded it is told.${until(facts).en}`,
    }),
  },
  'explanation-submitted': {
    kind: 'news',
    heading: { vi: 'Đã có giải trình', en: 'An explanation was submitted' },
    says: (facts) => ({
      vi: `${facts.lead} đã gửi giải trình. Đề nghị chấp nhận, hoặc yêu cầu giải trình lại.`,
      en: `${facts.lead} has explained. Please accept it, or ask again.`,
    }),
  },
  'explanation-accepted': {
    kind: 'news',
    heading: { vi: 'Giải trình được chấp nhận', en: 'The explanation was accepted' },
    says: did('chấp nhận giải trình', 'accepted the explanation'),
  },
  'explanation-withdrawn': {
    kind: 'news',
    heading: { vi: 'Không yêu cầu giải trình nữa', en: 'The explanation is no longer demanded' },
    says: did('rút yêu cầu giải trình', 'no longer demands the explanation'),
  },
} satisfies Record<string, MessageTemplate>;
