import { type Body } from './bodies';
import { unknownVerbRule } from './clauses';
import { type MappedText } from './mapped-text';
import { sameDoers, type Segment } from './segments';

/** Segments that make one directive. */
export interface Group {
  /** Joined by one space each they are the directive's text. */
  readonly parts: readonly MappedText[];
  readonly segments: readonly Segment[];
  readonly doers: readonly Body[];
  /** Where the doers come from. */
  readonly doersFrom: 'own' | 'sentence-before' | 'none';
  /** The rule that let it be drafted. */
  readonly rule: string;
  readonly bracketed: boolean;
  /** Drafted although nothing in it clearly orders. */
  readonly doubtful: boolean;
}

export interface GroupOptions {
  /** In an account only a plain assignment counts. */
  readonly region: 'orders' | 'assessment' | 'explicit';
  /** An item of a list of orders is drafted even when its verb is unknown. */
  readonly trustItems: boolean;
  /** The text is a numbered item or a bullet. */
  readonly item: boolean;
  /** The group before, when this text goes on with the same item. */
  readonly before: Group | null;
}

const connective =
  /^(?:Trong đó|Đồng thời|Ngoài ra|Bên cạnh đó|Cùng với đó|Sau đó|Theo đó|Trên cơ sở đó)[\s,]/u;
/** Sentences that only say more about the one before. */
const elaboration =
  /^(?:Khi|Trường hợp|Nếu|Việc|Nội dung|Lưu ý|Thời gian|Thời hạn|Hoàn thành (?:trước|trong|chậm|xong|việc này)|Xong|Báo cáo (?:kết quả|UBND|Chủ tịch|trước)|Kết quả (?:báo cáo|thực hiện)|Quá trình|Trong quá trình|Yêu cầu (?:nội dung|việc)|Chậm nhất|Qua đó)/u;
const tells =
  /(?:^|\s)(?:đã|đạt|thống nhất|đồng ý|nhất trí|ghi nhận|đánh giá cao|tuy nhiên|nguyên nhân|thời gian qua)(?=[\s,])/iu;
const enforcement =
  /chịu trách nhiệm (?:thi hành|thực hiện)(?: thi hành)? (?:Quyết định|quyết định|Kết luận|Thông báo|Chỉ thị|Kế hoạch) này/u;

/** Puts the segments of one paragraph together to directives. */
export function groupSegments(segments: readonly Segment[], options: GroupOptions): readonly Group[] {
  const groups: Group[] = [];
  let current = options.before;
  let open = options.before !== null;
  for (const [index, segment] of segments.entries()) {
    if (enforcement.test(segment.content.text)) continue;
    if (!counts(segment, options)) {
      const after =
        segment.clause.form === 'none' && current !== null && open && !tells.test(segment.content.text);
      if (
        after &&
        current !== null &&
        current !== options.before &&
        (elaboration.test(segment.content.text) || segment.content.length < 160)
      ) {
        current = extend(current, segment);
        groups[groups.length - 1] = current;
      } else if (
        segment.clause.form === 'none' &&
        options.region === 'orders' &&
        segment.ownDeadline &&
        /\s(?:phải|cần)\s/u.test(segment.content.text) &&
        !tells.test(segment.content.text)
      ) {
        current = start(segment, null, true);
        groups.push(current);
        open = true;
      } else if (
        index === 0 &&
        options.trustItems &&
        !tells.test(segment.content.text) &&
        segment.clause.form === 'none' &&
        segment.content.length > 25 &&
        !segment.content.text.endsWith(':')
      ) {
        current = start(segment, null, true);
        groups.push(current);
        open = true;
      } else if (!after) open = false;
      continue;
    }
    if (current !== null && open && groups.length > 0 && continuesGroup(current, segment)) {
      current = extend(current, segment);
      groups[groups.length - 1] = current;
      continue;
    }
    current = start(segment, open ? current : null, segment.clause.rule === unknownVerbRule);
    groups.push(current);
    open = true;
  }
  return groups;
}

function counts(segment: Segment, options: GroupOptions): boolean {
  const { clause, content } = segment;
  if (clause.form === 'none' || content.text.endsWith(':')) return false;
  if (clause.rule === unknownVerbRule)
    return options.item && options.region === 'orders' && segment.opensParagraph && !tells.test(content.text);
  if (options.region === 'orders') return true;
  if (options.region === 'explicit') return clause.form !== 'imperative' && clause.rule !== 'doer-colon';
  return isInlineAssignment(segment);
}

/** In an assessment: "…, giao Phòng X chủ trì … hoàn chỉnh, trình …" is an order among accounts. */
function isInlineAssignment(segment: Segment): boolean {
  const { clause, content } = segment;
  if (clause.form !== 'cue' || clause.doers.every((doer) => doer.kind === 'collective')) return false;
  if (segment.bracketed) return true;
  if (/\sđã\s/u.test(content.text.slice(0, clause.start))) return false;
  return (
    /^(?:tiếp tục )?(?:giao|phân công|yêu cầu|đề nghị)/iu.test(content.text.slice(clause.start)) &&
    (segment.kind === 'task' || segment.ownDeadline)
  );
}

function start(segment: Segment, before: Group | null, doubtful: boolean): Group {
  const own = segment.clause.doers;
  const inherits =
    own.length === 0 &&
    before !== null &&
    before.doers.length > 0 &&
    (connective.test(segment.content.text) ||
      before.doers.every((doer) => doer.kind !== 'collective' || doer.members > 1) ||
      segment.kind === 'task');
  return {
    parts: [segment.content.slice(segment.clause.start)],
    segments: [segment],
    doers: own.length > 0 ? own : inherits ? before.doers : [],
    doersFrom: own.length > 0 ? 'own' : inherits ? 'sentence-before' : 'none',
    rule: doubtful && segment.clause.form === 'none' ? 'item-of-orders' : segment.clause.rule,
    bracketed: segment.bracketed,
    doubtful,
  };
}

function extend(group: Group, segment: Segment): Group {
  return { ...group, parts: [...group.parts, segment.content], segments: [...group.segments, segment] };
}

function continuesGroup(group: Group, segment: Segment): boolean {
  if (segment.bracketed || group.bracketed) return false;
  const own = segment.clause.doers;
  if (own.length > 0)
    return (
      sameDoers(own, group.doers) &&
      !(segment.ownDeadline && group.segments.some((known) => known.ownDeadline))
    );
  const dated = group.segments.some((known) => known.ownDeadline);
  if (elaboration.test(segment.content.text)) return !(dated && segment.ownDeadline);
  if (segment.ownDeadline) return false;
  const named = group.doersFrom === 'own';
  if (dated && segment.kind !== 'task') return false;
  if (segment.opensParagraph && connective.test(segment.content.text)) return false;
  const tasks = group.segments.some((known) => known.kind === 'task');
  return named || tasks === (segment.kind === 'task');
}
