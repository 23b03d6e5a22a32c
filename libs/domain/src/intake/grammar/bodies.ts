import { agencyHeads, collectives, levelWords, nameTails, nameWords, officeHeads } from './body-words';
import { clearPredicate, matchAt, predicate } from './order-words';

/** A body or office-holder as written, with its place in the text it was read from. */
export interface Body {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `collective`: names no agency that could be followed by itself ("các cơ quan, đơn vị"). */
  readonly kind: 'agency' | 'office' | 'person' | 'collective';
  /** Names behind a category head: "các Bộ: A, B" holds two. */
  readonly members: number;
}

const notLetter = '(?![\\p{L}\\p{M}])';
const quantifier = /(?:các|toàn thể|toàn bộ|mỗi|từng|một số|cả|tất cả(?: các)?|những)\s+/iuy;
const comrade = /(?:các\s+)?(?:đồng chí|đ\/c|ông|bà)\s+/iuy;
const personName = /\p{Lu}[\p{Ll}\p{M}]+(?:\s+\p{Lu}[\p{Ll}\p{M}]*){1,4}/uy;
const agencyHead = new RegExp(
  `(?:VP${notLetter}|${agencyHeads.map((head) => `(?:${head})${/[)?]$|\\p\{Lu\}\)?$/u.test(head) ? '' : notLetter}`).join('|')})`,
  'uy',
);
const officeHead = new RegExp(`(?:${officeHeads.join('|')})${notLetter}`, 'uy');
const collective = new RegExp(collectives.source, 'iuy');
const collectiveJoin = /\s*(?:,\s*và\s+|,\s*|\/|\s+và\s+|\s+)(?:các\s+|từng\s+)?/uy;
const lowerName = new RegExp(
  `(?:${[...nameWords].sort((a, b) => b.length - a.length).join('|')})${notLetter}`,
  'iuy',
);
const tail = new RegExp(`(?:${nameTails.join('|')})${notLetter}`, 'uy');
const level = new RegExp(`${levelWords}${notLetter}`, 'uy');
/** "xã, thị trấn" is one territory; "xã và các thôn" is two. */
const levelList = new RegExp(
  `(?:\\s*,\\s*(?:các )?|\\s*/\\s*|\\s+và\\s+)${levelWords.replace('(?:các )?', '')}${notLetter}(?!\\s+\\p{Lu})`,
  'uy',
);
const capital = /(?:\p{Lu}|\d)[\p{L}\p{M}\p{N}.&/]*/uy;
const syllable = /\p{Ll}[\p{Ll}\p{M}]*/uy;
const space = /\s+/uy;
const dash = /\s*[-–—]\s*/uy;
const andWord = /\s+(?:và|&)\s+|\s*&\s*/uy;
const comma = /\s*,\s*/uy;
const listJoin = /\s*(?:,\s*và\s+|,\s*|;\s*|\s+và\s+|\s+cùng\s+(?:với\s+)?|\s+với\s+)/uy;
const territoryHead = /^(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu) $/u;
/** Heads that are whole names by themselves. */
const standsAlone =
  /^(?:UBND|HĐND|Chính phủ|Quốc hội|Mặt trận|MTTQ|UBMTTQVN|BHXH|[Nn]hà thầu.*|[Cc]hủ đầu tư|Văn phòng|VP|[Tt]ổ công tác|.*(?:ủy|uỷ)|.*đoàn|[Tt]hường trực|[Bb]an .*|[Đđ]ơn vị .*|[Tt]ư vấn .*|[Kk]ho bạc|[Cc]ông an|Điện lực|[Cc]hi bộ|Đảng bộ|Đảng đoàn|Viện .*|Tòa án|Toà án|Bưu điện|VKSND|TAND|[Cc]hi cục|Hạt .*|Bộ [Cc]hỉ huy|[Đđ]ồn [Bb]iên phòng)$/u;

/** Reads one body at `index`, or null when there is none. */
export function readBody(text: string, index: number, depth = 0): Body | null {
  if (depth > 3) return null;
  const who = matchAt(comrade, text, index);
  if (who !== null) return readComrade(text, index, index + who[0].length, depth);
  const many = matchAt(quantifier, text, index);
  const from = index + (many?.[0].length ?? 0);
  const office = readOffice(text, index, from, depth);
  if (office !== null) return office;
  const head = matchAt(agencyHead, text, from);
  const group = matchAt(collective, text, from);
  if (group !== null && (many !== null || isBareCollective(text, from, group[0]))) {
    const list = many === null ? null : readCategoryList(text, index, from + group[0].length);
    if (list !== null) return list;
    if (head === null || !/^\p{Lu}/u.test(head[0]))
      return readCollective(text, index, from + group[0].length);
  }
  if (head === null) return null;
  const headEnd = from + head[0].length;
  const end = readName(text, headEnd, head[0]);
  const name = text.slice(from, end);
  if (end === headEnd && !standsAlone.test(head[0])) {
    return group !== null && many !== null ? readCollective(text, index, from + group[0].length) : null;
  }
  const list = readCategoryList(text, index, end);
  if (list !== null) return list;
  const several = many !== null || new RegExp(`\\bcác\\s`, 'u').test(name);
  return body(text, index, end, several ? 'collective' : 'agency');
}

