import { type CivilDate } from '../../working-time/civil-date';
import { readCitedDocuments } from './cited-documents';
import { civilDay } from './civil-day';
import { type DocumentFacts, type DocumentType } from './intake-result';
import { readIssuingBody } from './issuing-body';
import { readUrgency, splitLetterhead } from './letterhead';
import { readSignature } from './signature';
import { type Section } from './structure';

/** The notice's own data and where its parts lie among the sections. */
export interface ReadDocument {
  readonly facts: DocumentFacts;
  /** Year for dates that name none; of the meeting, else of the issue, else of the title. */
  readonly year: number | null;
  /** The earlier of the days of meeting and issue: no deadline lies before it. */
  readonly day: CivilDate | null;
  /** First section of the body, behind letterhead, title and preamble. */
  readonly bodyStart: number;
  /** First section behind the body: recipients or signature. */
  readonly bodyEnd: number;
}

const typeTitles: readonly (readonly [pattern: RegExp, type: DocumentType])[] = [
  [/^THÔNG BÁO(?: KẾT LUẬN)?(?!\p{L})/u, 'thong_bao'],
  [/^KẾT LUẬN(?!\p{L})/u, 'ket_luan'],
  [/^BÁO CÁO(?!\p{L})/u, 'bao_cao'],
  [/^BIÊN BẢN(?!\p{L})/u, 'bien_ban'],
  [/^CHỈ THỊ(?!\p{L})/u, 'chi_thi'],
  [/^CÔNG ĐIỆN(?!\p{L})/u, 'cong_dien'],
  [/^KẾ HOẠCH(?!\p{L})/u, 'ke_hoach'],
  [/^NGHỊ QUYẾT(?!\p{L})/u, 'nghi_quyet'],
  [/^QUYẾT ĐỊNH(?!\p{L})/u, 'quyet_dinh'],
  [/^TỜ TRÌNH(?!\p{L})/u, 'to_trinh'],
  [/^GIẤY MỜI(?!\p{L})/u, 'giay_moi'],
  [/^THƯ (?:KHEN|CHÚC|MỜI|NGỎ|CẢM ƠN)/u, 'thu'],
];

const typeCodes: Readonly<Record<string, DocumentType>> = {
  TB: 'thong_bao',
  KL: 'ket_luan',
  BC: 'bao_cao',
  BB: 'bien_ban',
  CT: 'chi_thi',
  CĐ: 'cong_dien',
  KH: 'ke_hoach',
  NQ: 'nghi_quyet',
  QĐ: 'quyet_dinh',
  TTR: 'to_trinh',
  GM: 'giay_moi',
  UBND: 'cong_van',
  CV: 'cong_van',
};

/** "…kết luận và chỉ đạo như sau:" – the words that open the body. */
const opening =
  /(?:kết luận|ý kiến|chỉ đạo|yêu cầu|thống nhất|phân công|giao|báo cáo|quyết nghị)[^.;]{0,120}:$|(?:như sau|sau đây|sau)\s*:$/iu;
const signatureLine = /^(?:TL|KT|TM|TUQ|T\/M|T\/L|K\/T)\.?\s*\p{Lu}{2,}/u;

export function readDocumentFacts(sections: readonly Section[]): ReadDocument {
  const texts = sections.map((section) => section.content.text);
  const recipientsAt = texts.findIndex((text) => /^nơi nhận/iu.test(text));
  const signedAt = texts.findIndex((text, index) => signatureLine.test(text) && index > sections.length / 3);
  const ends = [recipientsAt, signedAt].filter((index) => index >= 0);
  const bodyEnd = ends.length === 0 ? sections.length : Math.min(...ends);
  const titleAt = texts.findIndex(
    (text, index) => index < bodyEnd && index < 16 && typeTitles.some(([pattern]) => pattern.test(text)),
  );
  const head = splitLetterhead(texts.slice(0, titleAt < 0 ? Math.min(bodyEnd, 8) : titleAt));
  const number = readNumber(head);
  const titles = titleAt < 0 ? '' : texts.slice(titleAt, Math.min(titleAt + 4, bodyEnd)).join('\n');
  const type = readType(texts[titleAt] ?? '', titles, number.code, texts.slice(0, Math.min(20, bodyEnd)));
  const bodyStart = findBodyStart(sections, titleAt, bodyEnd, type);
  const preamble = texts.slice(titleAt < 0 ? 0 : titleAt + 1, Math.max(bodyStart, titleAt + 3)).join('\n');
  const issued = readIssueDate(head);
  const concludes = type === 'thong_bao_ket_luan' || type === 'ket_luan' || type === 'bien_ban';
  const meetingOn = concludes ? readMeetingDay(preamble) : null;
  const { signer, signerRole, recipients } = readSignature(texts, recipientsAt, signedAt);
  return {
    facts: {
      number: number.value,
      type,
      issuingBody: type === null ? null : readIssuingBody(head, titles, texts, issued.place),
      issuedOn: issued.day,
      meetingOn,
      chair: type === 'thong_bao_ket_luan' ? readChair(preamble) : null,
      signer,
      signerRole,
      recipients,
      urgency: readUrgency(head),
      citedDocuments: readCitedDocuments(texts.slice(titleAt < 0 ? 0 : titleAt, bodyEnd)),
    },
    year: yearOf(meetingOn) ?? yearOf(issued.day) ?? issued.year ?? readTitleYear(titles),
    day: [meetingOn, issued.day].filter((day) => day !== null).sort()[0] ?? null,
    bodyStart,
    bodyEnd,
  };
}

