const marks = ['TUYỆT MẬT', 'TỐI MẬT', 'MẬT'] as const;
export type SecrecyMark = (typeof marks)[number];

/** Lines from the top in which a mark may stand: letterhead, number, place. */
const headLines = 30;

/**
 * The stamp of secrecy on a document, or null. A stamp is a line of its own ("TỐI MẬT"), stands apart on a line of the
 * letterhead, or follows "Độ mật:". The word inside a sentence ("bảo vệ bí mật nhà nước", "tài liệu mật") is none.
 */
export function findSecrecyMark(text: string): SecrecyMark | null {
  const lines = text.split('\n').map((line) => line.replace(/[*_#|]+/gu, ' ').trim());
  let seen = 0;
  for (const line of lines) {
    if (line === '') continue;
    seen += 1;
    const labelled = /^(?:độ mật|mức độ mật|độ khẩn, độ mật)\s*:\s*(tuyệt mật|tối mật|mật)\b/iu.exec(
      line.toLowerCase(),
    );
    if (labelled !== null) return marks.find((mark) => mark.toLowerCase() === labelled[1]) ?? 'MẬT';
    const alone = /^[[("“\s-]*(TUYỆT MẬT|TỐI MẬT|MẬT)[\])"”\s.:-]*$/u.exec(line);
    if (alone !== null) return marks.find((mark) => mark === alone[1]) ?? null;
    if (seen > headLines) continue;
    const apart = /(?:^|\s{2,}|\t)(TUYỆT MẬT|TỐI MẬT|MẬT)(?=\s{2,}|\t|$)/u.exec(line);
    if (apart !== null) return marks.find((mark) => mark === apart[1]) ?? null;
  }
  return null;
}
