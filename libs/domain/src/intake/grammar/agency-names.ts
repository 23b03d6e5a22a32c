/** One dated name of an agency in an organization's directory. Civil dates, both ends inclusive; null means open. */
export interface AgencyName {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly abbreviation?: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/**
 * `exact`, `alias`: the same words. `abbreviation`: the office's own short form, or initials that fit only one agency.
 * `spelling`: the same but for dashes, "và", capitals, old tone marks and common abbreviations. `level`: one names the level or the
 * territory ("huyện", "xã Tân Phú") and the other leaves it out. `damaged`: looks like it; a person must say. `former`: fits, but not on that day.
 */
export type MatchedBy = 'exact' | 'alias' | 'abbreviation' | 'spelling' | 'level' | 'damaged' | 'former';

export interface AgencyCandidate {
  readonly agencyId: string;
  /** 0..1, comparable within one answer only. */
  readonly score: number;
  readonly how: MatchedBy;
}

/** `none`: nothing in the directory looks like it; an agency is never made up. */
export type AgencyMatch =
  | ({ readonly kind: 'match' } & AgencyCandidate)
  | { readonly kind: 'candidates'; readonly candidates: readonly AgencyCandidate[] }
  | { readonly kind: 'none' };

/** Whole words that offices shorten, longest first. What is not here is tried by its initials. */
const shortForms: readonly (readonly [short: string, full: string])[] = [
  ['ubmttqvn', 'ủy ban mặt trận tổ quốc việt nam'],
  ['ubmttq', 'ủy ban mặt trận tổ quốc'],
  ['mttqvn', 'mặt trận tổ quốc việt nam'],
  ['mttq', 'mặt trận tổ quốc'],
  ['ubnd', 'ủy ban nhân dân'],
  ['hđnd', 'hội đồng nhân dân'],
  ['bhxh', 'bảo hiểm xã hội'],
  ['kbnn', 'kho bạc nhà nước'],
  ['ptnt', 'phát triển nông thôn'],
  ['tnmt', 'tài nguyên môi trường'],
  ['gdđt', 'giáo dục đào tạo'],
  ['khđt', 'kế hoạch đầu tư'],
  ['tckh', 'tài chính kế hoạch'],
  ['ktht', 'kinh tế hạ tầng'],
  ['lđtbxh', 'lao động thương binh xã hội'],
  ['vhtt', 'văn hóa thông tin'],
  ['vhxh', 'văn hóa xã hội'],
  ['bqlda', 'ban quản lý dự án'],
  ['bql', 'ban quản lý'],
  ['bch', 'ban chỉ huy'],
  ['bcđ', 'ban chỉ đạo'],
  ['vp', 'văn phòng'],
  ['ca', 'công an'],
  ['nn', 'nông nghiệp'],
  ['p', 'phòng'],
];

const oldTones: readonly (readonly [RegExp, string])[] = [
  [/oà(?!\p{L})/gu, 'òa'],
  [/oá(?!\p{L})/gu, 'óa'],
  [/oả(?!\p{L})/gu, 'ỏa'],
  [/oạ(?!\p{L})/gu, 'ọa'],
  [/(?<!q)uỷ(?!\p{L})/gu, 'ủy'],
  [/(?<!q)uý(?!\p{L})/gu, 'úy'],
  [/(?<!q)uỳ(?!\p{L})/gu, 'ùy'],
  [/(?<!q)uỵ(?!\p{L})/gu, 'ụy'],
];

const level = /\s(?:tỉnh|huyện|xã|phường|quận|thị xã|thị trấn|thành phố|đặc khu)(?:\s.*)?$/u;

/**
 * Finds the agency that a name in a notice means. Only a sure and single fit is a `match`; a fit of several, a damaged name or one
 * that is no longer valid gives candidates for a person to choose from.
 *
 * @param on civil day of the notice; names that were not valid on it are offered as `former`
 */
export function matchAgency(written: string, directory: readonly AgencyName[], on?: string): AgencyMatch {
  const query = new Forms(written);
  if (query.spelling === '') return { kind: 'none' };
  const found: AgencyCandidate[] = [];
  for (const agency of directory) {
    const best = compare(query, agency);
    if (best === null) continue;
    const valid =
      on === undefined || ((agency.validFrom ?? '') <= on && on <= (agency.validTo ?? '9999-12-31'));
    found.push(valid ? best : { ...best, how: 'former', score: best.score * 0.8 });
  }
  found.sort((a, b) => b.score - a.score || (a.agencyId < b.agencyId ? -1 : 1));
  const [first, second] = found;
  if (first === undefined) return { kind: 'none' };
  const sure =
    first.how !== 'damaged' && first.how !== 'former' && (second === undefined || second.score < first.score);
  return sure ? { kind: 'match', ...first } : { kind: 'candidates', candidates: found.slice(0, 5) };
}

function compare(query: Forms, agency: AgencyName): AgencyCandidate | null {
  const of = (how: MatchedBy, score: number): AgencyCandidate => ({ agencyId: agency.id, how, score });
  if (query.plain === plain(agency.name)) return of('exact', 1);
  if (agency.aliases.some((alias) => plain(alias) === query.plain)) return of('alias', 0.99);
  if (agency.abbreviation !== undefined && compact(agency.abbreviation) === query.compact)
    return of('abbreviation', 0.98);
  let best: AgencyCandidate | null = null;
  for (const name of [agency.name, ...agency.aliases]) {
    const next = compareForms(query, new Forms(name), of);
    if (next !== null && (best === null || next.score > best.score)) best = next;
  }
  return best;
}

function compareForms(
  query: Forms,
  known: Forms,
  of: (how: MatchedBy, score: number) => AgencyCandidate,
): AgencyCandidate | null {
  if (query.spelling === known.spelling) return of('spelling', 0.95);
  const oneLevel = query.spelling === known.bare || query.bare === known.spelling;
  if (oneLevel && known.bare !== '') return of('level', 0.9);
  // "Công an xã" for "Công an xã Tân Phú": the same level, the territory left out on one side.
  if (
    query.bare === known.bare &&
    (`${query.level} `.startsWith(`${known.level} `) || `${known.level} `.startsWith(`${query.level} `))
  ) {
    return of('level', 0.9);
  }
  if (known.initials.length > 2 && query.compact.length < 14 && query.initialsOf(known))
    return of('abbreviation', 0.85);
  // Another level is another office, however alike the names: "Công an huyện" is not "Công an xã".
  if (query.level !== '' && known.level !== '' && query.level !== known.level) return null;
  const likeness = dice(query.letters, known.letters);
  const cut =
    query.letters.length > 8 &&
    (known.letters.startsWith(query.letters) || query.letters.startsWith(known.letters));
  const score = cut ? Math.max(likeness, 0.75) : likeness;
  return score >= 0.72 ? of('damaged', Math.min(0.8, score * 0.8)) : null;
}

/** The ways one name can be compared. */
class Forms {
  readonly plain: string;
  readonly compact: string;
  /** Abbreviations written out; dashes, commas and "và" gone. */
  readonly spelling: string;
  /** Without level and territory. */
  readonly bare: string;
  readonly level: string;
  /** Without tone marks and spaces. */
  readonly letters: string;
  readonly initials: string;

