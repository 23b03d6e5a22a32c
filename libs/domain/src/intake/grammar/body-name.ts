import { agencyHead, comrade, notLetter, officeHead } from './body-heads';
import { nameTails, nameWords } from './name-words';
import { clearPredicate, matchAt, predicate } from './order-words';
import { collectives, levelWords } from './territory-words';

const lowerName = new RegExp(
  `(?:${[...nameWords].sort((a, b) => b.length - a.length).join('|')})${notLetter}`,
  'iuy',
);
const tail = new RegExp(`(?:${nameTails.join('|')})${notLetter}`, 'uy');
const level = new RegExp(`${levelWords}${notLetter}`, 'uy');
/** "xã, thị trấn" is one territory; "xã và các thôn" is two. */
const levelList = new RegExp(
  `(?:\\s*,\\s*(?:các )?|\\s*/\\s*|\\s+và\\s+)${levelWords.replace('(?:các |\\d{1,3} )?', '')}${notLetter}(?!\\s+\\p{Lu})`,
  'uy',
);
const capital = /(?:\p{Lu}|\d)[\p{L}\p{M}\p{N}.&/]*/uy;
const syllable = /\p{Ll}[\p{Ll}\p{M}]*/uy;
const space = /\s+/uy;
const dash = /\s*[-–—]\s*/uy;
const andWord = /\s+(?:và|&)\s+|\s*&\s*/uy;
const comma = /\s*,\s*/uy;

/** Reads on from a head to where the name ends. `single`: commas end it. */
export function readName(text: string, index: number, head: string, single = false): number {
  let end = index;
  let last = head;
  let atWord = single || /[\s.]$/u.test(head);
  for (;;) {
    const gap = matchAt(space, text, end);
    const at = atWord ? end : end + (gap?.[0].length ?? 0);
    const step =
      (atWord || gap !== null ? readNameWord(text, at, last) : null) ??
      (single ? readDash(text, end) : readJoint(text, end, head, last)) ??
      (single || gap === null || head === '' ? null : readUnknownWords(text, end, head));
    if (step === null) return end;
    last = text.slice(at, step).trim();
    end = step;
    atWord = false;
  }
}

