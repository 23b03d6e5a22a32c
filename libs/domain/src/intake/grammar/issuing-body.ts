import { isCapitals } from './paragraphs';

const levels = 'tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu';
const motto = /CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG SẢN|Độc lập|^\*+$/u;

/** The body that issues: from the letterhead, else from the office named in the title and the place. Null when neither says. */
export function readIssuingBody(
  head: readonly string[],
  title: string,
  texts: readonly string[],
  place: string | null,
): string | null {
  const lines = head
    .filter((line) => isCapitals(line) && !motto.test(line) && !/^Số|^SỐ/u.test(line))
    .map((line) => line.trim());
  const letterhead = readLetterhead(lines, texts);
  if (letterhead !== null) return letterhead;
  const all = texts.join('\n');
  const level =
    new RegExp(`UBND (${levels})`, 'u').exec(title)?.[1] ??
    new RegExp(`UBND (${levels})`, 'u').exec(all)?.[1];
  if (level === undefined) return null;
  const territory =
    mostFrequent(
      all,
      new RegExp(
        `(?<!\\p{L}|[Cc]hủ tịch UBND )${level} (\\p{Lu}[\\p{Ll}\\p{M}]+(?: \\p{Lu}[\\p{Ll}\\p{M}]+){0,2})`,
        'gu',
      ),
    ) ?? place;
  return territory === null ? null : `UBND ${level} ${territory}`;
}

function readLetterhead(lines: readonly string[], texts: readonly string[]): string | null {
  const committee = lines.findIndex((line) => /^(?:[ỦUU]Ỷ|ỦY) BAN NHÂN DÂN|^UBND/u.test(line));
  const own = lines[lines.length - 1];
  if (own === undefined) return null;
  if (committee >= 0) {
    const named = new RegExp(`(${levels.toUpperCase()})\\s+(.+)$`, 'u');
    const joined = [lines[committee] ?? '', lines[committee + 1] ?? ''].join(' ').trim();
    const territory = named.exec(lines[committee] ?? '') ?? named.exec(joined);
    const last = lines[lines.length - 1] ?? '';
    const department = lines
      .slice(committee + 1)
      // "VĂN PHÒNG" by itself is that of the committee above it.
      .find((line) => /^(?:SỞ|PHÒNG|BAN|CHI CỤC|TRUNG TÂM|VĂN PHÒNG(?= )|THANH TRA)(?!\p{L})/u.test(line));
    if (department !== undefined) return asWritten(department, texts);
    if (territory !== null)
      return `UBND ${(territory[1] ?? '').toLowerCase()} ${titleCase(territory[2] ?? '')}`;
    return last.length > 4 ? null : null;
  }
  const party = lines.find((line) => /^(?:TỈNH|HUYỆN|THÀNH|THỊ|QUẬN|ĐẢNG) (?:ỦY|UỶ)/u.test(line));
  if (party !== undefined) {
    const [first = '', , ...rest] = party.split(/\s+/u);
    const territory = rest.join(' ');
    const level = new RegExp(`^(${levels.toUpperCase()})\\s+(.+)$`, 'u').exec(territory);
    const named =
      level === null
        ? titleCase(territory)
        : `${(level[1] ?? '').toLowerCase()} ${titleCase(level[2] ?? '')}`;
    return `${first.charAt(0)}${first.slice(1).toLowerCase()} ủy ${named}`.trim();
  }
  return /^(?:SỞ|PHÒNG|BAN|BỘ|CỤC|TỔNG CỤC|CHI CỤC|TRUNG TÂM|THANH TRA|VĂN PHÒNG(?= ))(?!\p{L})/u.test(own)
    ? asWritten(own, texts)
    : null;
}

/** Capitals tell nothing of small letters: the form used in the text is taken, else the capitals stay. */
function asWritten(capitals: string, texts: readonly string[]): string {
  const wanted = capitals.toLowerCase();
  for (const text of texts) {
    const at = text.toLowerCase().indexOf(wanted);
    const words = at < 0 ? '' : text.slice(at, at + capitals.length);
    if (words !== '' && !isCapitals(words)) return words;
  }
  const [first = '', ...rest] = capitals.toLowerCase().split(' ');
  const words = rest.join(' ').replace(/(?:^|(?<=và |, |- |– ))\p{Ll}/gu, (letter) => letter.toUpperCase());
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${words}`.trim();
}

function titleCase(words: string): string {
  return words
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
}

function mostFrequent(text: string, pattern: RegExp): string | null {
  const counts = new Map<string, number>();
  for (const match of text.matchAll(pattern)) {
    const found = match[1] ?? '';
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
