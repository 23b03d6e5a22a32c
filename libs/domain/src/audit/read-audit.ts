import { verifyCheckpoints, type SealFinding } from '@dondoc/workflow/audit/verify-checkpoints';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';
import { ledgers } from './ledgers';

export interface AuditQuery {
  readonly person?: string | undefined;
  /** Words of the act or its subject. */
  readonly words?: string | undefined;
  readonly outcome?: 'done' | 'refused' | undefined;
  /** Technical instants, milliseconds since the epoch: from one, up to another. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

export interface AuditView {
  readonly id: string;
  /** Technical time, ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Business time, ISO 8601, UTC. */
  readonly at: string;
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly onBehalfOf: readonly { readonly id: string; readonly name: string }[];
  readonly act: string;
  readonly subject: string | null;
  readonly outcome: 'done' | 'refused';
  readonly code: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  /** The entry as it was written: what was asked or changed stands in it. */
  readonly entry: object;
}

interface AuditRow extends Omit<AuditView, 'recordedAt' | 'at' | 'entry'> {
  readonly recorded: Date;
  readonly at: Date;
  readonly entry: string;
}

const LIST = `
  select e.id, e.recorded_at as recorded, e.at, e.act, e.subject, e.outcome, e.code, e.entry, o.address,
    o.user_agent as "userAgent",
    case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as person,
    coalesce((select json_agg(json_build_object('id', b.id, 'name', b.name) order by b.name) from dondoc.person b
      where b.organization_id = e.organization_id
        and b.id::text in (select jsonb_array_elements_text(e.entry::jsonb -> 'onBehalfOf'))), '[]') as "onBehalfOf"
  from dondoc.audit_entry e
  left join dondoc.audit_origin o on o.organization_id = e.organization_id and o.entry_id = e.id
  left join dondoc.person p on p.organization_id = e.organization_id and p.id = e.person_id
  where e.organization_id = $1
    and ($2::uuid is null or e.person_id = $2::uuid)
    and ($3::text is null or strpos(lower(e.act), $3::text) > 0 or strpos(lower(coalesce(e.subject, '')), $3::text) > 0)
    and ($4::text is null or e.outcome = $4::text)
    and ($5::bigint is null or e.recorded_at >= to_timestamp($5::bigint / 1000.0))
    and ($6::bigint is null or e.recorded_at < to_timestamp($6::bigint / 1000.0))
    and ($7::bigint is null or (e.recorded_at, e.id) < (to_timestamp($7::bigint / 1000.0), $8::uuid))
  order by e.recorded_at desc, e.id desc limit $9 + 1`;

/** The audit trail, the newest first. */
export async function listAudit(tx: PostgresTransaction, query: AuditQuery): Promise<Page<AuditView>> {
  const { person, words, outcome, from, to, limit, after } = query;
  const rows = await tx.query<AuditRow>(LIST, [
    tx.organization,
    person ?? null,
    words?.toLowerCase() ?? null,
    outcome ?? null,
    from ?? null,
    to ?? null,
    after?.at ?? null,
    after?.id ?? null,
    limit,
  ]);
  const { items, next } = pageOf(rows, limit, ({ id, recorded }) => ({ id, at: recorded.getTime() }));
  return {
    next,
    items: items.map(({ recorded, at, entry, ...row }) => ({
      ...row,
      recordedAt: recorded.toISOString(),
      at: at.toISOString(),
      entry: JSON.parse(entry) as object,
    })),
  };
}

export interface CheckpointView {
  readonly number: number;
  readonly sealedAt: string;
  readonly signed: boolean;
  readonly totals: Readonly<Record<string, { readonly subjects: number; readonly entries: number }>>;
}

/** As many of the latest as people look at. */
const LATEST_CHECKPOINTS = 60;

/** The latest seals, the newest first. */
export async function listCheckpoints(tx: PostgresTransaction): Promise<readonly CheckpointView[]> {
  const rows = await tx.query<{ number: number; text: string; signed: boolean }>(
    `select number, body as text, signature is not null as signed from workflow.checkpoint
     where organization_id = $1 order by number desc limit $2`,
    [tx.organization, LATEST_CHECKPOINTS],
  );
  return rows.map(({ number, text, signed }) => {
    const { sealedAt, totals } = JSON.parse(text) as Pick<CheckpointView, 'sealedAt' | 'totals'>;
    return { number, sealedAt, totals, signed };
  });
}

export interface SealState {
  readonly checkpoints: number;
  readonly signed: number;
  readonly findings: readonly SealFinding[];
}

/**
 * Holds history and audit trail against every seal. Signatures are checked where their public key is, which is not here;
 * `./dondoc audit verify` also replays every instance.
 */
export function verifySeals(source: DataSource, organization: string): Promise<SealState> {
  return verifyCheckpoints(source, organization, { ledgers, keys: [] });
}