/** Reads bodies joined by commas or "và". */
export function readBodies(text: string, index: number): readonly Body[] {
  const bodies: Body[] = [];
  let at = index;
  for (;;) {
    const next = readBody(text, at);
    if (next === null) break;
    bodies.push(next);
    const join = matchAt(listJoin, text, skipBracket(text, next.end));
    if (join === null) break;
    at = join.index + join[0].length;
  }
  return bodies;
}

/** Where a bracket that explains the name ends; the name itself stops before it. */
export function skipBracket(text: string, index: number): number {
  const match = matchAt(/\s*\([^()]{1,60}\)/uy, text, index);
  return match === null ? index : index + match[0].length;
}

const firstSyllables = new Set(
  nameWords.flatMap((word) => (/^\p{L}+ \p{L}/u.test(word) ? [word.split(' ')[0] ?? ''] : [])),
);
const wholeWords = new Set(nameWords.filter((word) => /^\p{L}+$/u.test(word)));

/** A name that ends in half a word ("Phòng Lao động - Thương binh và Xã"): the page or the scan lost the rest. */
export function isCutShort(name: string): boolean {
  if (/\s(?:và|[-–—])$/u.test(name)) return true;
  if (!/^(?:Phòng|phòng|Sở|Bộ|Ban|Trung tâm)\s/u.test(name)) return false;
  const last = /\s(\p{Lu}[\p{Ll}\p{M}]*)$/u.exec(name)?.[1]?.toLowerCase();
  return last !== undefined && firstSyllables.has(last) && !wholeWords.has(last);
}

function body(text: string, start: number, end: number, kind: Body['kind'], members = 1): Body {
  const words = text.slice(start, end).trimEnd();
  return { text: words, start, end: start + words.length, kind, members };
}

function readComrade(text: string, start: number, from: number, depth: number): Body | null {
  const name = matchAt(personName, text, from);
  if (name !== null && matchAt(officeHead, text, from) === null && matchAt(agencyHead, text, from) === null) {
    const end = from + name[0].length;
    const join = matchAt(/\s*[,–-]\s*/uy, text, end);
    const office =
      join === null ? null : readOffice(text, end + join[0].length, end + join[0].length, depth + 1);
    return body(text, start, office?.end ?? end, 'person');
  }
  const office = readBody(text, from, depth + 1);
  if (office === null) return null;
  return body(text, start, office.end, /^các\s/iu.test(text.slice(start)) ? 'collective' : 'office');
}

function readOffice(text: string, start: number, from: number, depth: number): Body | null {
  const head = matchAt(officeHead, text, from);
  if (head === null) return null;
  let at = from + head[0].length;
  const gap = matchAt(space, text, at);
  if (gap === null) return /^(?:Thủ tướng|Bí thư)$/u.test(head[0]) ? body(text, start, at, 'office') : null;
  const inner = readBody(text, at + gap[0].length, depth + 1);
  if (inner !== null) {
    at = inner.end;
    const plural = start !== from || inner.kind === 'collective';
    return body(text, start, at, plural ? 'collective' : 'office');
  }
  const name = matchAt(personName, text, at + gap[0].length);
  if (name !== null) return body(text, start, at + gap[0].length + name[0].length, 'person');
  const end = readName(text, at, head[0]);
  return end > at ? body(text, start, end, start === from ? 'office' : 'collective') : null;
}

/** "đơn vị liên quan" without "các" is a doer only with its tail, or with a capital at the head of a sentence before a list. */
function isBareCollective(text: string, from: number, word: string): boolean {
  const after = from + word.length;
  if (/^\s+(?:có |được )?liên quan/u.test(text.slice(after, after + 20))) return true;
  return /^(?:Cơ quan|Đơn vị|Các)/u.test(word) && /^\s*,/u.test(text.slice(after, after + 3));
}

