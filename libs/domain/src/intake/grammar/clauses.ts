import { account, narrativeBefore } from './account-words';
import {
  type Body,
  leadsOf,
  readBareTerritory,
  readBodies,
  readBody,
  skipBracket,
  skipPause,
} from './bodies';
import { type Clause } from './clause';
import { readGivenTopic, readOwed, readUnknownBody } from './indirect-orders';
import { matchAt, openingVerb, predicate } from './order-words';
import { clauseStarts } from './sentences';

/** The words that assign. `examples` are read by the spec: what must be found as doer in each. */
export const cues: readonly {
  readonly name: string;
  readonly pattern: string;
  readonly examples: readonly (readonly [text: string, doers: readonly string[]])[];
}[] = [
  {
    name: 'giao',
    pattern: 'giao(?: nhiệm vụ| trách nhiệm)?(?: cho)?|tiếp tục giao',
    examples: [
      ['Giao Sở Nội vụ rà soát biên chế', ['Sở Nội vụ']],
      ['giao nhiệm vụ cho Đội Quản lý trật tự đô thị kiểm tra', ['Đội Quản lý trật tự đô thị']],
    ],
  },
  {
    name: 'yeu-cau',
    pattern: 'yêu cầu|(?:cũng )?lưu ý',
    examples: [
      ['Yêu cầu UBND phường Trà An báo cáo', ['UBND phường Trà An']],
      ['yêu cầu Chủ tịch UBND các xã, thị trấn kiểm tra', ['Chủ tịch UBND các xã, thị trấn']],
    ],
  },
  {
    name: 'de-nghi',
    pattern: 'đề nghị|kính đề nghị|trân trọng đề nghị',
    examples: [
      [
        'Đề nghị Ban Thường trực Ủy ban MTTQ Việt Nam huyện giám sát',
        ['Ban Thường trực Ủy ban MTTQ Việt Nam huyện'],
      ],
      ['đề nghị Điện lực Tân Hà bảo đảm nguồn điện', ['Điện lực Tân Hà']],
    ],
  },
  {
    name: 'phan-cong',
    pattern: 'phân công(?: cho)?|ủy quyền(?: cho)?|uỷ quyền(?: cho)?',
    examples: [
      [
        'Phân công đồng chí Lê Văn Tám, Phó Chủ tịch UBND xã phụ trách',
        ['đồng chí Lê Văn Tám, Phó Chủ tịch UBND xã'],
      ],
      ['phân công Phòng Kinh tế chủ trì', ['Phòng Kinh tế']],
    ],
  },
  {
    name: 'chi-dao',
    pattern: 'chỉ đạo',
    examples: [
      ['Chỉ đạo Công an xã tăng cường tuần tra', ['Công an xã']],
      ['chỉ đạo Phòng Giáo dục và Đào tạo kiểm tra', ['Phòng Giáo dục và Đào tạo']],
    ],
  },
];

const cue = new RegExp(`(?:${cues.map(({ pattern }) => pattern).join('|')})\\s+`, 'iuy');
/** "Đối với", "Về": an account of the matter before the order. */
const topic =
  /^(?:(?:Về|Đối với|Liên quan(?: đến)?|Nội dung|Trường hợp|Riêng(?: đối với)?)\s[^:;.]{0,240}|(?:Công tác|Lĩnh vực|Nhiệm vụ|Dự án|Vấn đề|Việc|\p{Lu}\p{Ll}+)(?:\s[^:;.,\s]+){1,14}):\s+(?=\p{Lu}|\p{Ll})/u;
const connective =
  /(?:(?:Trong đó|Đồng thời|Ngoài ra|Bên cạnh đó|Trước mắt|Về lâu dài|Riêng|Mặt khác|Cùng với đó|Tiếp theo|Do đó|Do vậy|Vì vậy|Theo đó|Qua đó|Trên cơ sở đó|Sau đó|Ngay sau hội nghị|Ngay sau cuộc họp|Hằng tháng|Hằng tuần|Hàng tháng|Hàng tuần|Định kỳ)\s*[,:]?\s+)/iuy;
