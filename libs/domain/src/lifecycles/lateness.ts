import { type Instant } from '@dondoc/workflow';
import { cameInTime } from './directive.updates';
import { hasEnded, type TimeState, type WorkState } from './directive-state';

/** What lateness is derived from: the deadline in force, and the report in hand. */
export interface LatenessFacts {
  readonly work: WorkState;
  readonly deadline: Instant | null;
  readonly nearDueAt: Instant | null;
  /** What the accepted report is judged by: its submission, or the day of its document where the rules say so. */
  readonly judgedAt: Instant | null;
  readonly closedAt: Instant | null;
}

export interface Lateness {
  /** Of an open directive; null once it ended, and while its report awaits verification. */
  readonly time: TimeState | null;
  /** Open, without a report, and past the deadline in force. */
  readonly overdue: boolean;
  /** Of a closed directive. */
  readonly completion: 'on-time' | 'late' | 'no-deadline' | null;
}

/** Nothing is late while its report awaits verification, while it is suspended, or once it is no longer wanted. */
const stoodStill: readonly WorkState[] = ['reported', 'suspended', 'cancelled', 'replaced'];

/**
 * How late a directive is at an instant. It is overdue from the deadline instant on while no report awaits verification
 * and it is not suspended; whether it was completed on time is judged by the accepted report. Without a deadline it is never
 * late. Used by every list, count and page, so that a slow worker never shows a wrong status.
 */
export function deriveLateness(facts: LatenessFacts, now: Instant): Lateness {
  const { work, deadline, nearDueAt } = facts;
  if (work === 'closed') {
    const inTime = cameInTime(facts.judgedAt ?? facts.closedAt, deadline);
    const completion = inTime === null ? 'no-deadline' : inTime ? 'on-time' : 'late';
    return { time: null, overdue: false, completion };
  }
  if (stoodStill.includes(work)) return { time: null, overdue: false, completion: null };
  if (deadline === null) return { time: 'no-deadline', overdue: false, completion: null };
  if (now >= deadline) return { time: 'overdue', overdue: true, completion: null };
  const near = nearDueAt !== null && now >= nearDueAt;
  return { time: near ? 'near-due' : 'within', overdue: false, completion: null };
}

export interface Totals {
  /** All that were ever given, without the cancelled and replaced ones. */
  readonly assigned: number;
  readonly completed: {
    readonly total: number;
    readonly onTime: number;
    readonly late: number;
    readonly noDeadline: number;
  };
  readonly outstanding: {
    readonly total: number;
    /** Before the deadline, suspended, or with a report that awaits verification. */
    readonly within: number;
    readonly overdue: number;
    readonly noDeadline: number;
    /** Of those above: how many have a report that awaits verification. */
    readonly awaitingVerification: number;
    /** Of those above: how many stand still. */
    readonly suspended: number;
  };
  readonly cancelled: number;
  readonly replaced: number;
}

/** The summary form of the reports: "đề ra N nhiệm vụ, hoàn thành n, còn m chưa hoàn thành". */
export function countTotals(directives: readonly LatenessFacts[], now: Instant): Totals {
  const counted = directives.map((facts) => ({ facts, lateness: deriveLateness(facts, now) }));
  const count = (test: (one: (typeof counted)[number]) => boolean): number => counted.filter(test).length;
  const outstanding = count(({ facts }) => !hasEnded(facts.work));
  const overdue = count(({ lateness }) => lateness.overdue);
  const noDeadline = count(({ facts }) => !hasEnded(facts.work) && facts.deadline === null);
  const of = (work: WorkState): number => count(({ facts }) => facts.work === work);
  const [cancelled, replaced] = [of('cancelled'), of('replaced')];
  return {
    assigned: directives.length - cancelled - replaced,
    completed: {
      total: of('closed'),
      onTime: count(({ lateness }) => lateness.completion === 'on-time'),
      late: count(({ lateness }) => lateness.completion === 'late'),
      noDeadline: count(({ lateness }) => lateness.completion === 'no-deadline'),
    },
    outstanding: {
      total: outstanding,
      within: outstanding - overdue - noDeadline,
      overdue,
      noDeadline,
      awaitingVerification: of('reported'),
      suspended: of('suspended'),
    },
    cancelled,
    replaced,
  };
}

export const noTotals: Totals = {
  assigned: 0,
  completed: { total: 0, onTime: 0, late: 0, noDeadline: 0 },
  outstanding: { total: 0, within: 0, overdue: 0, noDeadline: 0, awaitingVerification: 0, suspended: 0 },
  cancelled: 0,
  replaced: 0,
};

function sums<TCounts extends Readonly<Record<string, number>>>(a: TCounts, b: TCounts): TCounts {
  return Object.fromEntries(
    Object.entries(a).map(([name, count]) => [name, count + (b[name] ?? 0)]),
  ) as TCounts;
}

/** Of two that count different directives. */
export function addTotals(a: Totals, b: Totals): Totals {
  return {
    assigned: a.assigned + b.assigned,
    completed: sums(a.completed, b.completed),
    outstanding: sums(a.outstanding, b.outstanding),
    cancelled: a.cancelled + b.cancelled,
    replaced: a.replaced + b.replaced,
  };
}
