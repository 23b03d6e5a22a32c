export type SecrecyMark = 'TUYỆT MẬT' | 'TỐI MẬT' | 'MẬT';

/** Lines from the top in which a mark may stand: letterhead, number, place. */
const headLines = 30;
/** Lines in which a mark may share its line with the other column of the letterhead. */
const letterheadLines = 14;

const words = 'TUYỆT\\s*MẬT|TỐI\\s*MẬT|MẬT';
const apart = new RegExp(`(?:^|\\s{2,}|\\t)(${words})(?=\\s{2,}|\\t|$)`, 'u');
/** "MẬT Số: 12/TB-UBND": both columns of a letterhead in one line. */
const beforeColumn = new RegExp(
  `^(${words})\\s+(?=S[ốỐ]\\s*[:\\d]|CỘNG\\s|ĐẢNG\\s|Độc\\s|\\p{Lu}[\\p{Ll}\\p{M}]+[^.;:]{0,40},\\s*ngày\\s)`,
  'u',
);
const behindColumn = new RegExp(
  `(?:Hạnh phúc|năm\\s\\d{4}|\\d\\s?[/-][\\p{L}\\d/&-]{1,30}|VIỆT NAM|NHÂN DÂN|(?:TỈNH|HUYỆN|XÃ|PHƯỜNG|SỞ|PHÒNG)\\s\\P{Ll}{2,40})\\s(${words})$`,
  'u',
);
/** A title may speak of secrecy: "BẢO VỆ BÍ MẬT", "QUẢN LÝ TÀI LIỆU MẬT". */
const spokenOf = /(?:bí|cơ|bảo|độ|tài liệu|văn bản|thông tin|dấu|khu vực|mạng)\s+(?:(?:tuyệt|tối)\s+)?mật$/iu;
const labelled =
  /^(?:mức\s+)?(?:độ|chế độ|mức)(?:\s+khẩn,\s+độ)?\s+mật\s*[:.]?\s*(tuyệt\s*mật|tối\s*mật|mật)(?!\p{L})/u;

/**
 * The stamp of secrecy on a document, or null. A stamp is a line of its own ("TỐI MẬT", "M Ậ T", "Mật" in the letterhead), stands
 * apart on a line of the letterhead, or follows "Độ mật:". The word inside a sentence ("bảo vệ bí mật nhà nước", "tài liệu mật") is none.
 */
export function findSecrecyMark(text: string): SecrecyMark | null {
  const lines = text
    .normalize('NFC')
    .split('\n')
    .map((line) => line.replace(/[*_#|\u200b\u00ad]+/gu, ' ').trim());
  let seen = 0;
  for (const line of lines) {
    if (line === '') continue;
    seen += 1;
    const named = labelled.exec(line.toLowerCase())?.[1] ?? alone(line, seen <= headLines);
    if (named !== null) return markOf(named);
    if (seen > headLines || line.length > 200) continue;
    const stamp = apart.exec(line)?.[1];
    if (stamp !== undefined) return markOf(stamp);
    if (seen > letterheadLines || spokenOf.test(line)) continue;
    const column = beforeColumn.exec(line)?.[1] ?? behindColumn.exec(line)?.[1];
    if (column !== undefined) return markOf(column);
  }
  return null;
}

/** A line that is nothing but the mark, its letters apart or not; in small letters too where the letterhead is. */
function alone(line: string, inHead: boolean): string | null {
  if (line.length > 60) return null;
  const letters = line.replace(/[[\](){}<>"“”'.:•–—\s-]+/gu, '');
  if (letters.length > 8) return null;
  const capitals = letters.toUpperCase();
  // Scanned letters lose their dot: "MÂT".
  return /^(?:TUYỆT|TUYÊT|TỐI|TÔI)?M[ẬÂ]T$/u.test(capitals) && (inHead || letters === capitals)
    ? capitals
    : null;
}

function markOf(written: string): SecrecyMark {
  const letters = written.toUpperCase();
  if (letters.startsWith('TUY')) return 'TUYỆT MẬT';
  return letters.startsWith('T') ? 'TỐI MẬT' : 'MẬT';
}