/** Openings that only say when, why or on which ground. */
const adverbial =
  /^(?:Để|Nhằm|Trên cơ sở|Căn cứ|Theo|Trước|Sau|Sau khi|Trong|Từ|Đến|Ngay|Chậm nhất|Trường hợp|Nếu|Khi|Với|Qua|Từ nay|Thời gian tới|Hằng|Hàng|Định kỳ|Song song|Cùng với|Bên cạnh|Ngoài|Riêng|Vì vậy|Do vậy|Do đó|Tuy nhiên|Trước mắt|Căn cứ vào|Giai đoạn|Nhân dịp|Thời gian|Thời hạn|Hạn)\s/u;
/** "Thống nhất giao Sở X …": the agreement is the order. */
const agreement =
  /(?:cơ bản\s+)?(?:thống nhất|đồng ý|nhất trí)\s+(?:chủ trương\s+|việc\s+)?(?=giao|phân công|yêu cầu|đề nghị)/iuy;
const none: Clause = { form: 'none', start: 0, doers: [], duty: 0, rule: 'narrative' };

/** Reads one sentence (or a part of one). */
export function readClause(text: string): Clause {
  const named = readCue(text, 0) ?? readDoerTopic(text);
  if (named !== null) return named;
  const prefix = readBody(text, 0) === null ? (topic.exec(text)?.[0].length ?? 0) : 0;
  const direct = readDirect(text, skipConnective(text, prefix));
  if (direct !== null) return direct.form === 'none' ? orderLater(text, prefix) : { ...direct, start: 0 };
  const later = readGivenTopic(text) ?? orderLater(text, prefix);
  // "Giao Tổ kinh doanh quét dọn …": an order, though neither the name nor the verb is known.
  return later.form === 'none' && cueWithoutName.test(text)
    ? { form: 'imperative', start: 0, doers: [], duty: 0, rule: 'cue-without-name' }
    : later;
}

const cueWithoutName = /^(?:Giao|Phân công)(?: cho)?\s+\p{Lu}\p{L}+\s\p{L}/u;

/** "Đối với Phòng Y tế: chuẩn bị …": the topic is the doer. */
function readDoerTopic(text: string): Clause | null {
  const opening = /^(?:Đối với|Riêng(?: đối với)?|Về phía)\s+/u.exec(text);
  if (opening === null) return null;
  const doers = readBodies(text, opening[0].length);
  const last = doers[doers.length - 1];
  const colon = last === undefined ? null : matchAt(/\s*[:,]\s*(?=\S)/uy, text, skipBracket(text, last.end));
  if (colon === null) return null;
  const duty = colon.index + colon[0].length;
  if (matchAt(account, text, duty) !== null || matchAt(openingVerb, text, duty) === null) return null;
  return { form: 'subject', start: 0, doers, duty, rule: 'doer-topic' };
}

/** The order begins right here. */
function readDirect(text: string, at: number): Clause | null {
  const called = readCue(text, at);
  if (called !== null) return called;
  const known = readBodies(text, at);
  const bare = known.length === 0 ? readBareTerritory(text, at) : null;
  const doers = bare === null ? known : [bare];
  const last = doers[doers.length - 1];
  if (last !== undefined) return readAfterDoers(text, at, doers, last);
  const agreed = matchAt(agreement, text, at);
  const given = agreed === null ? null : readCue(text, at + agreed[0].length);
  if (given !== null) return { ...given, rule: 'cue-after-agreement' };
  if (matchAt(account, text, at) !== null) return { ...none, start: at };
  const verb = matchAt(openingVerb, text, at);
  if (verb === null) return null;
  const behind = doersBehind(text, at);
  return {
    form: 'imperative',
    start: at,
    doers: behind,
    duty: at,
    rule: behind.length > 0 ? 'doer-behind' : 'opening-verb',
  };
}

