/** The board: its two forms, saved views, and acts on many at once. */
export const boardWords = {
  'board.total': ['{count} nhiệm vụ', '{count} directives'],
  'board.show': ['Cách xem', 'Show as'],
  'board.table': ['Bảng', 'Table'],
  'board.columns': ['Cột theo tình trạng', 'Columns by state'],
  'board.columnEmpty': ['Chưa có nhiệm vụ nào ở đây.', 'Nothing here yet.'],
  'board.actsOf': ['Thao tác với {name}', 'Acts on {name}'],
  'board.dragHint': [
    'Kéo sang cột khác, hoặc dùng nút thao tác.',
    'Drag it to another column, or use the button of acts.',
  ],
  'board.cannotMove': ['Chưa chuyển được sang cột này', 'It cannot get into this column now'],
  'board.views': ['Bộ lọc đã lưu', 'Saved views'],
  'board.saveView': ['Lưu bộ lọc', 'Save this view'],
  'board.viewName': ['Tên bộ lọc', 'Name of the view'],
  'board.removeView': ['Bỏ “{name}”', 'Remove “{name}”'],
  'board.behind': ['Danh sách dài này có thay đổi.', 'Something in this long list has changed.'],
  'board.refresh': ['Tải lại', 'Read it anew'],

  'bulk.title': ['Thao tác với các nhiệm vụ đã chọn', 'Acts on what is chosen'],
  'bulk.select': ['Chọn {name}', 'Choose {name}'],
  'bulk.selectShown': ['Chọn cả {count} nhiệm vụ đã tải', 'Choose all {count} that are loaded'],
  'bulk.chosen': ['Đã chọn {count}', '{count} chosen'],
  'bulk.none': ['Bỏ chọn', 'Choose none'],
  'bulk.nothing': [
    'Không có thao tác chung nào bạn làm được lúc này.',
    'There is nothing you can do with them now.',
  ],
  'bulk.doing': ['{act}: {count} nhiệm vụ', '{act}: {count} directives'],
  'bulk.do': ['{act} ({count})', '{act} ({count})'],
  'bulk.left': [
    '{count} nhiệm vụ đã chọn không làm được thao tác này và được để lại.',
    '{count} of those chosen do not allow this and are left aside.',
  ],
  'bulk.sending': ['Đang gửi: xong {done} trong {count}', 'Sending: {done} of {count} done'],
  'bulk.over': ['Xong {done} trong {count}; {failed} không được', '{done} of {count} done; {failed} not'],
  'bulk.again': ['Gửi lại {count} việc chưa có trả lời', 'Send {count} without an answer again'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
