import { type Body, readBodies } from './bodies';
import { matchAt } from './order-words';

/** Bodies with a part other than the lead, as exact words of the text. */
export interface Roles {
  readonly coordinating: readonly Body[];
  readonly advising: readonly Body[];
  readonly reportTo: readonly Body[];
  /** Doers named behind the work: "(Phòng X chủ trì)", "do Sở Y chủ trì". */
  readonly lead: readonly Body[];
}

interface RoleRule {
  readonly role: keyof Roles;
  readonly pattern: RegExp;
  readonly examples: readonly (readonly [text: string, bodies: readonly string[]])[];
}

export const roleRules: readonly RoleRule[] = [
  {
    role: 'coordinating',
    pattern:
      /(?:phối hợp|phối kết hợp|cùng phối hợp|(?<=chủ trì,? )cùng)(?: chặt chẽ| tốt| kịp thời| đồng bộ)?(?:,? cùng)?(?: với)?\s*:?\s+/giu,
    examples: [
      [
        'chủ trì, phối hợp với Sở Tài chính, Kho bạc Nhà nước tỉnh rà soát',
        ['Sở Tài chính', 'Kho bạc Nhà nước tỉnh'],
      ],
      ['phối hợp chặt chẽ với Công an xã và các thôn kiểm tra', ['Công an xã', 'các thôn']],
    ],
  },
  {
    role: 'advising',
    pattern:
      /(?:tham mưu|giúp|tham vấn)(?:,? (?:giúp|đề xuất|trình|kịp thời|ngay))*(?: cho)?(?: với)?(?: lãnh đạo(?= \p{Lu}))?\s+/giu,
    examples: [
      ['tham mưu UBND thành phố ban hành quyết định', ['UBND thành phố']],
      ['tham mưu cho Ban Thường vụ Đảng ủy văn bản', ['Ban Thường vụ Đảng ủy']],
    ],
  },
  {
    role: 'reportTo',
    pattern:
      /(?<![\p{L}\p{M}])(?:báo cáo|(?<!công |chương |quá |quy |tiến |lộ |tờ |giáo |thuyết |giải |tường )trình|gửi|xin ý kiến|báo cáo, đề xuất|đề xuất|kiến nghị)(?: (?:kết quả|bằng văn bản|cụ thể|kịp thời|ngay|đầy đủ|hồ sơ|xin ý kiến|thông qua))*(?: (?:về|cho|lên|đến|tới|với))?\s+/giu,
    examples: [
      ['báo cáo kết quả về Chủ tịch UBND phường', ['Chủ tịch UBND phường']],
      ['trình UBND tỉnh xem xét', ['UBND tỉnh']],
    ],
  },
  {
    role: 'lead',
    pattern:
      /(?:(?<=[\s(])do|(?:cơ quan|đơn vị)(?: được giao)? (?:chủ trì|thực hiện)(?: thực hiện)?\s*:|chủ trì\s*:)\s+/giu,
    examples: [
      ['lập hồ sơ (đơn vị chủ trì: Phòng Nội vụ)', ['Phòng Nội vụ']],
      ['kiểm tra liên ngành do Chi cục Kiểm lâm chủ trì', ['Chi cục Kiểm lâm']],
    ],
  },
];

const reportNoun =
  /(?:dự thảo|các|nội dung|chế độ|công tác|xây dựng|hoàn thiện|hoàn chỉnh|nghe|tại|theo|trong)\s+$/iu;

export function readRoles(text: string): Roles {
  const found: Record<keyof Roles, Body[]> = { coordinating: [], advising: [], reportTo: [], lead: [] };
  for (const { role, pattern } of roleRules) {
    for (const match of text.matchAll(pattern)) {
      if (
        role === 'reportTo' &&
        /^báo cáo/iu.test(match[0]) &&
        reportNoun.test(text.slice(Math.max(0, match.index - 14), match.index))
      )
        continue;
      const bodies = readBodies(text, match.index + match[0].length);
      const last = bodies[bodies.length - 1];
      if (last === undefined) continue;
      if (
        role === 'lead' &&
        /^do/iu.test(match[0]) &&
        matchAt(/\s+(?:làm\s+)?(?:chủ trì|thực hiện|đầu mối)/uy, text, last.end) === null
      )
        continue;
      for (const body of bodies)
        if (!found[role].some((known) => known.text === body.text)) found[role].push(body);
    }
  }
  const bracket = /\(\s*/gu;
  for (const match of text.matchAll(bracket)) {
    const bodies = readBodies(text, match.index + match[0].length);
    const last = bodies[bodies.length - 1];
    if (last !== undefined && matchAt(/\s+(?:chủ trì|thực hiện)/uy, text, last.end) !== null)
      found.lead.push(...bodies);
  }
  return found;
}
