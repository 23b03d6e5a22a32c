import { type Body } from './bodies';
import { isCutShort } from './body-name';
import { readHeadingDoers } from './clauses';
import { type DeadlineFinder, readDeadline, readInheritedDeadline, type ReadDeadline } from './deadlines';
import { type Group } from './grouping';
import {
  type DirectiveFlag,
  type DirectiveKind,
  type DocumentType,
  type DraftedDirective,
  type IntakeOptions,
  type TraceEntry,
} from './intake-result';
import { opensWithTask, readKind } from './kinds';
import { MappedText } from './mapped-text';
import { mentionsOf, placed } from './mentions';
import { isHeading } from './regions';
import { readRoles, type Roles } from './roles';
import { type Segment } from './segments';
import { ancestors, type Section } from './structure';
import { type TableTask } from './table-rows';

export interface DraftContext {
  readonly source: string;
  readonly finder: DeadlineFinder;
  readonly options: IntakeOptions;
  readonly trace: TraceEntry[];
  /** The notice is one of a Party committee or of a people's council, to which the State's bodies answer. */
  readonly ofParty: boolean;
}

/** Makes one directive of a group of sentences, with what it inherits from the headings above. */
export function draftGroup(
  group: Group,
  section: Section,
  sectionRef: string,
  type: DocumentType | null,
  context: DraftContext,
): DraftedDirective {
  const content = trimmed(MappedText.joined(group.parts));
  const flags = new Set<DirectiveFlag>();
  const roles = placedRoles(content);
  const { lead, rule: leadRule } = leadOf(group, section, roles, flags, type, context);
  const kind = kindOf(group, content, context.finder);
  const dated = readDeadline(content, kind, context.finder, context.options);
  const inherited = dated.deadline === null && kind === 'task' ? inheritedDeadline(section, context) : null;
  const read = inherited ?? dated;
  if (inherited !== null) flags.add('inherited-deadline');
  for (const flag of read.flags) flags.add(flag);
  if (read.deadline === null && kind === 'task') flags.add('no-deadline');
  if (kind === 'guidance') flags.add('exhortation');
  if (group.doubtful) flags.add('doubtful');
  if (group.bracketed || group.rule === 'cue-after-account') flags.add('inline-assignment');
  const names = new Set(lead.map(({ text }) => text));
  const others = (bodies: readonly Body[]): readonly string[] =>
    [...new Set(bodies.map(({ text }) => text))].filter((name) => !names.has(name));
  const directive: DraftedDirective = {
    sectionRef,
    text: content.text,
    lead: [...names],
    coordinating: others(roles.coordinating),
    advising: others(roles.advising),
    reportTo: others(roles.reportTo),
    kind,
    deadline: read.deadline,
    confidence: confidence(flags, group, type),
    flags: [...flags],
    start: content.sourceStart(0),
    end: content.sourceEnd(content.length),
    mentions: mentionsOf(lead, roles, read.deadline),
  };
  const deadlineRule = read.rule === null || inherited === null ? read.rule : `lead-in: ${read.rule}`;
  note(context, directive, { directive: group.rule, lead: leadRule, deadline: deadlineRule });
  return directive;
}

export function draftTableTask(task: TableTask, context: DraftContext): DraftedDirective {
  const flags = new Set<DirectiveFlag>();
  const own = placedRoles(task.content);
  const roles = { ...own, coordinating: [...task.coordinating, ...own.coordinating] };
  markLead(task.lead, flags);
  const cell =
    task.deadline === null || task.deadline.length === 0 ? null : readCellDeadline(task.deadline, context);
  const read = cell ?? readDeadline(task.content, 'task', context.finder, context.options);
  const kind: DirectiveKind = read.deadline !== null ? 'task' : readKind(task.content.text, false);
  for (const flag of read.flags) flags.add(flag);
  if (read.deadline === null && kind === 'task') flags.add('no-deadline');
  const directive: DraftedDirective = {
    sectionRef: `bảng ${task.label}`,
    text: task.content.text,
    lead: task.lead.map(({ text }) => text),
    coordinating: roles.coordinating.map(({ text }) => text),
    advising: roles.advising.map(({ text }) => text),
    reportTo: roles.reportTo.map(({ text }) => text),
    kind,
    deadline: read.deadline,
    confidence: confidence(flags, null, null),
    flags: [...flags],
    start: task.content.sourceStart(0),
    end: task.content.sourceEnd(task.content.length),
    mentions: mentionsOf(task.lead, roles, read.deadline),
  };
  note(context, directive, {
    directive: 'table-row',
    lead: task.lead.length > 0 ? 'table-cell' : null,
    deadline: cell !== null && read.rule !== null ? `table-cell: ${read.rule}` : read.rule,
  });
  return directive;
}

