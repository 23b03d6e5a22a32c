import { matchAt, openingVerb, orderVerbs } from './order-words';
import { clauseStarts } from './sentences';
import { type DirectiveKind } from './intake-result';

const product =
  'kế hoạch|đề án|phương án|văn bản|quy chế|quy định|quyết định|nghị quyết|nghị định|thông tư|chỉ thị|tờ trình|báo cáo|dự thảo|hồ sơ|danh mục|danh sách|dự toán|chương trình|giải pháp|tài liệu|hợp đồng|biên bản|công văn|thủ tục|cơ chế|kinh phí|phương hướng|nội dung|quy trình|bảng|thông báo|giấy|đơn giá|giá|lịch|hội nghị|đoàn kiểm tra|tổ công tác';
/** A verb that makes, with a thing that is made. */
const makes = new RegExp(
  `(?:ban hành|xây dựng|dự thảo|soạn thảo|lập|hoàn thiện|hoàn chỉnh|tham mưu|đề xuất|phê duyệt|thẩm định|điều chỉnh|trình|tổng hợp|rà soát|công bố|thành lập|bố trí|hướng dẫn|gửi)(?![\\p{L}\\p{M}])[^.;]{0,70}?(?:${product})(?![\\p{L}\\p{M}])`,
  'iu',
);
/** Verbs that bring something to its end by themselves when they are the main verb. */
const ends =
  /^(?:hoàn thành|hoàn tất|báo cáo|trình|gửi|tổng hợp|công bố|bàn giao|thành lập|chuẩn bị|rà soát|kiện toàn|lắp đặt|đề xuất|nghiên cứu|khảo sát|lập|kiểm điểm|sơ kết|tổng kết|tham mưu|dự thảo|soạn thảo|ban hành|xây dựng|hoàn thiện|hoàn chỉnh|tiếp thu|thẩm định|thống kê|công khai|niêm yết|đăng tải|giải trình|quyết toán|thanh lý|di dời|giải tỏa|xác minh|kiểm đếm|tổ chức|điều chỉnh|bổ sung|cân đối|thông báo|triển khai lắp đặt|khảo sát|hướng dẫn|xin ý kiến|trả lời|mở lớp|cử|ký|nghiệm thu|thu hồi|phê duyệt|đưa vào|xử phạt|làm rõ|kết nối|trang bị|nâng cấp|tham gia ý kiến|góp ý|phân khai|bổ nhiệm|điều động|tiêu hủy|khởi công|lựa chọn|đấu giá|thanh toán|số hóa|làm sạch)(?![\p{L}\p{M}])/iu;
const continuing =
  /^(?:(?:tiếp tục|thường xuyên|tăng cường|đẩy mạnh|đẩy nhanh|duy trì|chú trọng|quan tâm|nâng cao|hằng (?:tuần|tháng|ngày|quý)|hàng (?:tuần|tháng|ngày|quý)|định kỳ|kịp thời)(?![\p{L}\p{M}]))/iu;
const superior =
  /(?:triển khai|thực hiện|chấp hành|bám sát|quán triệt)[^.;]{0,40}(?:sự (?:lãnh đạo|chỉ đạo)|chỉ đạo(?=[,; ])|kết luận|nghị quyết|quy chế làm việc|chương trình (?:công tác|làm việc)|chủ trương của Đảng)/iu;
const recurringReport =
  /(?:kịp thời|định kỳ|thường xuyên|hằng|hàng)\s[^,;.]{0,30}báo cáo|^(?:gửi |tổng hợp |lập )?báo cáo[^;.]{0,90}(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)/iu;
const manner =
  /^(?:(?:tiếp tục|chủ động|khẩn trương|kịp thời|nghiêm túc|tích cực|tập trung|trực tiếp|phải|cần|có trách nhiệm|sớm|ngay|được giao|chủ trì|nỗ lực|thường xuyên|quyết liệt|theo chức năng, nhiệm vụ(?: được giao)?)(?![\p{L}\p{M}])[,:]?\s+)/iu;
const coordination = /^,?\s*(?:phối hợp|cùng)(?: chặt chẽ)?(?: với)?\s/iu;
const guidanceVerb = new RegExp(`^(?:${orderVerbs.guidance.join('|')})(?![\\p{L}\\p{M}])`, 'iu');
const guidanceWords =
  /(?:tinh thần trách nhiệm|tinh thần, (?:thái độ|trách nhiệm)|giờ giấc|kỷ luật, kỷ cương|chủ quan, lơ là|đoàn kết)/iu;

/** `text` begins where what is to be done begins, behind the doer. */
export function readKind(text: string, hasDeadline: boolean): DirectiveKind {
  if (hasDeadline) return 'task';
  const clauses = [0, ...clauseStarts(text, 0, ';.')].map((start, index, all) =>
    text.slice(start, all[index + 1] ?? text.length),
  );
  const kinds = clauses
    .map((clause, index) => readClauseKind(clause.trim(), index))
    .filter((kind) => kind !== null);
  if (kinds.includes('task')) return 'task';
  return kinds[0] ?? 'standing';
}

function readClauseKind(clause: string, index: number): DirectiveKind | null {
  if (/^(?:nếu|trường hợp|khi)\s/iu.test(clause) && index > 0) return null;
  let rest = clause.replace(/^(?:trong đó|đồng thời|ngoài ra|và)\s*,?\s*/iu, '');
  let goesOn = false;
  for (let step = 0; step < 4; step += 1) {
    if (continuing.test(rest)) goesOn = true;
    const skipped = manner.exec(rest);
    if (skipped === null) break;
    rest = rest.slice(skipped[0].length);
  }
  if (guidanceVerb.test(rest) || guidanceWords.test(rest)) return 'guidance';
  if (!goesOn && recurringReport.test(rest)) return 'standing';
  if (superior.test(rest.slice(0, 100)) && !/việc (?:thực hiện|triển khai)/iu.test(rest)) return 'guidance';
  if (goesOn || recurringReport.test(rest)) return 'standing';
  if (coordination.test(rest)) return makes.test(rest) || endsAnywhere(rest) ? 'task' : 'standing';
  if (ends.test(rest)) return 'task';
  const first = matchAt(openingVerb, rest, 0)?.[0].toLowerCase();
  if (first !== undefined && orderVerbs.standing.includes(first)) {
    return /(?:ban hành|tham mưu|dự thảo|trình|lập)\s[^.;]{0,60}(?:kế hoạch|đề án|văn bản|quyết định|hồ sơ|phương án|danh sách)/iu.test(
      rest,
    )
      ? 'task'
      : 'standing';
  }
  return makes.test(rest) ? 'task' : 'standing';
}

/** Whether the main verb, behind words of manner, is one of those with an end. */
export function opensWithTask(text: string): boolean {
  let rest = text;
  for (let step = 0; step < 4; step += 1) {
    if (continuing.test(rest)) return false;
    const skipped = manner.exec(rest);
    if (skipped === null) break;
    rest = rest.slice(skipped[0].length);
  }
  const verb = matchAt(openingVerb, rest, 0)?.[0].toLowerCase().replace(/\s+/gu, ' ');
  return verb !== undefined && orderVerbs.task.includes(verb);
}

function endsAnywhere(text: string): boolean {
  return (
    clauseStarts(text, 0, ',').some((start) => ends.test(text.slice(start))) ||
    /\s(?:xây dựng|lập|hoàn thiện|hoàn chỉnh|tham mưu|tổng hợp|rà soát|kiện toàn|kiểm tra, lập|ban hành|trình|báo cáo)\s/u.test(
      text,
    )
  );
}
