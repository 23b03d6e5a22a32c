import { guidanceVerbs, standingVerbs } from './standing-verbs';
import { taskVerbs } from './task-verbs';

/** Verbs that open an order, by what they ask for; the object of the verb may overrule it (see ./kinds). */
export const orderVerbs: Readonly<Record<'task' | 'standing' | 'guidance', readonly string[]>> = {
  task: taskVerbs,
  standing: standingVerbs,
  guidance: guidanceVerbs,
};

/** After a doer these say that something is being asked of it. */
export const dutyWords =
  'phải|cần|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|được giao|được phân công|sớm|khẩn trương|chủ trì|làm đầu mối|là (?:cơ quan|đơn vị) (?:chủ trì|đầu mối|thường trực)|đầu mối|nghiêm túc|kịp thời|thường xuyên|tích cực|trên cơ sở|căn cứ|theo (?:chức năng|thẩm quyền|lĩnh vực|nhiệm vụ|địa bàn|phạm vi|phân công)|với chức năng|với vai trò|ngoài|cùng(?= (?:với|phối))|trong (?:tháng|quý|tuần|ngày|thời gian)|trước(?= (?:ngày|\\d))|chậm nhất|ngay|đồng thời|tiến hành|nhanh chóng|quyết liệt|chỉ|không(?= (?:để|được))';

const escape = (word: string): string => word.replace(/ /gu, '\\s+');

const allVerbs = [...orderVerbs.task, ...orderVerbs.standing, ...orderVerbs.guidance]
  .slice()
  .sort((a, b) => b.length - a.length)
  .map(escape)
  .join('|');

/** A verb of order or a word of duty, in small letters as within a sentence; sticky. */
export const predicate = new RegExp(`(?:${dutyWords}|${allVerbs})(?![\\p{L}\\p{M}])`, 'uy');

/** The same where a sentence begins, so in either case; sticky. */
export const openingVerb = new RegExp(`(?:${allVerbs})(?![\\p{L}\\p{M}])`, 'iuy');

/** Predicates so clear that a few unknown words before them still belong to the doer's name. */
export const clearPredicate =
  /(?:chủ trì|phối hợp|tiến hành|tham mưu|có trách nhiệm|chịu trách nhiệm|phải|cần|khẩn trương|chủ động|tiếp tục|tập trung|rà soát|báo cáo|tổng hợp|xây dựng|tổ chức|hoàn thành|theo dõi|tăng cường|đẩy mạnh|kiểm tra|chỉ đạo|triển khai|thực hiện|duy trì|hướng dẫn|lập|bố trí|căn cứ|sớm|nghiêm túc|kịp thời|thường xuyên|đề xuất|đôn đốc|chuẩn bị|cung cấp|công bố|quản lý(?= (?:chặt|tốt))|trình|gửi)(?![\p{L}\p{M}])/uy;

export function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}