/** A cell says only "06/02/2026" or "Quý III/2025". */
function readCellDeadline(cell: MappedText, context: DraftContext): ReadDeadline | null {
  const whole = readDeadline(cell, 'task', context.finder, context.options);
  if (whole.deadline !== null) return whole;
  for (const words of ['chậm nhất ngày ', 'trong ']) {
    const reading = context.finder.find(`${words}${cell.text}`)[0];
    if (reading?.date === undefined || reading.date === null || reading.start !== 0) continue;
    const end = reading.end - words.length;
    const flags: DirectiveFlag[] = reading.ambiguous ? ['ambiguous-deadline'] : [];
    return {
      deadline: {
        text: cell.text.slice(0, end),
        date: reading.date,
        kind: reading.kind === 'date' ? 'date' : 'period',
        start: cell.sourceStart(0),
        end: cell.sourceEnd(end),
        bound: reading.bound,
      },
      flags,
      rule: reading.rule,
    };
  }
  return null;
}

/** "Phun khử khuẩn 03 trường học trong tháng 11": a verb with an end, and a month for it. */
function opensTask({ content, clause, ownDeadline }: Segment): boolean {
  return ownDeadline && opensWithTask(content.text.slice(clause.duty));
}

function kindOf(group: Group, content: MappedText, finder: DeadlineFinder): DirectiveKind {
  const [first] = group.segments;
  if (
    group.segments.some((segment) => segment.ownDeadline) &&
    readDeadline(content, 'task', finder, {}).deadline !== null
  ) {
    const own = readDeadline(content, 'standing', finder, {}).deadline;
    if (own !== null || first?.kind === 'task' || group.segments.some(opensTask)) return 'task';
  }
  if (group.segments.some((segment) => segment.kind === 'task')) return 'task';
  return first?.kind ?? 'standing';
}

function leadOf(
  group: Group,
  section: Section,
  roles: Roles,
  flags: Set<DirectiveFlag>,
  type: DocumentType | null,
  context: DraftContext,
): FoundLead {
  const asker = context.ofParty ? askedByState(group) : null;
  if (asker !== null) {
    markLead([asker], flags);
    return { lead: [asker], rule: 'state-body-directs' };
  }
  const own = directsOthers(group) && headingDoers(section).length > 0 ? [] : group.doers;
  if (group.doersFrom === 'sentence-before') flags.add('inherited-lead');
  const found = ((): FoundLead => {
    if (own.length > 0)
      return { lead: own, rule: group.doersFrom === 'sentence-before' ? 'sentence-before' : group.rule };
    if (roles.lead.length > 0) return { lead: roles.lead, rule: 'behind-the-work' };
    const above = type === 'bao_cao' ? [] : headingDoers(section);
    if (above.length > 0) flags.add('inherited-lead');
    return { lead: above, rule: above.length > 0 ? 'heading' : null };
  })();
  markLead(found.lead, flags);
  return found;
}

/** "UBND huyện chỉ đạo các phòng …" in a notice of the Party committee or the council: the order is to UBND huyện. */
function askedByState(group: Group): Body | null {
  const clause = group.segments[0]?.clause;
  if (clause?.asker === undefined || !/^(?:UBND|Ủy ban nhân dân)\s/u.test(clause.asker.text)) return null;
  return clause.asker;
}

