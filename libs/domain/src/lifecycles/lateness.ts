import { type Instant } from '@dondoc/workflow';
import { cameInTime } from './directive.updates';
import { type TimeState, type WorkState } from './directive-state';

/** What lateness is derived from: the deadline in force, and the report in hand. */
export interface LatenessFacts {
  readonly work: WorkState;
  readonly deadline: Instant | null;
  readonly nearDueAt: Instant | null;
  /** Submission of the report that awaits verification or was accepted. */
  readonly submittedAt: Instant | null;
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

/**
 * How late a directive is at an instant. It is overdue from the deadline instant on while no report awaits verification;
 * whether it was completed on time is judged by the submission of the accepted report. Without a deadline it is never
 * late. Used by every list, count and page, so that a slow worker never shows a wrong status.
 */
export function deriveLateness(facts: LatenessFacts, now: Instant): Lateness {
  const { work, deadline, nearDueAt } = facts;
  if (work === 'cancelled') return { time: null, overdue: false, completion: null };
  if (work === 'closed') {
    const inTime = cameInTime(facts.submittedAt ?? facts.closedAt, deadline);
    const completion = inTime === null ? 'no-deadline' : inTime ? 'on-time' : 'late';
    return { time: null, overdue: false, completion };
  }
  if (work === 'reported') return { time: null, overdue: false, completion: null };
  if (deadline === null) return { time: 'no-deadline', overdue: false, completion: null };
  if (now >= deadline) return { time: 'overdue', overdue: true, completion: null };
  const near = nearDueAt !== null && now >= nearDueAt;
  return { time: near ? 'near-due' : 'within', overdue: false, completion: null };
}

export interface Totals {
  /** All that were ever given, without the cancelled ones. */
  readonly assigned: number;
  readonly completed: {
    readonly total: number;
    readonly onTime: number;
    readonly late: number;
    readonly noDeadline: number;
  };
  readonly outstanding: {
    readonly total: number;
    /** Before the deadline, or with a report that awaits verification. */
    readonly within: number;
    readonly overdue: number;
    readonly noDeadline: number;
    /** Of those above: how many have a report that awaits verification. */
    readonly awaitingVerification: number;
  };
  readonly cancelled: number;
}

/** The summary form of the reports: "đề ra N nhiệm vụ, hoàn thành n, còn m chưa hoàn thành". */
export function countTotals(directives: readonly LatenessFacts[], now: Instant): Totals {
  const counted = directives.map((facts) => ({ facts, lateness: deriveLateness(facts, now) }));
  const count = (test: (one: (typeof counted)[number]) => boolean): number => counted.filter(test).length;
  const open = (work: WorkState): boolean => work !== 'closed' && work !== 'cancelled';
  const outstanding = count(({ facts }) => open(facts.work));
  const overdue = count(({ lateness }) => lateness.overdue);
  const noDeadline = count(({ facts }) => open(facts.work) && facts.deadline === null);
  const cancelled = count(({ facts }) => facts.work === 'cancelled');
  return {
    assigned: directives.length - cancelled,
    completed: {
      total: count(({ facts }) => facts.work === 'closed'),
      onTime: count(({ lateness }) => lateness.completion === 'on-time'),
      late: count(({ lateness }) => lateness.completion === 'late'),
      noDeadline: count(({ lateness }) => lateness.completion === 'no-deadline'),
    },
    outstanding: {
      total: outstanding,
      within: outstanding - overdue - noDeadline,
      overdue,
      noDeadline,
      awaitingVerification: count(({ facts }) => facts.work === 'reported'),
    },
    cancelled,
  };
}
