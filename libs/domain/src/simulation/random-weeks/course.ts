import { type HistoryEntry, type Instant } from '@dondoc/workflow';
import { type DeadlineInForce } from '../../lifecycles/directive.types';

/** How a directive stood from one act on it to the next, told from its history alone. */
export interface Stretch {
  readonly from: Instant;
  /** The first instant of the next one; infinity for the last. */
  readonly until: Instant;
  readonly stands: 'running' | 'reported' | 'suspended' | 'ended';
  readonly deadline: Instant | null;
  /** Since when this deadline counts. */
  readonly deadlineSince: Instant;
  readonly assignedAt: Instant;
  /** `id@version` of the rules it lives under. */
  readonly rules: string;
  /** What the deadline in force left to the summary. */
  readonly summarized: readonly string[];
}

interface Planned {
  readonly rules?: string;
  readonly deadline?: DeadlineInForce | null;
  readonly summarized?: readonly string[];
  readonly assignedAt?: Instant;
}

const planning = new Set([
  'set-deadline',
  'extend',
  'reassign',
  'resume',
  'send-back',
  'move-rules',
  'parent-moved',
]);

/** What an event plans anew; null: nothing. */
function plannedBy(
  { event, kind }: HistoryEntry,
  before: Stretch | undefined,
  bySilence: Planned | null,
): Planned | null {
  // What somebody has set meanwhile stays.
  if (event.type.includes('returnWindowEnds')) return before?.deadline === null ? bySilence : null;
  if (kind === 'start') return event['input'] as unknown as Planned;
  if (event.type === 'accept') return event['counted'] as Planned | null;
  // What is reported already is judged by the deadline under which it was reported.
  if (event.type === 'parent-moved' && before?.stands === 'reported') return null;
  return planning.has(event.type) ? (event as unknown as Planned) : null;
}

function standsAfter({ event, kind }: HistoryEntry, before: Stretch | undefined): Stretch['stands'] {
  if (kind === 'start' || before === undefined) return 'running';
  switch (event.type) {
    case 'report':
      return event['needsApproval'] === true ? before.stands : 'reported';
    case 'approve-report':
      return 'reported';
    case 'suspend':
      return 'suspended';
    case 'send-back':
    case 'resume':
      return 'running';
    case 'verify':
    case 'cancel':
    case 'replace':
      return 'ended';
    default:
      return before.stands;
  }
}

/**
 * The course of a directive by its definition: it runs but while it is suspended, while a report has left that nobody has
 * sent back, and once it has ended; each deadline counts from the act that gave it. Knows nothing of how a machine
 * keeps any of this.
 */
export function courseOf(history: readonly HistoryEntry[]): readonly Stretch[] {
  const course: Stretch[] = [];
  let bySilence: Planned | null = null;
  for (const entry of history) {
    const { at } = entry;
    const before = course.at(-1);
    const source = (entry.kind === 'start' ? entry.event['input'] : entry.event) as unknown as {
      readonly bySilence?: Planned | null;
    };
    if (source.bySilence !== undefined) bySilence = source.bySilence;
    const planned = plannedBy(entry, before, bySilence);
    const stands = standsAfter(entry, before);
    if (planned === null && stands === before?.stands) continue;
    const deadline =
      planned?.deadline === undefined ? (before?.deadline ?? null) : (planned.deadline?.at ?? null);
    const since = deadline === before?.deadline ? before.deadlineSince : at;
    if (before) course[course.length - 1] = { ...before, until: at };
    course.push({
      from: at,
      until: Number.POSITIVE_INFINITY,
      stands,
      deadline,
      deadlineSince: since,
      assignedAt: planned?.assignedAt ?? before?.assignedAt ?? at,
      rules: planned?.rules ?? before?.rules ?? '',
      summarized: planned?.summarized ?? before?.summarized ?? [],
    });
  }
  return course;
}

/** How a directive stands at an instant; after all that happened at it. */
export function standsAt(course: readonly Stretch[], at: Instant): Stretch | undefined {
  return course.filter(({ from }) => from <= at).at(-1);
}

/** Quá hạn: past the deadline in force, not suspended, not ended, and no report that awaits verification. */
export function isOverdue(stretch: Stretch | undefined, at: Instant): boolean {
  return stretch?.stands === 'running' && stretch.deadline !== null && at >= stretch.deadline;
}
