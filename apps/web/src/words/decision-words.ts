/** What else waits for a leader, deciding several at once, and taking a decision back. */
export const decisionWords = {
  'decisions.together': ['Quyết định chung', 'Decide together'],
  'decisions.togetherTitle': [
    'Một quyết định cho nhiều việc của {agency}',
    'One decision for several of {agency}',
  ],
  'decisions.chosen': ['Áp dụng cho {count} trong {total} việc', 'For {count} of {total}'],
  'decisions.which': ['Quyết định', 'Decision'],
  'decision.doneMany': ['Đã quyết định {count} việc: {decision}', 'Decided {count}: {decision}'],

  'requests.title': ['Đề nghị gia hạn', 'Requests for more time'],
  'requests.asks': [
    'Đề nghị gia hạn đến {asked}; hạn đang có {now}.',
    'Asks for more time until {asked}; now due {now}.',
  ],
  'requests.done': ['Đã làm: {done}', 'Done so far: {done}'],
  'requests.decideBy': ['Cần trả lời trước {time}', 'To be answered by {time}'],
  'requests.grant': ['Đồng ý đến {date}', 'Grant until {date}'],
  'request.granted': ['Đồng ý gia hạn', 'More time granted'],
  'request.refused': ['Không đồng ý gia hạn', 'More time refused'],
  'request.grant-otherwise': ['Cho hạn khác', 'Grant another date'],
  'request.refuse': ['Không đồng ý', 'Refuse'],

  'explanations.title': ['Giải trình đã gửi', 'Explanations submitted'],
  'explanations.accept': ['Chấp nhận giải trình', 'Accept the explanation'],
  'explanations.askAgain': ['Yêu cầu giải trình lại', 'Ask again'],
  'explanations.accepted': ['Đã chấp nhận giải trình', 'The explanation was accepted'],
  'explanations.askedAgain': ['Đã yêu cầu giải trình lại', 'It was asked again'],
  'explanations.late': ['Gửi muộn', 'Late'],

  'resumptions.title': ['Đề nghị cho tiếp tục', 'Proposed to resume'],
  'resumptions.asks': ['Đề nghị tiếp tục, với hạn mới {date}.', 'Proposed to resume, due {date}.'],
  'resumptions.since': ['Tạm dừng từ {time}', 'Suspended since {time}'],
  'resumptions.agree': ['Đồng ý cho tiếp tục', 'Let it go on'],
  'resumptions.other': ['Cho hạn khác', 'Another date'],
  'resumptions.done': ['Đã cho tiếp tục', 'It goes on'],

  'undo.label': ['Hoàn tác', 'Undo'],
  'undo.undo': ['Hoàn tác', 'Undo'],
  'undo.done': ['Đã hoàn tác; chưa ai nhận được thông báo nào.', 'Taken back; nobody was told anything.'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
