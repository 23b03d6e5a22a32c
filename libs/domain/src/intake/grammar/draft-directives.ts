import { DeadlineFinder } from './deadlines';
import { isOfParty, readDocumentFacts, type ReadDocument } from './document-facts';
import { draftGroup, draftTableTask, type DraftContext } from './drafting';
import { type Group, groupSegments, type GroupOptions } from './grouping';
import { readClause, readHeadingDoers, unknownVerbRule } from './clauses';
import {
  type DocumentType,
  type DraftedDirective,
  type IntakeNote,
  type IntakeOptions,
  type IntakeResult,
  type TraceEntry,
} from './intake-result';
import { readNotes } from './notes';
import { readParagraphs } from './paragraphs';
import { isHeading, readRegion, type Region } from './regions';
import { readSegments, type Segment } from './segments';
import { ancestors, readStructure, type Section } from './structure';
import { readTableTasks } from './table-rows';

/** Kinds of document that order nothing that has to be followed. */
const ordersNothing: readonly DocumentType[] = ['giay_moi', 'thu', 'to_trinh'];
/** Kinds in which every item of the body is an order unless its heading says otherwise. */
const orders: readonly DocumentType[] = ['thong_bao_ket_luan', 'ket_luan', 'chi_thi', 'cong_dien'];

const closing =
  /^(?:Trên đây là|Nay thông báo|Thừa lệnh|Thừa ủy quyền|Thừa uỷ quyền|Nhận được (?:thông báo|kết luận)|(?:Theo|Thực hiện) (?:chỉ đạo|ý kiến)[^.]{0,120}thông báo|(?:Văn phòng|UBND|Ủy ban nhân dân|Sở|Phòng|Ban|Hội đồng nhân dân)[^.:;]{0,90}?(?:xin |trân trọng )?thông báo (?:để|đến|tới|cho|các|kết luận|nội dung|ý kiến))/u;
/** "Yêu cầu các đơn vị nghiêm túc triển khai, báo cáo kết quả về Văn phòng./.": everybody, everything, no day. */
const lastWord =
  /^(?:(?:Nhận được|Căn cứ|Trên cơ sở)[^.;:]{0,80},\s*)?(?:(?:UBND|Ủy ban nhân dân|Chủ tịch|Văn phòng|Sở|Đảng ủy|Ban Thường vụ|Thường trực)[^.;:,]{0,60}\s)?(?:yêu cầu|đề nghị)\s[^.;:]{0,260}(?:triển khai|tổ chức|nghiêm túc|khẩn trương|phối hợp|thực hiện)[^;:]{0,160}$/iu;
const dayOrName = /\d|chủ trì|(?:giao|phân công)\s\p{Lu}/u;

function isLastWord(text: string): boolean {
  if (!lastWord.test(text) || dayOrName.test(text)) return false;
  const { doers } = readClause(text.replace(/^(?:Nhận được|Căn cứ|Trên cơ sở)[^.;:,]{0,80},\s*/u, ''));
  return doers.length === 0 || doers.every(({ kind }) => kind === 'collective');
}

const genericClosing =
  /^(?:Yêu cầu|Đề nghị)[^.;:]{0,240}(?:triển khai|tổ chức|nghiêm túc|khẩn trương)?[^.;:]{0,30}thực hiện(?: nghiêm túc)?(?: (?:các )?(?:[Tt]hông báo|[Kk]ết luận|nội dung)[^.;:]{0,60})?\s*(?:\.\/\.|\.)?$/u;

/**
 * Drafts the directives of a notice from its text. Pure: the same text gives the same draft. Text that orders nothing (an invitation,
 * an article, an empty file) gives no directives and a note that says so; nothing is ever thrown for what a text says.
 *
 * @param text the notice; offsets in the result are into its NFC form
 */
export function draftDirectives(text: string, options: IntakeOptions = {}): IntakeResult {
  const source = text.normalize('NFC').replace(/\r\n?/gu, '\n');
  const sections = readStructure(readParagraphs(source));
  const document = readDocumentFacts(sections);
  const trace: TraceEntry[] = [];
  const context: DraftContext = {
    source,
    finder: new DeadlineFinder(document.year, document.day),
    options,
    trace,
    ofParty: isOfParty(document.facts),
  };
  const { type } = document.facts;
  const directives =
    type !== null && ordersNothing.includes(type) ? [] : readDirectives(sections, document, context);
  const notes: readonly IntakeNote[] = readNotes(source, sections, document, directives);
  const result = { document: document.facts, directives, notes };
  return options.trace === true ? { ...result, trace } : result;
}

