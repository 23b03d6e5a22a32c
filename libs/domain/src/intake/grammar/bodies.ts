import { agencyHead, comrade, officeHead } from './body-heads';
import { readName } from './body-name';
import { clearPredicate, matchAt, openingVerb, predicate } from './order-words';
import { collectives } from './territory-words';

/** A body or office-holder as written, with its place in the text it was read from. */
export interface Body {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `collective`: names no agency that could be followed by itself ("các cơ quan, đơn vị"). */
  readonly kind: 'agency' | 'office' | 'person' | 'collective';
  /** Names behind a category head: "các Bộ: A, B" holds two. */
  readonly members: number;
  /** Its place in the source, once that is known (see ./mentions). */
  readonly at?: { readonly start: number; readonly end: number };
}

const quantifier = /(?:các|toàn thể|toàn bộ|mỗi|từng|một số|cả|tất cả(?: các)?|những)\s+/iuy;
const personName =
  /(?:[AYHK](?:['’]\p{Ll}+)?\s+\p{Lu}[\p{Ll}\p{M}]+(?:\s+\p{Lu}[\p{Ll}\p{M}]*){0,3}|\p{Lu}[\p{Ll}\p{M}]+(?:\s+\p{Lu}[\p{Ll}\p{M}]*){1,4})/uy;
const collective = new RegExp(collectives.source, 'iuy');
const collectiveJoin = /\s*(?:,\s*và\s+|,\s*|\/|\s+và\s+|\s+)(?:các\s+|từng\s+)?/uy;
const space = /\s+/uy;
const listJoin = /\s*(?:,\s*và\s+|,\s*|;\s*|\s+và\s+|\s+cùng\s+(?:với\s+)?|\s+với\s+)/uy;
const territoryHead = /^(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu) $/u;
/** Heads that are whole names by themselves. */
const standsAlone =
  /^(?:UBND|HĐND|Chính phủ|Quốc hội|Mặt trận|MTTQ|UBMTTQVN|BHXH|[Nn]hà thầu.*|[Cc]hủ đầu tư|[Nn]hà đầu tư|[Nn]hà trường|Hội đồng \p{Ll}.*|Thi hành án dân sự|Báo và .*|[Cc]ấp .*chính quyền|Văn phòng|VP|[Tt]ổ công tác.*|[Ll]iên danh.*|[Hh]iệp hội|VNPT|Viettel|MobiFone|Thư viện|Công đoàn|UBKT|.*(?:ủy|uỷ)(?: viên.*)?|.*đoàn|\p{Lu}.* ?đội|[Tt]hường trực|[Bb]an .*|[Đđ]ơn vị .*|[Tt]ư vấn .*|[Kk]ho bạc|[Cc]ông an|Điện lực|[Cc]hi bộ|Đảng bộ|Đảng đoàn|Viện .*|Tòa án|Toà án|Bưu điện|VKSND|TAND|[Cc]hi cục|Hạt .*|Bộ [Cc]hỉ huy|[Đđ]ồn [Bb]iên phòng)$/u;

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
    if (head === null || !/^\p{Lu}/u.test(head[0])) {
      const all = readCollective(text, index, from + group[0].length);
      // "các xã, thị trấn: An Phú, Bình Minh": the names follow the last of the kinds.
      return (many === null ? null : readCategoryList(text, index, all.end)) ?? all;
    }
  }
  if (head === null) return null;
  const headEnd = from + head[0].length;
  const end = readTerritories(text, from, readName(text, headEnd, head[0]));
  const name = text.slice(from, end);
  if (end === headEnd && !standsAlone.test(head[0])) {
    return group !== null && many !== null ? readCollective(text, index, from + group[0].length) : null;
  }
  const list = readCategoryList(text, index, end);
  if (list !== null) return list;
  const several =
    many !== null || (!/^Ban [Qq]uản lý/u.test(name) && new RegExp(`\\bcác\\s`, 'u').test(name));
  return body(text, index, end, several ? 'collective' : 'agency');
}

const bareTerritory =
  /(?:(?:UBND )?(?:Tỉnh|Thành phố|Huyện|Thị xã|Quận|Xã|Phường|Thị trấn|Đặc khu))(?=,? )/uy;

/** "Tỉnh làm việc với các Bộ …": in a notice to one province, district or commune its level alone is its name. */
export function readBareTerritory(text: string, index: number, small = false): Body | null {
  const head = matchAt(bareTerritory, text, index) ?? (small ? matchAt(smallTerritory, text, index) : null);
  if (head === null) return null;
  const end = index + head[0].length;
  const next = matchAt(/,? /uy, text, end);
  if (next === null || matchAt(predicate, text, end + next[0].length) === null) return null;
  return body(text, index, end, 'agency');
}

const smallTerritory = /(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?=,? )/uy;

/** "các Bộ: Quốc phòng, Công an": the name of a ministry that is also that of a body of its own. */
function isMinistryName(text: string, at: number, headEnd: number): boolean {
  return (
    text.slice(0, headEnd).endsWith('Bộ') &&
    matchAt(/Công an(?! (?:tỉnh|huyện|xã|phường|thành phố))/uy, text, at) !== null
  );
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

/** Where a bracket or an apposition that explains the name ends; the name itself stops before it. */
export function skipBracket(text: string, index: number): number {
  const match = matchAt(/\s*\([^()]{1,120}\)/uy, text, index);
  const after = match === null ? index : index + match[0].length;
  return skipApposition(text, after);
}

/** Where what follows a name begins: behind its bracket, its apposition and a comma. */
export function skipPause(text: string, at: number): number {
  const after = skipBracket(text, at);
  const match = matchAt(/\s*,?\s*/uy, text, after);
  return match === null ? after : after + match[0].length;
}

/** "Giao Sở A (chủ trì), Sở B, Sở C rà soát": the bracket says who of them leads. */
export function leadsOf(text: string, doers: readonly Body[]): readonly Body[] {
  const leading = doers.filter(({ end }) => matchAt(/\s*\(\s*chủ trì\s*\)/iuy, text, end) !== null);
  return leading.length > 0 ? leading : doers;
}

const apposition =
  /\s*(?:[-–—]|,\s*là|,)\s+(?:[Cc]ơ quan|[Đđ]ơn vị|[Cc]hủ đầu tư|[Đđ]ại diện|(?:Phó )?Trưởng [Bb]an|(?:Phó )?Tổ trưởng|Thường trực|Ủy viên|Thành viên)(?![\p{L}\p{M}])/uy;

/** "Giám đốc Sở X - Cơ quan thường trực Ban Chỉ đạo chủ trì …": what the doer also is, up to the verb. */
function skipApposition(text: string, index: number): number {
  const match = matchAt(apposition, text, index);
  if (match === null) return index;
  for (const word of text.slice(index + match[0].length, index + 160).matchAll(/[,:;.]|\s(?=\p{Ll})/gu)) {
    const at = index + match[0].length + word.index;
    if (word[0] === ',' && matchAt(clearPredicate, text, at + 2) !== null) return at;
    if (/[:;.,]/u.test(word[0])) return word[0] === ':' ? at : index;
    if (matchAt(clearPredicate, text, at + 1) !== null) return at;
  }
  return index;
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
    return body(text, start, at, plural ? 'collective' : 'office', inner.members);
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
    // "các chi bộ tổ chức sinh hoạt": right behind a name this is the verb, unless it is told what organisations.
    if (
      /^\s+$/u.test(join[0]) &&
      matchAt(/tổ chức(?! (?:đảng|đoàn thể|chính trị|xã hội|hội|cơ sở))/uy, text, next.index) !== null
    )
      break;
    // "các phòng, Công an xã": what carries a capital is a name of its own.
    if (/^\p{Lu}/u.test(next[0])) break;
    end += join[0].length + next[0].length;
  }
  return body(text, start, end, 'collective');
}

const severalTerritories =
  /(?:^|\s)(?:các|\d{1,3}) (?:xã|phường|thị trấn|huyện|thị xã|thành phố|quận|thôn)(?:, (?:xã|phường|thị trấn|thị xã|thành phố))* \p{Lu}[\p{L} ]*$/u;
const nextTerritory =
  /(?:\s*,\s*|\s+và\s+)(?:(?:xã|phường|thị trấn|thị xã|thành phố|huyện)\s+)?\p{Lu}[\p{Ll}\p{M}]*(?:\s\p{Lu}[\p{Ll}\p{M}]*){0,3}/uy;

/** "UBND các xã Hòa An, Hòa Bình và thị trấn Hòa Phú": the territories behind the first belong to the same doer. */
function readTerritories(text: string, start: number, index: number): number {
  if (!severalTerritories.test(text.slice(start, index))) return index;
  let end = index;
  for (;;) {
    const next = matchAt(nextTerritory, text, end);
    if (next === null) return end;
    const at = end + (/^(?:\s*,\s*|\s+và\s+)/u.exec(next[0])?.[0].length ?? 0);
    const head = matchAt(agencyHead, text, at);
    if (head !== null && !territoryHead.test(head[0])) return end;
    if (matchAt(officeHead, text, at) !== null) return end;
    end += next[0].length;
  }
}

/** "các Bộ: Công an, Tài chính": a category head and the names behind it, kept as one stretch of the notice. */
function readCategoryList(text: string, start: number, index: number): Body | null {
  const colon = matchAt(/\s*:\s*(?=\p{Lu})/uy, text, index);
  if (colon === null || !/(?:^|\s)các\s/iu.test(text.slice(start, index))) return null;
  let at = index + colon[0].length;
  if (opensDuty(text, at)) return null;
  let end = at;
  let members = 0;
  for (;;) {
    const named = matchAt(agencyHead, text, at);
    if (named !== null && members > 0 && !territoryHead.test(named[0]) && !isMinistryName(text, at, index))
      break;
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
  // One name alone is told from a verb ("các phường: Họp dân …") by the verb behind it.
  if (members === 1 && matchAt(predicate, text, end + 1) === null) return null;
  return members === 0 ? null : body(text, start, end, 'collective', members);
}

/** "UBND các xã: Rà soát hộ nghèo": what follows the colon is the work; "các Sở: Xây dựng, Tài chính" are names. */
function opensDuty(text: string, index: number): boolean {
  const verb = matchAt(openingVerb, text, index);
  if (verb === null) return false;
  return matchAt(/\s*(?:[,;.]\s*|\s(?:và|-|–)\s+)\p{Lu}/uy, text, index + verb[0].length) === null;
}