function readCollective(text: string, start: number, index: number): Body {
  let end = index;
  for (;;) {
    const name = readName(text, end, '');
    if (name > end) {
      end = name;
      continue;
    }
    const join = matchAt(collectiveJoin, text, end);
    if (join === null) break;
    const next = matchAt(collective, text, end + join[0].length);
    if (next === null) break;
    // "các phòng, Công an xã": what carries a capital is a name of its own.
    if (/^\p{Lu}/u.test(next[0])) break;
    end += join[0].length + next[0].length;
  }
  return body(text, start, end, 'collective');
}

/** "các Bộ: Công an, Tài chính": a category head and the names behind it, kept as one stretch of the notice. */
function readCategoryList(text: string, start: number, index: number): Body | null {
  const colon = matchAt(/\s*:\s*(?=\p{Lu})/uy, text, index);
  if (colon === null || !/(?:^|\s)các\s/iu.test(text.slice(start, index))) return null;
  let at = index + colon[0].length;
  let end = at;
  let members = 0;
  for (;;) {
    const named = matchAt(agencyHead, text, at);
    if (named !== null && members > 0 && !territoryHead.test(named[0])) break;
    const next = readName(
      text,
      at + (named !== null && territoryHead.test(named[0]) ? named[0].length : 0),
      'các',
      true,
    );
    if (next === at) break;
    members += 1;
    end = next;
    const join = matchAt(/\s*,\s*|\s+và\s+/uy, text, end);
    if (join === null) break;
    at = end + join[0].length;
  }
  return members === 0 ? null : body(text, start, end, 'collective', members);
}

/** Reads on from a head to where the name ends. `single`: commas end it. */
function readName(text: string, index: number, head: string, single = false): number {
  let end = index;
  let last = head;
  let atWord = single || /[\s.]$/u.test(head);
  for (;;) {
    const gap = matchAt(space, text, end);
    const at = atWord ? end : end + (gap?.[0].length ?? 0);
    const step =
      (atWord || gap !== null ? readNameWord(text, at, last) : null) ??
      (single ? readDash(text, end) : readJoint(text, end, head, last)) ??
      (single || gap === null || head === '' ? null : readUnknownWords(text, end));
    if (step === null) return end;
    last = text.slice(at, step).trim();
    end = step;
    atWord = false;
  }
}

function readNameWord(text: string, at: number, last: string): number | null {
  const placed = levelEnd.test(last) || /^(?:UBND|HĐND)$/u.test(last);
  const known = placed && !/^\p{Lu}/u.test(text.charAt(at)) ? null : matchAt(lowerName, text, at);
  const capitalised = /^\p{Lu}/u.test(text.charAt(at));
  // A known field in small letters is part of the name only where no verb is meant ("kiểm tra", "quản lý", "tổ chức").
  if (known !== null && (capitalised || isNotVerb(text, at, known[0]))) return at + known[0].length;
  const ending = matchAt(tail, text, at);
  if (ending !== null) return at + ending[0].length;
  const territory = matchAt(level, text, at);
  if (territory !== null) return readLevels(text, at + territory[0].length);
  const word = matchAt(capital, text, at);
  if (word !== null) {
    const end = at + word[0].replace(/[./&]+$/u, '').length;
    return capitalised
      ? readSecondSyllable(text, end)
      : /^(?:số|Quân khu|khu vực|Tổ|THCS|khóa)$/iu.test(last)
        ? end
        : null;
  }
  const of = matchAt(/(?:các|nhà nước|của)\s+(?=\p{Lu})/uy, text, at);
  if (of !== null && !of[0].startsWith('của')) return at + of[0].length - 1;
  return null;
}

function isNotVerb(text: string, at: number, word: string): boolean {
  if (matchAt(predicate, text, at) === null) return true;
  // The name goes on: "Văn phòng điều phối xây dựng nông thôn mới chủ động …".
  return (
    /\s/u.test(word) &&
    matchAt(predicate, text, at)?.[0] !== word &&
    !/^(?:thanh tra|giám sát|kiểm tra)$/u.test(word)
  );
}

/** Field words are capitalised on their first syllable only: "Kiểm soát", but not "Kế | tiếp thu". */
function readSecondSyllable(text: string, end: number): number {
  const gap = matchAt(/ /uy, text, end);
  if (gap === null) return end;
  const at = end + 1;
  if (matchAt(level, text, at) !== null) return end;
  const word = matchAt(syllable, text, at);
  if (word === null || stopSyllables.has(word[0])) return end;
  const verb = matchAt(predicate, text, at);
  // One syllable that could be a verb is the second half of a word when a verb follows it: "Kiểm thu | tổng hợp".
  if (verb !== null && (verb[0] !== word[0] || matchAt(predicate, text, at + word[0].length + 1) === null))
    return end;
  return reachClearPredicate(text, at + word[0].length) ?? at;
}