/** By its number ("12-TB/HU", "88/TB-HĐND"), else by the body that issued it. */
export function isOfParty({ number, issuingBody }: DocumentFacts): boolean {
  if (number !== null) return /-\p{L}+\/\p{L}+$|HĐND$/u.test(number);
  return (
    /(?:ủy|uỷ|HĐND|Hội đồng nhân dân)(?:\s|$)/u.test(issuingBody ?? '') &&
    !(issuingBody ?? '').includes('UBND')
  );
}

function readNumber(head: readonly string[]): { value: string | null; code: string | null } {
  for (const line of head) {
    const party = /(?:^|\s)Số\s*:?\s*(\d{1,5})?\s*[-–]\s*(\p{L}{1,5})\s*\/\s*(\p{L}{1,8})/u.exec(line);
    if (party !== null)
      return {
        value: party[1] === undefined ? null : `${party[1]}-${party[2] ?? ''}/${party[3] ?? ''}`,
        code: party[2] ?? null,
      };
    const state =
      /(?:^|\s)Số\s*:?\s*(\d{1,5})?\s*\/\s*(?:(\d{4})\s*\/\s*)?(\p{L}{1,6})\s*[-–]?\s*([\p{L}\d&.-]*)/u.exec(
        line,
      );
    if (state === null) continue;
    const [, digits, year, code, body] = state;
    const symbol = `${year === undefined ? '' : `${year}/`}${code ?? ''}${body === undefined || body === '' ? '' : `-${body}`}`;
    return { value: digits === undefined ? null : `${digits}/${symbol}`, code: code ?? null };
  }
  return { value: null, code: null };
}

function readType(
  title: string,
  titles: string,
  code: string | null,
  opening: readonly string[],
): DocumentType | null {
  const named =
    typeTitles.find(([pattern]) => pattern.test(title))?.[1] ?? typeCodes[(code ?? '').toUpperCase()] ?? null;
  if (named !== 'thong_bao' && named !== null) return named;
  // A letter has no name of its kind: its symbol is that of the office that wrote it.
  if (named === null && code !== null && opening.some((text) => /^(?:V\/v|Kính gửi)(?!\p{L})/u.test(text)))
    return 'cong_van';
  const concludes =
    /kết luận|ý kiến (?:chỉ đạo|kết luận)|chỉ đạo của/iu.test(titles) ||
    // The title may be lost in scanning or pasting; "… kết luận như sau:" says the same.
    opening.some((text) => /kết luận[^.;]{0,80}:$/iu.test(text));
  return concludes ? 'thong_bao_ket_luan' : named;
}

function findBodyStart(
  sections: readonly Section[],
  titleAt: number,
  bodyEnd: number,
  type: DocumentType | null,
): number {
  if (titleAt < 0 && type === null) return 0;
  const from = Math.max(0, titleAt + 1);
  for (let index = from; index < bodyEnd; index += 1) {
    const section = sections[index];
    if (section === undefined) break;
    if (section.style === 'paragraph' && opening.test(section.content.text)) return index + 1;
    if (/^(?:roman|capital|number|part|article|row)$/u.test(section.style)) return index;
  }
  return Math.min(from + 1, bodyEnd);
}

function readIssueDate(head: readonly string[]): {
  day: string | null;
  place: string | null;
  year: number | null;
} {
  for (const line of head) {
    const match =
      /(?:^|\s)(\p{Lu}[\p{L}\s.-]{1,40}),\s*ngày\s*(\d{1,2}|\.{2,}|…+)?\s*tháng\s*(\d{1,2}|\.{2,}|…+)?\s*năm\s*(\d{4})/u.exec(
        line,
      );
    if (match === null) continue;
    return {
      day: civilDay(match[2], match[3], match[4]),
      place: match[1]?.trim() ?? null,
      year: Number(match[4]),
    };
  }
  return { day: null, place: null, year: null };
}

const dayPattern =
  /(?:[Nn]gày|[Ss]áng|[Cc]hiều)\s*(?:ngày\s*)?(\d{1,2})\s*(?:[/.-]|\s*tháng\s*)(\d{1,2})\s*(?:[/.-]|\s*năm\s*)(\d{4})/gu;