interface FoundLead {
  readonly lead: readonly Body[];
  readonly rule: string | null;
}

function placedRoles(content: MappedText): Roles {
  const { coordinating, advising, reportTo, lead } = readRoles(content.text);
  return {
    coordinating: placed(coordinating, content),
    advising: placed(advising, content),
    reportTo: placed(reportTo, content),
    lead: placed(lead, content),
  };
}

/** "1. Công an huyện: - Chỉ đạo Công an các xã …": under the name of a doer, to direct and to urge is that doer's work. */
function directsOthers(group: Group): boolean {
  const first = group.segments[0];
  if (first === undefined || group.doersFrom !== 'own') return false;
  return (
    first.clause.form === 'cue' &&
    /^(?:chỉ đạo|yêu cầu|phân công|đề nghị|lưu ý)\s/iu.test(first.content.text.slice(first.clause.start))
  );
}

/** The nearest heading above that names who is to do what stands below it. */
function headingDoers(section: Section): readonly Body[] {
  for (const above of [...ancestors(section)].reverse()) {
    if (!isHeading(above)) continue;
    const doers = readHeadingDoers(above.content.text);
    if (doers.length > 0) return placed(doers, above.content);
  }
  return [];
}

function markLead(lead: readonly Body[], flags: Set<DirectiveFlag>): void {
  if (lead.length === 0) flags.add('no-lead');
  if (lead.length > 1 || lead.some(({ members }) => members > 1)) flags.add('several-leads');
  if (lead.some(({ kind, members }) => kind === 'collective' && members === 1)) flags.add('generic-doer');
  if (lead.some(({ kind }) => kind === 'person')) flags.add('person-as-lead');
  if (lead.some(({ text }) => isCutShort(text))) flags.add('damaged-name');
}

/** "…một số nhiệm vụ để thực hiện trong Quý II như sau:" holds for the tasks below it; a plan's period in a heading does not. */
function inheritedDeadline(section: Section, context: DraftContext): ReadDeadline | null {
  for (const above of [...ancestors(section)].reverse()) {
    const read = readInheritedDeadline(above.content, context.finder, context.options);
    if (read !== null) return read;
  }
  return null;
}

const weights: Partial<Record<DirectiveFlag, number>> = {
  'no-lead': 0.25,
  'inherited-lead': 0.05,
  'generic-doer': 0.1,
  'several-leads': 0.05,
  'ambiguous-deadline': 0.15,
  'several-deadlines': 0.15,
  'inherited-deadline': 0.1,
  'inline-assignment': 0.1,
  'damaged-name': 0.15,
  exhortation: 0.1,
  doubtful: 0.3,
};

function confidence(
  flags: ReadonlySet<DirectiveFlag>,
  group: Group | null,
  type: DocumentType | null,
): number {
  let value = 0.95;
  for (const flag of flags) value -= weights[flag] ?? 0;
  if (group !== null && (type === null || type === 'quyet_dinh' || type === 'bien_ban')) value *= 0.6;
  return Math.round(Math.max(0.05, value) * 100) / 100;
}

function trimmed(content: MappedText): MappedText {
  return content.without(/(?<=[.!?])\/\.$/gu).trim();
}

/** What was read, by which rule, and where. */
function note(
  { options, trace }: DraftContext,
  { sectionRef, start, end, mentions, text }: DraftedDirective,
  rules: Readonly<Record<TraceEntry['of'], string | null>>,
): void {
  if (options.trace !== true) return;
  const all = (role: TraceEntry['of']) => mentions.filter((mention) => mention.role === role);
  for (const what of ['directive', 'lead', 'deadline'] as const) {
    const rule = rules[what];
    if (rule === null) continue;
    const places = what === 'directive' ? [{ text: text.slice(0, 80), start, end }] : all(what);
    for (const place of places)
      trace.push({ of: what, sectionRef, rule, start: place.start, end: place.end, detail: place.text });
  }
}
