import { type DocumentType } from './intake-result';
import { readClause } from './clauses';
import { ancestors, type Section } from './structure';

/** `orders`: what follows tells somebody to do something; `assessment`: it tells what was; `unknown`: the heading does not say. */
export type Region = 'orders' | 'assessment' | 'unknown';

/** Headings read by their earliest telling word: "Đánh giá kết quả thực hiện nhiệm vụ" assesses, "Nhiệm vụ khắc phục tồn tại" orders. */
export const headingWords: readonly {
  readonly region: Exclude<Region, 'unknown'>;
  readonly words: string;
  readonly examples: readonly string[];
}[] = [
  {
    region: 'assessment',
    words:
      'đánh giá|nhận định|nhận xét|kết quả|kết quả đạt được|tồn tại|hạn chế|khó khăn|ưu điểm|khuyết điểm|mặt được|mặt làm được|những mặt|nguyên nhân|tình hình|thành phần|bối cảnh|thực trạng|thông tin chung|kiến nghị(?= *$|,? đề xuất)|bài học',
    examples: ['I. ĐÁNH GIÁ CHUNG', 'Tồn tại, hạn chế và nguyên nhân', 'Tình hình thực hiện nhiệm vụ quý I'],
  },
  {
    region: 'orders',
    words:
      'nhiệm vụ|giải pháp|phương hướng|định hướng|ý kiến chỉ đạo|nội dung chỉ đạo|kết luận|thời gian tới|công tác trọng tâm|trọng tâm|tổ chức thực hiện|yêu cầu|giao|phân công|hoàn thiện|chỉ đạo|triển khai',
    examples: [
      'II. NHIỆM VỤ TRỌNG TÂM THÁNG 9',
      'Phương hướng, nhiệm vụ quý IV',
      'Tổ chức thực hiện',
      'Để khắc phục các tồn tại nêu trên, Chủ tịch UBND xã yêu cầu:',
      'Từ tình hình trên, đề nghị các ban, ngành tập trung thực hiện các nhiệm vụ sau:',
    ],
  },
];

const assessment = new RegExp(`(?:^|[^\\p{L}])(?:${headingWords[0]?.words ?? ''})(?![\\p{L}\\p{M}])`, 'iu');
const orders = new RegExp(`(?:^|[^\\p{L}])(?:${headingWords[1]?.words ?? ''})(?![\\p{L}\\p{M}])`, 'iu');

/** "Để khắc phục những hạn chế nêu trên, … yêu cầu:": what leads in to a list is told by its last words. */
const asksForList =
  /(?:^|[\s,])(?:yêu cầu|đề nghị|giao|phân công|chỉ đạo|tập trung thực hiện|thực hiện (?:tốt |các |một số )*(?:nhiệm vụ|nội dung|giải pháp|công việc))(?![\p{L}\p{M}])[^.;]{0,160}:$/iu;

/** "Xử lý các tồn tại", "Đối với kiến nghị của xã", "Đánh giá, xếp loại cán bộ": work to be done, called by what is wrong or by its name. */
const workOnFaults =
  /(?:xử lý|khắc phục|giải quyết|tháo gỡ|trả lời|tiếp thu|chấn chỉnh)\s(?:dứt điểm |kịp thời |các |những |một số )*(?:tồn tại|hạn chế|khó khăn|vướng mắc|kiến nghị|khuyết điểm|nguyên nhân|bất cập)(?:[,và ]+(?:tồn tại|hạn chế|khó khăn|vướng mắc|kiến nghị|đề xuất|khuyết điểm|bất cập))*|^(?:về|đối với)\s(?:các |những |một số |nội dung )*(?:kiến nghị|đề xuất|đề nghị)(?:, (?:kiến nghị|đề xuất))*|đánh giá(?:,? (?:xếp loại|phân loại))?\s(?:cán bộ|công chức|viên chức|tổ chức đảng|đảng viên|tác động)/giu;
/** "Tình hình tháng 9 và nhiệm vụ tháng 10": both at once, so each sentence tells for itself. */
const bothAtOnce =
  /(?:\s(?:và|;)|[,;])\s(?:một số |các |những )?(?:phương hướng|nhiệm vụ)(?:, (?:nhiệm vụ|giải pháp))*(?: trọng tâm)?\s(?:tháng|quý|tuần|năm|6 tháng cuối|thời gian tới|trong thời gian tới|tiếp theo)/iu;