/** The day named together with the meeting, not one of a cited document. */
function readMeetingDay(preamble: string): string | null {
  for (const match of preamble.matchAll(dayPattern)) {
    const before = preamble.slice(Math.max(0, match.index - 40), match.index);
    if (/số\s*:?\s*\d[\d/\p{L}-]*[\s,]*$/u.test(before)) continue;
    const reach = preamble.slice(Math.max(0, match.index - 1_500), match.index + 260);
    const here = Math.min(match.index, 1_500);
    const sentence = reach.slice(Math.max(0, reach.lastIndexOf('\n', here)));
    if (/họp|hội nghị|chủ trì|làm việc|kiểm tra|phiên|buổi/iu.test(sentence))
      return civilDay(match[1], match[2], match[3]);
  }
  return null;
}

const name = String.raw`((?!(?:Sở|Phòng|Ban|Bộ|Cục|Ủy|Chi|Trung|Hội)\s)(?:[AYHK](?:['’]\p{Ll}+)?\s\p{Lu}[\p{Ll}\p{M}]+(?:\s\p{Lu}[\p{Ll}\p{M}]*){0,3}|\p{Lu}[\p{Ll}\p{M}]+(?:\s\p{Lu}[\p{Ll}\p{M}]*){1,4}))`;
const office = String.raw`(?:Phó )?(?:Chủ tịch|Bí thư|Giám đốc|Thủ tướng|Bộ trưởng|Thứ trưởng|Trưởng|Chánh|Chủ nhiệm)`;
const officeTail = String.raw`(?:\s(?!tại|chủ trì|về)(?:UBND|HĐND|Sở|Chính phủ|Thường trực|[Tt]ỉnh|[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hành phố|[Tt]hị (?:xã|trấn)|[Qq]uận|[Đđ]ặc khu|[Pp]hòng|[Bb]an|ủy|phụ trách|điều hành|nhân dân|[UỦ]y ban|Uỷ ban|Ủy ban|(?!\p{Lu}[\p{Ll}\p{M}]*\s(?:Thị|Văn|Đình|Hữu)\s)\p{Lu}[\p{Ll}\p{M}]*(?=\s\p{Lu}[\p{Ll}\p{M}]*\s\p{Lu}[\p{Ll}\p{M}]*\s\p{Lu})))`;
const chairPatterns = [
  // "dưới sự chủ trì của đồng chí Trần Văn An, Bí thư Thị ủy".
  new RegExp(String.raw`chủ trì của\s(?:đồng chí|ông|bà)\s${name}\s*[,–-]\s*${office}`, 'u'),
  // "dưới sự chủ trì của Chủ tịch UBND tỉnh Trần Văn An": behind the office nothing but the name.
  new RegExp(
    String.raw`chủ trì của\s(?:đồng chí\s|ông\s|bà\s)?${office}${officeTail}{0,6}\s*[-–,]?\s*${name}(?=\s*(?:[,.;:–-]|để|nhằm|với|và)(?:\s|$))`,
    'u',
  ),
  new RegExp(
    String.raw`(?:[Kk]ết luận|[Cc]hỉ đạo)(?: chỉ đạo| kết luận)? của\s(?:đồng chí\s|ông\s|bà\s)?${name}\s*[,–-]\s*${office}`,
    'u',
  ),
  new RegExp(
    String.raw`(?:đồng chí|ông|bà|Đồng chí|Ông|Bà)\s${name}\s*[,–-]\s*${office}[^.;]{0,120}?chủ trì`,
    'u',
  ),
  new RegExp(String.raw`Giám đốc Sở\s${name}(?=\s(?:chủ trì|tại|về|đã|kết luận))`, 'u'),
  new RegExp(String.raw`Giám đốc Sở(?:\s[\p{L}-]+){1,8}?\s${name}(?=\s(?:chủ trì|tại|về|đã|kết luận))`, 'u'),
  new RegExp(
    String.raw`của\s(?:đồng chí\s|ông\s|bà\s)?${office}${officeTail}{0,4}\s*[-–,]?\s*${name}\s+(?:tại|về|chủ trì)`,
    'u',
  ),
  new RegExp(
    String.raw`(?:đồng chí|ông|bà|Đồng chí|Ông|Bà)\s${name}\s*[,–-]\s*${office}[^.;]{0,120}?chủ trì`,
    'u',
  ),
  new RegExp(
    String.raw`${office}${officeTail}{0,4}\s*[-–,]?\s*${name}(?=[^.;]{0,80}?(?:chủ trì|kết luận|đã kiểm tra))`,
    'u',
  ),
];

function readChair(preamble: string): string | null {
  for (const pattern of chairPatterns) {
    const found = pattern.exec(preamble)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

function readTitleYear(titles: string): number | null {
  const found = /năm\s+(20\d{2})/u.exec(titles)?.[1];
  return found === undefined ? null : Number(found);
}

function yearOf(day: string | null): number | null {
  return day === null ? null : Number(day.slice(0, 4));
}
