import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { drawLifecycle, refusal, type Refusal } from '@dondoc/workflow';
import { lifecycles } from '../lifecycles/lifecycles';

/** What waits in one organization. Numbers of rows are counted up to `MOST_COUNTED`. */
export interface WorkState {
  readonly effects: { readonly waiting: number; readonly parked: number; readonly oldestSeconds: number };
  readonly timers: {
    readonly waiting: number;
    readonly parked: number;
    /** By how much the earliest one that could fire is late, in seconds of business time. */
    readonly overdueSeconds: number;
    /** ISO 8601, UTC, business time; null: none is waiting. */
    readonly nextDue: string | null;
  };
  readonly delivered: { readonly lastDay: number; readonly lastAt: string | null };
}

/** Counting more rows than this would cost more than the difference is worth knowing. */
const MOST_COUNTED = 10_000;

const counted = (table: string, condition: string): string =>
  `(select count(*)::integer from
     (select from ${table} where organization_id = $1 and ${condition} limit ${MOST_COUNTED}) counted)`;

/** Told by an index: to look into every instance for parked timers takes as long as there are instances. */
const AMONG_PARKED =
  'instance_id in (select id from workflow.instance where organization_id = $1 and has_parked)';

const READ = `
  select ${counted('workflow.outbox', 'parked_at is null')} as effects,
    ${counted('workflow.outbox', 'parked_at is not null')} as "parkedEffects",
    (select coalesce(greatest(extract(epoch from now() - min(next_attempt_at)), 0), 0)::float8 from workflow.outbox
     where organization_id = $1 and parked_at is null) as "oldestSeconds",
    ${counted('workflow.timer', 'parked_at is null')} as timers,
    ${counted('workflow.timer', `parked_at is not null and ${AMONG_PARKED}`)} as "parkedTimers",
    (select min(due_at) from workflow.instance where organization_id = $1 and due_at is not null) as "nextDue",
    ${counted('workflow.outbox_delivered', "delivered_at > now() - interval '1 day'")} as "lastDay",
    (select max(delivered_at) from workflow.outbox_delivered
     where organization_id = $1 and delivered_at > now() - interval '31 days') as "lastAt"`;

interface Row {
  readonly effects: number;
  readonly parkedEffects: number;
  readonly oldestSeconds: number;
  readonly timers: number;
  readonly parkedTimers: number;
  readonly nextDue: Date | null;
  readonly lastDay: number;
  readonly lastAt: Date | null;
}

export async function workState(tx: PostgresTransaction): Promise<WorkState> {
  const [row] = await tx.query<Row>(READ, [tx.organization]);
  if (!row) throw new Error('a query without from gives one row');
  const { effects, parkedEffects, oldestSeconds, timers, parkedTimers, nextDue, lastDay, lastAt } = row;
  const late = nextDue === null ? 0 : Math.max(0, tx.now - nextDue.getTime());
  return {
    effects: { waiting: effects, parked: parkedEffects, oldestSeconds },
    timers: {
      waiting: timers,
      parked: parkedTimers,
      overdueSeconds: late / 1_000,
      nextDue: nextDue?.toISOString() ?? null,
    },
    delivered: { lastDay, lastAt: lastAt?.toISOString() ?? null },
  };
}

export interface LifecycleState {
  readonly id: string;
  readonly version: number;
  /** Open instances of the organization. */
  readonly open: number;
  /** Whether this installation can run it. */
  readonly known: boolean;
}

/** Every version that has open instances, and the latest of each lifecycle. */
export async function lifecycleStates(tx: PostgresTransaction): Promise<readonly LifecycleState[]> {
  const rows = await tx.query<{ id: string; version: number; open: number }>(
    `select lifecycle as id, version, count(*)::integer as open from workflow.instance
     where organization_id = $1 and status = 'active' group by lifecycle, version`,
    [tx.organization],
  );
  const open = rows.map((row) => ({ ...row, known: lifecycles.find(row.id, row.version) !== undefined }));
  const seen = await tx.query<{ id: string; version: number }>(
    'select lifecycle as id, version from workflow.definition where retired_at is null',
  );
  const idle = seen
    .filter(({ id, version }) => !open.some((one) => one.id === id && one.version === version))
    .map(({ id, version }) => ({ id, version, open: 0, known: lifecycles.find(id, version) !== undefined }))
    .filter(({ known }) => known);
  return [...open, ...idle].sort((a, b) => a.id.localeCompare(b.id) || b.version - a.version);
}

/** A version of a lifecycle as an SVG. Refuses `not-found`. */
export function drawVersion(id: string, version: number, language: 'vi' | 'en'): string | Refusal {
  const found = lifecycles.find(id, version);
  if (found) return drawLifecycle(found, { language });
  return refusal('not-found', {
    vi: `Không có vòng đời ${id} phiên bản ${version}.`,
    en: `There is no version ${version} of the lifecycle ${id}.`,
  });
}
