/** The short tour of a sandbox. */
export const tourWords = {
  'tour.label': ['Hướng dẫn nhanh', 'Guided tour'],
  'tour.offer': ['Lần đầu dùng?', 'New here?'],
  'tour.offerHint': [
    'Theo một nhiệm vụ từ lúc giao đến lúc lãnh đạo quyết định, trong ba phút.',
    'Follow one directive from its order to the leader’s decision, in three minutes.',
  ],
  'tour.start': ['Bắt đầu hướng dẫn nhanh', 'Begin the guided tour'],
  'tour.leave': ['Dừng hướng dẫn', 'Leave the tour'],
  'tour.step': ['Bước {number}/{total}', 'Step {number} of {total}'],
  'tour.order': [
    'Kiểm tra hệ thống cống tiêu úng, báo cáo hiện trạng và phương án sửa chữa.',
    'Kiểm tra hệ thống cống tiêu úng, báo cáo hiện trạng và phương án sửa chữa.',
  ],
  'tour.title.draft': ['Bạn là văn thư', 'You are the clerk'],
  'tour.text.draft': [
    'Phó Chủ tịch vừa giao miệng một việc cho Phòng Kinh tế, hạn sau một tuần. Ghi lại thành bản nháp; thông báo bằng tệp cũng đi vào đây.',
    'The vice-chair has just given the Economy Division an order by word of mouth, due in a week. Put it down as a draft; notices in files arrive here too.',
  ],
  'tour.act.draft': ['Ghi bản nháp mẫu', 'Make the sample draft'],
  'tour.title.assign': ['Xem lại rồi giao', 'Look it over and assign it'],
  'tour.text.assign': [
    'Bản nháp nêu lời giao, cơ quan chủ trì và hạn. Bấm nút “Giao” của bản nháp: từ đó đồng hồ chạy.',
    'The draft holds the words, the lead and the deadline. Press “Assign” on the draft: from then on the clock runs.',
  ],
  'tour.act.assign': ['Mở bản nháp', 'Open the draft'],
  'tour.title.time': ['Rồi không ai làm gì', 'Then nobody does anything'],
  'tour.text.time': [
    'Dời đồng hồ 13 ngày làm việc. Trên đường đi, nhắc việc được gửi, hạn trôi qua và việc được trình lên lãnh đạo.',
    'Move the clock 13 working days. On the way reminders go out, the deadline passes and the matter goes up to the leader.',
  ],
  'tour.act.time': ['Dời 13 ngày làm việc', 'Move 13 working days'],
  'tour.title.leader': ['Giờ bạn là lãnh đạo', 'Now you are the leader'],
  'tour.text.leader': [
    'Phó Chủ tịch phụ trách Phòng Kinh tế chỉ thấy việc cần mình quyết định.',
    'The vice-chair in charge of that division sees only what needs a decision.',
  ],
  'tour.act.leader': ['Vào vai Phó Chủ tịch', 'Take the vice-chair’s part'],
  'tour.title.decide': ['Quyết định bằng một chạm', 'Decide by one touch'],
  'tour.text.decide': [
    'Chọn “Đôn đốc lần nữa” hoặc cách khác ở thẻ dưới đây. Bạn có vài giây để hoàn tác trước khi thông báo được gửi.',
    'Choose “Urge again” or another way on a card below. You have some seconds to take it back before anybody is told.',
  ],
  'tour.act.decide': ['Tới việc cần quyết định', 'To what is to be decided'],
  'tour.title.done': ['Xong: việc đã có quyết định', 'Done: it is decided'],
  'tour.text.done': [
    'Mọi bước đều nằm trong lịch sử của nhiệm vụ, kèm điều khoản đã dẫn tới nó. Xem tổng quan để thấy toàn đơn vị.',
    'Every step stands in the history of the directive, with the article that led to it. The overview shows the whole office.',
  ],
  'tour.act.done': ['Kết thúc, xem tổng quan', 'Finish at the overview'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
