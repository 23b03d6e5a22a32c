/** What the guards of the directive machine answer when they say no. */
export const directiveRefusals = {
  withinReturnWindow: {
    code: 'return-window-over',
    vi: 'Đã hết thời gian trả lại nhiệm vụ theo quy chế.',
    en: 'The time to return this directive by the working rules is over.',
  },
  hasDeadline: {
    code: 'no-deadline-yet',
    vi: 'Nhiệm vụ chưa có hạn; hãy đặt hạn trước.',
    en: 'The directive has no deadline yet; set one first.',
  },
  mayBeSet: {
    code: 'deadline-already-set',
    vi: 'Nhiệm vụ đã có hạn; muốn đổi hạn thì gia hạn.',
    en: 'The directive has a deadline already; changing it is an extension.',
  },
  mayBeVerified: {
    code: 'verifier-is-reporter',
    vi: 'Người báo cáo không được tự xác nhận hoàn thành, và nhiệm vụ đã giao tiếp phải kết thúc trước.',
    en: 'Whoever reported may not verify, and what was handed on has to end first.',
  },
} as const;
