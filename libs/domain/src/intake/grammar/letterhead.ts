import { type Urgency } from './intake-result';

/** Where the right column of a letterhead begins when both columns came out as one line. */
const rightColumn =
  /^(.*\S)\s+((?:CỘNG H(?:ÒA|OÀ|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do).*|\p{Lu}[\p{L}.-]*(?:\s\p{Lu}[\p{L}.-]*){0,4},\s*ngày\s.{0,14}tháng\s.{0,14}năm\s*\d{4}.*)$/u;

/** The lines of a letterhead, a line of both columns as two: "UBND HUYỆN X CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM". */
export function splitLetterhead(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const match = line.length > 240 ? null : rightColumn.exec(line);
    const [, left, right] = match ?? [];
    if (left === undefined || right === undefined) return [line];
    // The territory's name on its own line is no column: "Số: 12/TB-UBND", "HUYỆN X" or a body's capitals are.
    return /^[Ss]ố|\/|^\P{Ll}+$/u.test(left) ? [left, right] : [line];
  });
}

const stamps: readonly (readonly [words: RegExp, urgency: Urgency])[] = [
  [/(?:^|\s{2,}|:\s*|^\[)(?:HỎA|HOẢ|HOẢ) TỐC(?:,? HẸN GIỜ)?(?=[\]\s.]*$|\s{2,})/iu, 'hoa-toc'],
  [/(?:^|\s{2,}|:\s*|^\[)THƯỢNG KHẨN(?=[\]\s.]*$|\s{2,})/iu, 'thuong-khan'],
  [/(?:^|\s{2,}|:\s*|^\[)KHẨN(?=[\]\s.]*$|\s{2,})/iu, 'khan'],
];

/** The stamp of urgency: a line of its own in the letterhead, or what stands behind "Độ khẩn:". */
export function readUrgency(head: readonly string[]): Urgency | null {
  for (const line of head) {
    const labelled = /^(?:mức )?độ khẩn\s*:/iu.test(line);
    if (!labelled && !/^\P{Ll}+$/u.test(line)) continue;
    for (const [words, urgency] of stamps) if (words.test(line)) return urgency;
  }
  return null;
}
