import { type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { notFound } from '../accounts/access-refusals.service';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';
import { type DraftItem } from './draft-item';

export interface SourceView {
  readonly id: string;
  readonly kind: 'notice' | 'letter' | 'note' | 'oral';
  readonly document: { readonly id: string; readonly name: string; readonly number: string | null } | null;
  readonly givenBy: string | null;
  readonly givenOn: string | null;
  readonly note: string | null;
}

export interface DraftView {
  readonly id: string;
  readonly status: 'open' | 'confirmed';
  readonly revision: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly createdBy: string;
  readonly source: SourceView;
  readonly items: readonly DraftItem[];
  readonly notes: readonly { readonly code: string; readonly vi: string; readonly en: string }[];
}

interface DraftRow extends Omit<DraftView, 'createdAt' | 'source'> {
  readonly created_at: Date;
  readonly created_by: string;
  readonly source: SourceView;
}

const SELECT_DRAFT = `
  select f.id, f.status, f.revision, f.created_at, f.created_by_id as created_by, f.items, f.notes,
    json_build_object('id', s.id, 'kind', s.kind, 'givenBy', s.given_by_id, 'givenOn', s.given_on, 'note', s.note,
      'document', case when d.id is not null then json_build_object('id', d.id, 'name', d.name, 'number', d.number) end
    ) as source
  from dondoc.draft f
  join dondoc.source s on s.organization_id = f.organization_id and s.id = f.source_id
  left join dondoc.document d on d.organization_id = s.organization_id and d.id = s.document_id`;

function viewOf({ created_at, created_by, ...row }: DraftRow): DraftView {
  const { id, status, revision, source, items, notes } = row;
  return {
    id,
    status,
    revision,
    createdAt: created_at.toISOString(),
    createdBy: created_by,
    source,
    items,
    notes,
  };
}

export async function draftView(
  tx: PostgresTransaction,
  id: string,
  lock: 'for update of f' | '' = '',
): Promise<DraftView | Refusal> {
  const [row] = await tx.query<DraftRow>(
    `${SELECT_DRAFT} where f.organization_id = $1 and f.id = $2 ${lock}`,
    [tx.organization, id],
  );
  return row ? viewOf(row) : notFound();
}

export interface DraftSummary extends Omit<DraftView, 'items' | 'notes'> {
  readonly count: number;
}

export interface DraftPage {
  readonly status?: string | undefined;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

/** Drafts, newest first. */
export async function listDrafts(tx: PostgresTransaction, page: DraftPage): Promise<Page<DraftSummary>> {
  const rows = await tx.query<DraftRow>(
    `${SELECT_DRAFT}
     where f.organization_id = $1 and ($2::text is null or f.status = $2)
       and ($3::bigint is null or (f.created_at, f.id) < (to_timestamp($3::bigint / 1000.0), $4::uuid))
     order by f.created_at desc, f.id desc limit $5 + 1`,
    [tx.organization, page.status ?? null, page.after?.at ?? null, page.after?.id ?? null, page.limit],
  );
  const summaries = rows.map((row) => {
    const { id, status, revision, createdAt, createdBy, source, items } = viewOf(row);
    return { id, status, revision, createdAt, createdBy, source, count: items.length };
  });
  return pageOf(summaries, page.limit, ({ createdAt, id }) => ({ at: Date.parse(createdAt), id }));
}
