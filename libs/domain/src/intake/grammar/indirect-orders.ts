import { account, narrativeBefore } from './account-words';
import { type Body, readBodies, skipPause } from './bodies';
import { readName } from './body-name';
import { type Clause } from './clause';
import { matchAt, predicate } from './order-words';

/** Orders that do not begin with a cue or a doer known by its name. Examples are read by the spec. */
export const indirectRules: readonly {
  readonly name: string;
  readonly examples: readonly (readonly [text: string, doers: readonly string[]])[];
}[] = [
  {
    name: 'topic-given',
    examples: [
      ['Việc lập hồ sơ đền bù do Phòng Kinh tế chủ trì thực hiện.', ['Phòng Kinh tế']],
      ['Nhiệm vụ này giao Trạm Y tế xã thực hiện trong tháng 9.', ['Trạm Y tế xã']],
    ],
  },
  {
    name: 'doer-owes',
    examples: [
      ['Đồng ý về nguyên tắc; Sở Nội vụ chủ trì trình cấp có thẩm quyền.', ['Sở Nội vụ']],
      ['Nhất trí phương án thiết kế, UBND xã Tân Lập phải bàn giao mặt bằng.', ['UBND xã Tân Lập']],
    ],
  },
  {
    name: 'cue-unknown-name',
    examples: [
      ['Giao Tài chính - Kế toán cân đối nguồn.', ['Tài chính - Kế toán']],
      ['Giao Địa chính xã đo đạc lại thửa đất.', ['Địa chính xã']],
    ],
  },
];

const givenTopic =
  /^(?:Việc|Nhiệm vụ|Nội dung|Công việc|Công tác|Hồ sơ|Phần việc|Vấn đề)\s[^.;:]{2,160}?\s(?:do|giao(?: cho)?)\s/u;
const carriesOut =
  /(?:chủ trì|thực hiện|phụ trách|đảm nhiệm|đảm nhận|tham mưu|làm đầu mối|chịu trách nhiệm)(?![\p{L}\p{M}])/uy;

/** "Việc lập hồ sơ do Phòng Kinh tế chủ trì …": the work stands before the doer. */
export function readGivenTopic(text: string): Clause | null {
  const opening = givenTopic.exec(text);
  if (opening === null || narrativeBefore.test(opening[0].slice(0, -4))) return null;
  const doers = readBodies(text, opening[0].length);
  const last = doers[doers.length - 1];
  if (last === undefined) return null;
  const duty = skipPause(text, last.end);
  return matchAt(carriesOut, text, duty) === null
    ? null
    : { form: 'subject', start: 0, doers, duty, rule: 'topic-given' };
}

/** "Giao Tài chính - Kế toán cân đối …": a capital behind the cue opens a name, and a verb of order ends it, whatever the name is. */
export function readUnknownBody(text: string, from: number): Body | null {
  if (!/^\p{Lu}/u.test(text.charAt(from))) return null;
  const end = readName(text, from, 'Phòng ', true);
  if (end === from) return null;
  const after = skipPause(text, end);
  if (after === end || matchAt(predicate, text, after) === null) return null;
  return { text: text.slice(from, end), start: from, end, kind: 'agency', members: 1 };
}

const owes =
  /(?:chủ trì|có trách nhiệm|chịu trách nhiệm(?! (?:trước|về))|phải|khẩn trương|làm đầu mối|là (?:cơ quan|đơn vị) (?:chủ trì|đầu mối))(?![\p{L}\p{M}])/uy;

/** "Đồng ý về nguyên tắc; Sở X chủ trì …": behind an account only words that can mean nothing but an order make a doer. */
export function readOwed(text: string, at: number): Clause | null {
  const doers = readBodies(text, at);
  const last = doers[doers.length - 1];
  if (last === undefined) return null;
  const next = skipPause(text, last.end);
  if (matchAt(owes, text, next) === null || matchAt(account, text, next) !== null) return null;
  return { form: 'subject', start: at, doers, duty: next, rule: 'doer-owes' };
}