export function readHeadingRegion(heading: string): Region {
  if (asksForList.test(heading)) return 'orders';
  const text = heading.replace(workOnFaults, (words) => ' '.repeat(words.length));
  const tells = assessment.exec(text)?.index ?? -1;
  const asks = orders.exec(text)?.index ?? -1;
  if (tells >= 0 && asks > tells && bothAtOnce.test(text)) return 'unknown';
  if (tells < 0 && asks < 0 && text !== heading) return 'unknown';
  if (asks >= 0 && /^(?:Để|Nhằm)\s/u.test(text)) return 'orders';
  if (tells < 0 && asks < 0) return 'unknown';
  if (tells < 0) return 'orders';
  return asks < 0 || tells <= asks ? 'assessment' : 'orders';
}

/** In a report nothing is an order but the part about what is to come. */
const toCome =
  /^(?:một số |những |các )?(?:phương hướng|định hướng|nhiệm vụ|giải pháp|chương trình công tác|kế hoạch|mục tiêu, nhiệm vụ|trọng tâm)|(?:thời gian tới|cuối năm|quý tới|tháng tới|năm tới|tuần tới|tiếp theo)/iu;
const past = /(?:kết quả|tình hình|đánh giá|đã thực hiện)/iu;

export function isReportOrderHeading(text: string): boolean {
  const told = past.exec(text)?.index ?? -1;
  const asked = toCome.exec(text)?.index ?? -1;
  return asked >= 0 && (told < 0 || asked < told);
}

/** A paragraph that names what stands below it. */
export function isHeading(section: Section): boolean {
  const text = section.content.text;
  if (section.style === 'heading' || section.style === 'part') return true;
  if (section.style === 'paragraph' || section.style === 'row')
    return text.endsWith(':') && section.children.length > 0;
  if (text.endsWith('.') && section.children.length > 0 && text.length < 160 && !/[.;]\s/u.test(text)) {
    return (
      section.style === 'roman' || section.bold || (text.length < 80 && readClause(text).form === 'none')
    );
  }
  if (/[.;]$/u.test(text)) return false;
  return (
    section.bold ||
    text.endsWith(':') ||
    (text.length < 180 && (section.children.length > 0 || text === text.toUpperCase()))
  );
}

/** "Về kết quả đạt được: Các xã đã …": an item that says by its own first words that it tells what was. */
const accountTopic =
  /^(?:Về )?(?:(?:đánh giá|nhận xét|nhận định)(?: chung)?|(?:một số |những )?(?:kết quả|tồn tại|hạn chế|ưu điểm|khuyết điểm|khó khăn|thuận lợi|nguyên nhân)(?:,? (?:và )?(?:kết quả|tồn tại|hạn chế|đạt được|khó khăn|vướng mắc|nguyên nhân|thực hiện|công tác|chủ yếu)[^.:;]{0,40})?|tình hình (?:chung|thực hiện)[^.:;]{0,60}):\s/iu;

export function readRegion(
  section: Section,
  type: DocumentType | null,
  isTitle: (section: Section) => boolean,
): Region {
  const path = [...ancestors(section), section].filter((at) => isHeading(at) && !isTitle(at));
  if (type === 'bao_cao') {
    return path.some((at) => isReportOrderHeading(titleOf(at))) &&
      !path.some(
        (at) => readHeadingRegion(at.content.text) === 'assessment' && !isReportOrderHeading(titleOf(at)),
      )
      ? 'orders'
      : 'assessment';
  }
  if (accountTopic.test(section.content.text)) return 'assessment';
  for (const at of [...path].reverse()) {
    const region = readHeadingRegion(at.content.text);
    if (region !== 'unknown') return region;
  }
  return 'unknown';
}

/** "PHẦN THỨ HAI" has its title on the next line. */
function titleOf(section: Section): string {
  return section.style === 'part' && section.content.length === 0
    ? (section.children[0]?.content.text ?? '')
    : section.content.text;
}