function readDirectives(
  sections: readonly Section[],
  document: ReadDocument,
  context: DraftContext,
): readonly DraftedDirective[] {
  const { type } = document.facts;
  const body = sections.slice(document.bodyStart, document.bodyEnd);
  const bodySet = new Set(body);
  const marked = body.some((section) => section.style !== 'paragraph' && section.style !== 'heading');
  const isTitle = (section: Section): boolean => !bodySet.has(section);
  const drafts: {
    readonly ref: string;
    readonly item: Section;
    readonly group: Group;
    readonly section: Section;
  }[] = [];
  const concludes = body.some(
    (section) =>
      isHeading(section) && section.style !== 'paragraph' && readRegion(section, type, isTitle) === 'orders',
  );
  let last: Group | null = null;
  let lastItem: Section | null = null;
  for (const [index, section] of body.entries()) {
    const { text } = section.content;
    if (section.style === 'row' || section.style === 'heading' || text === '') continue;
    if (isClosing(section, body, index)) {
      last = null;
      const told = ordersInClosing(section, context);
      if (type !== null && orders.includes(type))
        for (const group of told) drafts.push({ ref: section.ref, item: section, group, section });
      continue;
    }
    const own = readRegion(section, type, isTitle);
    // Minutes that have a part with the conclusion order nothing in the parts that tell who said what.
    const region = type === 'bien_ban' && own === 'unknown' && concludes ? 'assessment' : own;
    const item = itemOf(section);
    const before: Group | null =
      section.style === 'paragraph' && item !== section && lastItem === item ? last : null;
    const groups = groupsOf(section, { region, type, before, marked }, context);
    for (const group of groups) drafts.push({ ref: section.ref, item, group, section });
    last = groups[groups.length - 1] ?? (section.style === 'paragraph' ? last : null);
    lastItem = item;
  }
  const counts = new Map<string, number>();
  for (const { ref } of drafts) counts.set(ref, (counts.get(ref) ?? 0) + 1);
  const seen = new Map<string, number>();
  const directives = drafts.map(({ ref, group, section }) => {
    const part = (seen.get(ref) ?? 0) + 1;
    seen.set(ref, part);
    const sectionRef = (counts.get(ref) ?? 0) > 1 ? `${ref}#${part}` : ref;
    return draftGroup(group, section, sectionRef === '' ? `đoạn ${part}` : sectionRef, type, context);
  });
  const rows = readTableTasks(
    type === 'bao_cao' ? [] : sections.slice(Math.min(document.bodyStart, sections.length)),
  ).map((task) => draftTableTask(task, context));
  return [...directives, ...rows].sort((a, b) => a.start - b.start);
}

interface Place {
  readonly region: Region;
  readonly type: DocumentType | null;
  readonly before: Group | null;
  /** The body has numbered items or bullets. */
  readonly marked: boolean;
}

function groupsOf(
  section: Section,
  { region, type, before, marked }: Place,
  context: DraftContext,
): readonly Group[] {
  const { text } = section.content;
  const heading = isHeading(section);
  if (heading && (readHeadingDoers(text).length > 0 || !/[.;]\s/u.test(text))) return [];
  const segments = readSegments(section.content, context.finder);
  const usable = heading ? segments.slice(0, -1) : segments;
  const mode: GroupOptions['region'] =
    region === 'assessment'
      ? 'assessment'
      : type !== null && (orders.includes(type) || type === 'bao_cao' || isGiven(section, type))
        ? 'orders'
        : 'explicit';
  if (type === 'bao_cao' && mode === 'assessment') return [];
  if (mode === 'explicit' && section.style === 'paragraph' && !opensWithCue(segments[0])) return [];
  const trustItems =
    mode === 'orders' && region === 'orders' && section.style !== 'paragraph' && before === null;
  const all = groupSegments(usable, {
    region: mode,
    trustItems: trustItems && !heading,
    item: section.style !== 'paragraph',
    before,
  });
  // What leads in to a list is an order of its own only when it names who is to do it.
  const groups = heading ? all.filter((group) => group.doersFrom === 'own') : all;
  // An opening paragraph before the first item seldom orders without naming anybody.
  return section.style === 'paragraph' && section.ref === '' && (marked || mode === 'explicit')
    ? groups.filter((group) => group.doersFrom === 'own' && isNamed(group))
    : groups;
}

/** In a letter or a plan: an item below "2. Giao Công an tỉnh:" or below a lead-in that asks. */
function isGiven(section: Section, type: DocumentType): boolean {
  return (
    (type === 'cong_van' || type === 'ke_hoach' || type === 'nghi_quyet') &&
    section.style !== 'paragraph' &&
    [...ancestors(section)].some(
      (above) => isHeading(above) && readHeadingDoers(above.content.text).length > 0,
    )
  );
}

/** In a text of no known kind a paragraph orders only when its first words do: an article tells who asked whom in other words. */
function opensWithCue(segment: Segment | undefined): boolean {
  return segment?.clause.rule === 'cue' && segment.clause.start === 0;
}

function isNamed(group: Group): boolean {
  return (
    group.segments.some((segment) => segment.ownDeadline) ||
    group.doers.some((doer) => doer.kind !== 'collective')
  );
}

/** "… để các đơn vị biết, thực hiện. Giao Văn phòng theo dõi, đôn đốc.": behind the last words one body may still be given something. */
function ordersInClosing(section: Section, context: DraftContext): readonly Group[] {
  const segments = readSegments(section.content, context.finder)
    .slice(1)
    .filter(
      ({ clause }) =>
        (clause.form === 'cue' || clause.form === 'subject') &&
        clause.start === 0 &&
        clause.rule !== unknownVerbRule &&
        clause.doers.length > 0 &&
        clause.doers.every(({ kind }) => kind !== 'collective'),
    );
  return segments.flatMap((segment) =>
    groupSegments([segment], { region: 'explicit', trustItems: false, item: false, before: null }),
  );
}

/** The numbered item or bullet a paragraph belongs to; under a heading it stands for itself. */
function itemOf(section: Section): Section {
  if (section.style !== 'paragraph' || section.parent === null || isHeading(section.parent)) return section;
  return section.parent;
}

function isClosing(section: Section, body: readonly Section[], index: number): boolean {
  const { text } = section.content;
  if (section.style !== 'paragraph') return false;
  if (closing.test(text)) return true;
  if (isLastWord(text) && !body.slice(index + 1).some(({ style }) => style !== 'paragraph')) return true;
  if (!genericClosing.test(text) || ancestors(section).length > 2) return false;
  return (
    body.length - index < 5 &&
    body.slice(index + 1).every((next) => next.style === 'paragraph' || next.style === 'row')
  );
}