function readNameWord(text: string, at: number, last: string): number | null {
  const placed = levelEnd.test(last) || /^(?:UBND|HĐND)$/u.test(last);
  const known =
    placed && !/^(?:\p{Lu}|số \d)/u.test(text.slice(at, at + 6)) ? null : matchAt(lowerName, text, at);
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
      ? readSecondSyllable(text, at, end)
      : /^(?:số|Quân khu|khu vực|khu phố|thôn|ấp|khóm|bản|buôn|tổ dân phố|khu dân cư|đội|cụm|Tổ|THCS|khóa|cơ sở|phường|quận|Đề án|Chỉ thị|Nghị quyết)$/iu.test(
            last,
          )
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
function readSecondSyllable(text: string, start: number, end: number): number {
  // An abbreviation is whole.
  if (/^\p{Lu}{2}/u.test(text.slice(start, end)) || /^\d/u.test(text.slice(start, end))) return end;
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
  'ngày tháng quý năm kỳ giờ và với các của cho là đã đang sẽ được bị có tại trong theo về để từ đến do khi nếu cùng hoặc tiếp thì mà như những này trên dưới vào ra lên xuống sớm phải cần ngay nên không số gồm'.split(
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
function readUnknownWords(text: string, index: number, head: string): number | null {
  const word = matchAt(/\s+(\p{Ll}[\p{Ll}\p{M}]*)/uy, text, index);
  if (word === null || stopSyllables.has(word[1] ?? '')) return null;
  const at = index + word[0].length - (word[1] ?? '').length;
  if (matchAt(predicate, text, at) !== null || matchAt(level, text, at) !== null) return null;
  return (
    reachClearPredicate(text, index + word[0].length, true) ??
    (namedByField.test(head) ? reachOverField(text, index + word[0].length) : null)
  );
}

/** Bodies that are called by their field of work, however long its name is. */
const namedByField =
  /^(?:Sở|Cục|Tổng cục|Vụ|Viện|Khoa|Đội|Trạm|Hiệp hội|P\. ?|[Pp]hòng|[Cc]hi cục|[Tt]rung tâm|Ban|[Bb]an [Qq]uản lý|Hội)$/u;

/** "Phòng Quản lý kết cấu hạ tầng giao thông kiểm tra …": words of any kind, up to a verb that cannot be part of a name. */
function reachOverField(text: string, index: number): number | null {
  let end = index;
  for (let count = 0; count < 8; count += 1) {
    const gap = matchAt(/(?:,| và)? /uy, text, end);
    if (gap === null) return null;
    const at = end + gap[0].length;
    if (gap[0] === ' ' && matchAt(clearPredicate, text, at) !== null) return end;
    const known = matchAt(lowerName, text, at);
    if (known === null && matchAt(predicate, text, at) !== null) return null;
    const word = known ?? matchAt(capital, text, at) ?? matchAt(syllable, text, at);
    if (word === null || stopSyllables.has(word[0])) return null;
    end = at + word[0].length;
  }
  return null;
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

/** "Văn phòng HĐND và UBND huyện", "Văn phòng HĐND-UBND xã" serves two bodies and is one. */
function isOfficeOfBoth(text: string, end: number, head: string): boolean {
  return (
    /^(?:Chánh )?(?:Văn phòng|VP|Chánh|Phó Chánh)/iu.test(head) &&
    /(?:HĐND|ĐBQH|Hội đồng nhân dân|Quốc hội)(?: huyện| tỉnh| xã)?$/u.test(text.slice(0, end))
  );
}

/** What may join two words of one name: a dash, a comma or "và". */
function readJoint(text: string, end: number, head: string, last: string): number | null {
  const hyphen = matchAt(dash, text, end);
  if (hyphen !== null && /^\s*[-–—]/u.test(hyphen[0])) {
    const at = end + hyphen[0].length;
    if (isOfficeOfBoth(text, end, head)) return readNameWord(text, at, last);
    if (matchAt(officeHead, text, at) !== null || matchAt(agencyHead, text, at) !== null) return null;
    return matchAt(lowerName, text, at) !== null || matchAt(capital, text, at) !== null
      ? readNameWord(text, at, '')
      : null;
  }
  const and = matchAt(andWord, text, end);
  if (and !== null) {
    const at = end + and[0].length;
    if (
      !isOfficeOfBoth(text, end, head) &&
      (readHeadAt(text, at) || matchAt(quantifiedCollective, text, at) !== null)
    )
      return null;
    const ofSeveral = matchAt(/các\s+(?=\p{Lu})/uy, text, at);
    return readNameWord(text, ofSeveral === null ? at : at + ofSeveral[0].length, last);
  }
  if (head === '') return null;
  const pause = matchAt(comma, text, end);
  if (pause === null || !/^(?:Sở|Bộ|Vụ|Cục|Khoa|[Pp]hòng|[Tt]rung tâm|Ban|P\.|Báo|Hội đồng)/u.test(head))
    return null;
  const at = end + pause[0].length;
  const word = matchAt(lowerName, text, at);
  if (readHeadAt(text, at) || word === null) return null;
  if (
    !/^\p{Lu}/u.test(text.charAt(at)) &&
    !isLastButOne(text, at + word[0].length) &&
    !isBeforeLevel(text, at + word[0].length)
  )
    return null;
  return readNameWord(text, at, last);
}

/** "Ban Bồi thường, giải phóng mặt bằng và tái định cư": small letters go on after a comma only when "và" and one more word end them. */
function isLastButOne(text: string, end: number): boolean {
  const and = matchAt(andWord, text, end);
  return and !== null && matchAt(lowerName, text, and.index + and[0].length) !== null;
}

/** "Ban Quản lý dự án giao thông, nông nghiệp tỉnh": the level behind the small letters closes the name. */
function isBeforeLevel(text: string, end: number): boolean {
  const gap = matchAt(space, text, end);
  return gap !== null && matchAt(level, text, end + gap[0].length) !== null;
}

const quantifiedCollective = new RegExp(`(?:các|những|một số)\\s+${collectives.source}`, 'iuy');

function readHeadAt(text: string, at: number): boolean {
  return (
    matchAt(agencyHead, text, at) !== null ||
    matchAt(officeHead, text, at) !== null ||
    matchAt(comrade, text, at) !== null
  );
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
