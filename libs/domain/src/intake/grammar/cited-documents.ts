import { civilDay } from './civil-day';
import { type CitedDocument } from './intake-result';

const symbol = String.raw`\d{1,5}\s?\/(?:\d{4}\/)?[\p{Lu}Đ]\p{L}{0,6}(?:[-–]?[\p{Lu}][\p{L}\d&]*)*|\d{1,5}\s?[-–]\p{Lu}\p{L}{0,4}\/\p{Lu}[\p{L}]{0,5}`;
const cited = new RegExp(
  String.raw`(?:(?<=số\s)|(?<=số:\s)|(?<=(?:Nghị quyết|Quyết định|Kế hoạch|Công văn|Thông báo|Chỉ thị|Kết luận|Nghị định)\s))(${symbol})(?:,?\s+ngày\s+(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4}))?(?:\s+(?:của\s+)?((?:(?:UBND|HĐND|Ban Thường vụ|Ban cán sự đảng|Thường trực|Bộ|Sở|Chính phủ|Thủ tướng Chính phủ|Quốc hội|Trung ương|Tỉnh ủy|Tỉnh uỷ|Huyện ủy|Huyện uỷ|Thành ủy|Đảng ủy|Chủ tịch|Văn phòng|Phòng)(?:\s(?:UBND|HĐND|huyện|tỉnh|xã|phường|thành phố|Chính phủ|Tỉnh ủy|Huyện ủy|Thành ủy|Đảng ủy|(?!Nghị|Quyết|Tờ|Công)\p{Lu}[\p{Ll}\p{M}]+))*)))?`,
  'gu',
);

/** Documents named in the text by their number, in order, each once. */
export function readCitedDocuments(texts: readonly string[]): readonly CitedDocument[] {
  const found = new Map<string, CitedDocument>();
  for (const text of texts) {
    for (const match of text.matchAll(cited)) {
      const number = (match[1] ?? '').replace(/\s/gu, '').replace(/–/gu, '-');
      if (found.has(number)) continue;
      found.set(number, {
        number,
        date: civilDay(match[2], match[3], match[4]),
        issuer: match[5]?.trim() ?? null,
      });
    }
  }
  return [...found.values()];
}
