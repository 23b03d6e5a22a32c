import { type DataSource, type EntityManager } from 'typeorm';
import {
  checkpointHash,
  checkpointText,
  HISTORY_LEDGER,
  type Checkpoint,
  type LedgerTotals,
} from './checkpoint';
import { checkLedgers, rowHash, type Ledger } from './ledger';
import { type SigningKey } from './signing-key';

export interface SealerOptions {
  /** With the rights of the worker. */
  readonly dataSource: DataSource;
  readonly ledgers?: readonly Ledger[];
  /** `null`: checkpoints are made, but whoever may write the database could make others. */
  readonly key: SigningKey | null;
}

const LOCK = `select pg_advisory_xact_lock(hashtextextended('workflow.seal ' || $1, 0))`;

/** One snapshot of the database: an instance is sealed as it was committed, whatever moves meanwhile. */
const SEAL_HISTORY = `
  insert into workflow.sealed (organization_id, ledger, subject_id, revision, head, checkpoint)
  select i.organization_id, '${HISTORY_LEDGER}', i.id, i.revision, i.head, $2::integer
  from workflow.instance i
  where i.organization_id = $1::uuid and not exists (
    select from workflow.sealed s
    where s.organization_id = i.organization_id and s.ledger = '${HISTORY_LEDGER}' and s.subject_id = i.id
      and s.revision = i.revision)`;

const sealLedger = (ledger: Ledger): string => `
  insert into workflow.sealed (organization_id, ledger, subject_id, revision, head, checkpoint)
  select row.organization_id, '${ledger.name}', row.id, 1, ${rowHash(ledger)}, $2::integer
  from ${ledger.table} as row
  where row.organization_id = $1::uuid and not exists (
    select from workflow.sealed s
    where s.organization_id = row.organization_id and s.ledger = '${ledger.name}' and s.subject_id = row.id)`;

/** The lines that `digestOf` makes, in its order. */
export const DIGEST = `
  select count(*)::integer as moved,
    encode(sha256(convert_to(coalesce(string_agg(
      s.ledger || ' ' || s.subject_id || ' ' || s.revision || ' ' || encode(s.head, 'hex') || E'\\n',
      '' order by s.ledger collate "C", s.subject_id, s.revision), ''), 'utf8')), 'hex') as digest
  from workflow.sealed s where s.organization_id = $1::uuid and s.checkpoint = $2::integer`;

/** How much is sealed up to and with a checkpoint. */
export const TOTALS = `
  select ledger, count(*)::integer as subjects, sum(revision)::integer as entries
  from (select s.ledger, s.subject_id, max(s.revision) as revision from workflow.sealed s
        where s.organization_id = $1::uuid and s.checkpoint <= $2::integer group by 1, 2) as highest
  group by ledger order by ledger`;

export type TotalsRow = LedgerTotals & { readonly ledger: string };

export const totalsOf = (rows: readonly TotalsRow[]): Checkpoint['totals'] =>
  Object.fromEntries(rows.map(({ ledger, subjects, entries }) => [ledger, { subjects, entries }]));

/**
 * Seals what an organization has written since its last checkpoint into a new one. Nothing waits for it: it reads what is
 * committed, and what commits meanwhile goes into the next.
 */
export class Sealer {
  constructor(private readonly options: SealerOptions) {
    checkLedgers(options.ledgers ?? []);
  }

  /** @returns the checkpoint; `null` when nothing has come since the last one */
  async seal(organization: string): Promise<Checkpoint | null> {
    return this.options.dataSource.transaction((manager) => this.sealIn(manager, organization));
  }

  /**
   * Seals each of these organizations whose last checkpoint is as old as that, or that has none.
   * @returns how many checkpoints were made
   */
  async sealDue(organizations: readonly string[], olderThanMs: number): Promise<number> {
    const { dataSource } = this.options;
    let made = 0;
    for (const id of organizations)
      made += await dataSource.transaction(async (manager) => {
        await enter(manager, id);
        const [last] = await manager.query<unknown[]>(
          `select from workflow.checkpoint where organization_id = $1
             and sealed_at > clock_timestamp() - make_interval(secs => $2::float8 / 1000)`,
          [id, olderThanMs],
        );
        return last ? 0 : (await this.sealIn(manager, id)) ? 1 : 0;
      });
    return made;
  }

  private async sealIn(manager: EntityManager, organization: string): Promise<Checkpoint | null> {
    await enter(manager, organization);
    await manager.query(LOCK, [organization]);
    const [last] = await manager.query<{ number: number; body: string }[]>(
      `select number, body from workflow.checkpoint where organization_id = $1 order by number desc limit 1`,
      [organization],
    );
    const at = [organization, (last?.number ?? 0) + 1] as const;
    await manager.query(SEAL_HISTORY, [...at]);
    for (const ledger of this.options.ledgers ?? []) await manager.query(sealLedger(ledger), [...at]);
    const [sum] = await manager.query<{ moved: number; digest: string }[]>(DIGEST, [...at]);
    if (!sum || sum.moved === 0) return null;
    const totals = totalsOf(await manager.query<TotalsRow[]>(TOTALS, [...at]));
    const [clock] = await manager.query<{ now: Date }[]>(
      `select date_trunc('milliseconds', clock_timestamp()) as now`,
    );
    const sealedAt = (clock?.now ?? new Date(Number.NaN)).toISOString();
    const checkpoint: Checkpoint = {
      organization,
      number: at[1],
      sealedAt,
      previous: last ? checkpointHash(last.body) : null,
      ...sum,
      totals,
    };
    const text = checkpointText(checkpoint);
    const { key } = this.options;
    await manager.query(
      `insert into workflow.checkpoint (organization_id, number, sealed_at, body, key, signature)
       values ($1, $2, $3, $4, $5, $6)`,
      [...at, sealedAt, text, key?.fingerprint ?? null, key?.sign(text) ?? null],
    );
    return checkpoint;
  }
}

/** Instants of ledgers are rendered in UTC, wherever the server stands. */
export async function enter(manager: EntityManager, organization: string): Promise<void> {
  await manager.query(
    `select set_config('dondoc.organization', $1, true), set_config('TimeZone', 'UTC', true)`,
    [organization],
  );
}