function readCue(text: string, at: number): Clause | null {
  const match = matchAt(cue, text, at);
  if (match === null) return null;
  const from = at + match[0].length;
  const doers = readBodies(text, from);
  const last = doers[doers.length - 1];
  if (last !== undefined)
    return {
      form: 'cue',
      start: at,
      doers: leadsOf(text, doers),
      duty: skipPause(text, last.end),
      rule: 'cue',
    };
  const bare = readBareTerritory(text, from, true);
  const unknown = bare ?? readUnknownBody(text, from);
  if (unknown === null) return null;
  return {
    form: 'cue',
    start: at,
    doers: [unknown],
    duty: skipPause(text, unknown.end),
    rule: bare === null ? 'cue-unknown-name' : 'cue-bare-territory',
  };
}

/** "Rà soát quỹ đất công, giao Phòng Kinh tế chủ trì": who does it stands behind the work. */
function doersBehind(text: string, at: number): readonly Body[] {
  for (const place of clauseStarts(text, at, ',;').slice(0, 12)) {
    const given = /^(?:giao|phân công)\s+(?:cho\s+)?/u.exec(text.slice(place, place + 20));
    const doers = given === null ? [] : readBodies(text, place + given[0].length);
    const last = doers[doers.length - 1];
    if (last !== undefined && matchAt(predicate, text, skipPause(text, last.end)) !== null) return doers;
  }
  return [];
}

function readAfterDoers(text: string, at: number, doers: readonly Body[], last: Body): Clause | null {
  const next = skipPause(text, last.end);
  if (matchAt(account, text, next) !== null) return { ...none, start: at };
  // "Chủ tịch UBND tỉnh yêu cầu Sở X …": the one who asks is not the doer.
  const asked = isOwnDirecting(text, next, last) ? null : readCue(text, next);
  if (asked !== null) return { ...asked, rule: 'cue-after-leader', asker: last };
  const colon = matchAt(/\s*:\s*/uy, text, skipBracket(text, last.end));
  if (colon !== null && colon.index + colon[0].length < text.length) {
    const duty = colon.index + colon[0].length;
    const inner = readCue(text, duty);
    return inner ?? { form: 'subject', start: at, doers, duty, rule: 'doer-colon' };
  }
  if (matchAt(predicate, text, next) !== null)
    return { form: 'subject', start: at, doers: leadsOf(text, doers), duty: next, rule: 'doer-subject' };
  if (next === last.end + 1 && matchAt(unknownVerb, text, next) !== null)
    return { form: 'subject', start: at, doers, duty: next, rule: unknownVerbRule };
  return null;
}

/** "Trạm Y tế xã phun khử khuẩn …": a doer before a word of no list. Taken only where an item of orders begins so. */
export const unknownVerbRule = 'doer-unknown-verb';
const unknownVerb =
  /(?!(?:và|của|cho|tại|về|với|theo|từ|do|bởi|như|có|bị|được|đạt|gặp|chiếm|trình bày|phát biểu|dự|tham dự|tham gia ý kiến|vượt|ước|nằm|gồm|thuộc|hiện|mới|tuy|thì|nên|rất|khá|sẽ|để|trên|dưới|ở|cùng|hay|hoặc|khi|năm|ngày|tháng|quý|qua|sau|trước|cơ bản|tiếp thu ý kiến tại|thứ|lần|khóa|liên quan|nêu|nói|trong|ngoài|đến|mà|không|chưa|nhưng|song)(?![\p{L}\p{M}]))\p{Ll}{2,}\s/uy;

/** "UBND xã X chỉ đạo các thôn …": who directs its own people is the doer; the leader who concludes directs the doer. */
function isOwnDirecting(text: string, index: number, doer: Body): boolean {
  if (matchAt(/chỉ đạo\s/uy, text, index) === null) return false;
  return !/^(?:đồng chí |các đồng chí )?(?:Phó )?(?:Chủ tịch (?:UBND|Ủy ban nhân dân) (?:tỉnh|huyện|xã|phường|thành phố|thị xã|quận|đặc khu)|Thủ tướng(?: Chính phủ)?|Bí thư \p{L}+ (?:ủy|uỷ)|Ban Thường vụ \p{L}+ (?:ủy|uỷ)|UBND (?:tỉnh|huyện|xã|phường|thành phố|thị xã|quận|đặc khu))$/iu.test(
    doer.text,
  );
}