const levelEnd = new RegExp(`(?:^|\\s)${levelWords}$`, 'u');

const stopSyllables = new Set(
  'ngày tháng quý năm kỳ giờ và với các của cho là đã đang sẽ được bị có tại trong theo về để từ đến do khi nếu cùng hoặc tiếp thì mà như những này trên dưới vào ra lên xuống'.split(
    ' ',
  ),
);

/** Up to three more small-letter syllables when a clear predicate stands right behind them. */
function reachClearPredicate(text: string, index: number, strict = false): number | null {
  let end = index;
  for (let count = 0; count < 4; count += 1) {
    const gap = matchAt(space, text, end);
    if (gap === null) return !strict && /^[,:;.)]|^$/u.test(text.charAt(end)) && count === 0 ? end : null;
    const at = end + gap[0].length;
    if (matchAt(clearPredicate, text, at) !== null) return end;
    if (
      !strict &&
      count === 0 &&
      (matchAt(predicate, text, at) ?? matchAt(level, text, at) ?? matchAt(/\p{Lu}/uy, text, at)) !== null
    )
      return end;
    const word = matchAt(syllable, text, at);
    if (word === null || stopSyllables.has(word[0])) return count === 0 && !strict ? end : null;
    end = at + word[0].length;
  }
  return null;
}

/** "Ban Quản lý cảng cá tăng cường …": words of no list, up to a verb that cannot be part of a name. */
function readUnknownWords(text: string, index: number): number | null {
  const word = matchAt(/\s+(\p{Ll}[\p{Ll}\p{M}]*)/uy, text, index);
  if (word === null || stopSyllables.has(word[1] ?? '')) return null;
  const at = index + word[0].length - (word[1] ?? '').length;
  if (matchAt(predicate, text, at) !== null || matchAt(level, text, at) !== null) return null;
  return reachClearPredicate(text, index + word[0].length, true);
}

function readLevels(text: string, index: number): number {
  let end = index;
  for (;;) {
    const more = matchAt(levelList, text, end);
    if (more === null) return end;
    end += more[0].length;
  }
}

function readDash(text: string, end: number): number | null {
  const join = matchAt(dash, text, end);
  if (join === null) return null;
  const at = end + join[0].length;
  return matchAt(lowerName, text, at) === null ? null : readNameWord(text, at, '');
}

/** What may join two words of one name: a dash, a comma or "và". */
function readJoint(text: string, end: number, head: string, last: string): number | null {
  const hyphen = matchAt(dash, text, end);
  if (hyphen !== null && /^\s*[-–—]/u.test(hyphen[0])) {
    const at = end + hyphen[0].length;
    if (matchAt(officeHead, text, at) !== null || matchAt(agencyHead, text, at) !== null) return null;
    return matchAt(lowerName, text, at) !== null || matchAt(capital, text, at) !== null
      ? readNameWord(text, at, '')
      : null;
  }
  const and = matchAt(andWord, text, end);
  if (and !== null) {
    const at = end + and[0].length;
    const twin =
      /^(?:Chánh )?(?:Văn phòng|VP|Chánh|Phó Chánh)/iu.test(head) &&
      /(?:HĐND|ĐBQH|Hội đồng nhân dân|Quốc hội)(?: huyện| tỉnh| xã)?$/u.test(text.slice(0, end));
    if (!twin && (readHeadAt(text, at) || matchAt(quantifiedCollective, text, at) !== null)) return null;
    const ofSeveral = matchAt(/các\s+(?=\p{Lu})/uy, text, at);
    return readNameWord(text, ofSeveral === null ? at : at + ofSeveral[0].length, last);
  }
  if (head === '') return null;
  const pause = matchAt(comma, text, end);
  if (pause === null || !/^(?:Sở|Bộ|[Pp]hòng|[Tt]rung tâm|Ban|P\.)/u.test(head)) return null;
  const at = end + pause[0].length;
  if (readHeadAt(text, at) || matchAt(lowerName, text, at) === null || !/^\p{Lu}/u.test(text.charAt(at)))
    return null;
  return readNameWord(text, at, last);
}

const quantifiedCollective = new RegExp(`(?:các|những|một số)\\s+${collectives.source}`, 'iuy');

function readHeadAt(text: string, at: number): boolean {
  return (
    matchAt(agencyHead, text, at) !== null ||
    matchAt(officeHead, text, at) !== null ||
    matchAt(comrade, text, at) !== null
  );
}
