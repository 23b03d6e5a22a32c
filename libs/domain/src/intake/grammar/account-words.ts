/** What a leader's own agreement, praise or account looks like: nobody is asked for anything. */
export const account =
  /(?:cơ bản\s+)?(?:thống nhất(?! thực hiện)|đồng ý|nhất trí|ghi nhận|đánh giá cao|biểu dương|hoan nghênh|thông báo (?:để|đến|cho|kết luận|ý kiến)|kết luận|nhận thấy|cho rằng|khẳng định|nhấn mạnh|chia sẻ(?: với| khó khăn)|cảm ơn|chúc mừng|trình bày|phát biểu|có ý kiến|tổ chức (?:phiên họp|cuộc họp|hội nghị (?:giao ban|triển khai công tác) tháng)|chủ trì (?:phiên|cuộc|hội nghị|buổi|họp)|đã\s|đang\s|cũng\s|vẫn\s|còn\s|luôn\s|là\s|có ý nghĩa|chưa\s|được (?!giao|phân công|yêu cầu))/iuy;

/** Before an order these say that the sentence so far told something. */
export const narrativeBefore =
  /(?:^|[\s,;])(?:đã|thống nhất|đồng ý|nhất trí|ghi nhận|thời gian qua|tuy nhiên|đạt|còn|chưa|đánh giá cao|biểu dương|kiến nghị|theo báo cáo|kết luận)(?=[\s,;:])/iu;