/** The sentence opens with something else: an approval, a reason, a condition. */
function orderLater(text: string, prefix: number): Clause {
  const opening = text.slice(prefix);
  const marks = clauseStarts(text, prefix, ',;:');
  const isAdverbial =
    adverbial.test(opening) && !narrativeBefore.test(text.slice(prefix, marks[0] ?? text.length));
  for (const place of marks.slice(0, 24)) {
    const at = skipJoin(text, place);
    const told = narrativeBefore.test(text.slice(prefix, at));
    const called = readCue(text, at);
    if (called !== null) {
      return {
        ...called,
        start: told || (!isAdverbial && prefix > 0) || !isAdverbial ? at : 0,
        rule: told ? 'cue-after-account' : 'cue-after-adverbial',
      };
    }
    const owed = readOwed(text, at);
    if (owed !== null) return { ...owed, start: told && !isAdverbial ? at : 0 };
    if (!isAdverbial || told) continue;
    const direct = readDirect(text, at);
    // Behind an account "…, giao X" is an order of its own.
    const found = direct?.rule === 'doer-behind' ? { ...direct, doers: [], rule: 'opening-verb' } : direct;
    if (found !== null && found.form !== 'none')
      return { ...found, start: 0, rule: `${found.rule}-after-adverbial` };
  }
  return none;
}

function skipConnective(text: string, at: number): number {
  const match = matchAt(connective, text, at);
  return match === null ? at : at + match[0].length;
}

function skipJoin(text: string, at: number): number {
  const match = matchAt(
    /(?:và|đồng thời|trước mắt|do đó|vì vậy|theo đó|ngay từ bây giờ)\s*,?\s+/iuy,
    text,
    at,
  );
  return match === null ? at : at + match[0].length;
}

/** "3. Phòng Quản lý vận tải, phương tiện và người lái": a heading that only names is a name to its end, known words or not. */
function goesOnAsName(name: string, rest: string): boolean {
  if (!/^(?:Sở|Cục|Vụ|Viện|Phòng|Ban|Trung tâm|Chi cục|Đội|Trạm|Khoa)\s/u.test(name)) return false;
  if (rest.length > 70 || !/^(?:, )?[\p{L}\p{M}]+(?:(?:,| và| -)? [\p{L}\p{M}]+){0,11}$/u.test(rest))
    return false;
  const words = rest.replace(/^, /u, '');
  return matchAt(predicate, words, 0) === null && !notInName.test(words);
}

const notInName =
  /(?:^|\s)(?:về|trong|theo|với|cho|đã|đang|được|để|từ|tại|khi|các|có|là|gồm|phải|cần|thực hiện|sau|như)(?=\s|$)/u;

/** Doers named for a group of items: "Giao Sở X:", "2. Phòng Y", "Đối với UBND xã Z:", "Sở X có trách nhiệm:". */
export function readHeadingDoers(text: string): readonly Body[] {
  const bare = text.replace(/[\s:.;-]+$/u, '');
  const lead =
    /^(?:Đối với|Về phía|Nhiệm vụ (?:của|đối với)|Trách nhiệm của|(?:Chủ tịch |UBND |Ủy ban nhân dân )?(?:tỉnh |huyện |xã )?(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công|[Cc]hỉ đạo)(?: nhiệm vụ)?(?: cho)?)\s+/u.exec(
      bare,
    );
  const from = lead?.[0].length ?? 0;
  const doers = readBodies(bare, from);
  const last = doers[doers.length - 1];
  if (last === undefined) return [];
  const rest = bare.slice(skipBracket(bare, last.end)).trim();
  if (rest === '') return doers;
  if (doers.length === 1 && goesOnAsName(last.text, rest))
    return [{ ...last, text: bare.slice(last.start), end: bare.length }];
  // "Đảng ủy UBND tỉnh lãnh đạo, chỉ đạo:", "Sở X có trách nhiệm:".
  return /^[^.;]+:\s*$/u.test(text) && matchAt(predicate, rest.replace(/^,\s*/u, ''), 0) !== null
    ? doers
    : [];
}
