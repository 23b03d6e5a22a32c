import { type WorkState } from '../lifecycles/directive-state';
import { type LatenessFacts } from '../lifecycles/lateness';

export const latenessFilters = ['overdue', 'near-due', 'within', 'no-deadline', 'on-time', 'late'] as const;
export type LatenessFilter = (typeof latenessFilters)[number];

/** The same distinctions as `deriveLateness`, for finding; `$5` is now in milliseconds. */
export const LATENESS = `
  case
    when d.work_state in ('reported', 'suspended', 'cancelled', 'replaced') then null
    when d.work_state = 'closed' then case when d.deadline_at is null then null
      when coalesce(d.judged_at, d.closed_at) < d.deadline_at then 'on-time' else 'late' end
    when d.deadline_at is null then 'no-deadline'
    when to_timestamp($5::bigint / 1000.0) >= d.deadline_at then 'overdue'
    when to_timestamp($5::bigint / 1000.0) >= d.near_due_at then 'near-due'
    else 'within'
  end`;

/** From a row, what its lateness is derived from. */
export function latenessFactsOf(row: {
  readonly state: WorkState;
  readonly deadlineAt: Date | null;
  readonly nearDueAt: Date | null;
  readonly judgedAt: Date | null;
  readonly closedAt: Date | null;
}): LatenessFacts {
  return {
    work: row.state,
    deadline: row.deadlineAt?.getTime() ?? null,
    nearDueAt: row.nearDueAt?.getTime() ?? null,
    judgedAt: row.judgedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
  };
}