  constructor(name: string) {
    this.plain = plain(name);
    this.compact = compact(name);
    this.spelling = spell(name);
    this.bare = this.spelling.replace(level, '');
    this.level = level.exec(this.spelling)?.[0].trim() ?? '';
    this.letters = stripMarks(this.spelling).replace(/\s/gu, '');
    this.initials = stripMarks(this.bare.replace(/(?:^|\s)(\p{L})\S*/gu, '$1'));
  }

  /** "P. TC-KH" for "Phòng Tài chính - Kế hoạch": the head may be written out or shortened, the rest by its initials. */
  initialsOf(known: Forms): boolean {
    const mine = stripMarks(this.compact);
    if (mine === known.initials) return true;
    const [head = '', ...rest] = known.bare.split(' ');
    const tail = stripMarks(rest.map((word) => word.charAt(0)).join(''));
    return tail.length > 1 && mine === `${stripMarks(head)}${tail}`;
  }
}

function plain(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

function compact(name: string): string {
  return plain(name).replace(/[^\p{L}\p{N}]/gu, '');
}

function spell(name: string): string {
  let text = plain(name);
  for (const [pattern, modern] of oldTones) text = text.replace(pattern, modern);
  // "TC-KH", "TN&MT", "LĐ-TB&XH" are one abbreviation each.
  text = text.replace(
    /(?<![\p{L}\p{M}])(\p{L}{1,4})[-&](\p{L}{1,4})(?:[-&](\p{L}{1,4}))?(?![\p{L}\p{M}])/gu,
    '$1$2$3',
  );
  const words = text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '' && word !== 'và');
  return words.map((word) => shortForms.find(([short]) => short === word)?.[1] ?? word).join(' ');
}

function stripMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gu, 'd');
}

/** Likeness of two words by their pairs of letters, 0..1. */
function dice(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return a === b ? 1 : 0;
  const pairs = new Map<string, number>();
  for (let index = 0; index < a.length - 1; index += 1) {
    const pair = a.slice(index, index + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let index = 0; index < b.length - 1; index += 1) {
    const pair = b.slice(index, index + 2);
    const left = pairs.get(pair) ?? 0;
    if (left > 0) {
      shared += 1;
      pairs.set(pair, left - 1);
    }
  }
  return (2 * shared) / (a.length + b.length - 2);
}
