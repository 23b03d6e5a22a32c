import { type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { agenciesOf, personsOf, type Caller } from '../accounts/caller';
import { directiveAtHand } from '../directives/directive-facts';
import { maySee, permissionTo, seesAll } from '../authorization/abilities';
import { DIRECTIVE_NAME } from '../directives/directive-name';
import { type Named } from '../directives/directive-view';
import { type ExtensionRequestState } from '../lifecycles/extension-request.types';
import { PREDECESSORS } from '../authorization/visible-rows';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';

/** A request for more time as lists show it. Instants are ISO 8601, UTC. */
export interface ExtensionRequestView {
  readonly id: string;
  readonly revision: number;
  readonly state: ExtensionRequestState;
  readonly directive: Named & { readonly text: string; readonly lead: Named };
  readonly requester: Named;
  readonly requestedAt: string;
  readonly reason: string;
  /** What has been done so far. */
  readonly done: string | null;
  /** The last day that is asked for. */
  readonly askedDate: string;
  /** The deadline that was in force when it was asked for. */
  readonly deadlineAt: string;
  readonly article: string;
  readonly approver: string;
  /** For whom it waits now. */
  readonly recipients: readonly Named[];
  readonly decideBy: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: Named | null;
  /** The deadline that was granted, maybe another than was asked for. */
  readonly grantedAt: string | null;
  readonly note: string | null;
  /** Until when the decision can be taken back; null: it cannot, or was carried out. */
  readonly undoUntil: string | null;
}

type Instants = 'undoUntil' | 'requestedAt' | 'deadlineAt' | 'decideBy' | 'decidedAt' | 'grantedAt';
type Row = Omit<ExtensionRequestView, Instants | 'recipients'> &
  Readonly<Record<Instants, Date | null>> & { readonly recipients: readonly Named[] | null };

const person = (column: string): string =>
  `(select json_build_object('id', p.id, 'name', p.name) from dondoc.person p
    where p.organization_id = e.organization_id and p.id = e.${column})`;

const SELECT_REQUESTS = `
  select e.id, e.revision, e.state, e.reason, e.done, e.asked_date::text as "askedDate", e.article, e.approver, e.note,
    json_build_object('id', d.id, 'name', ${DIRECTIVE_NAME}, 'text', d.text,
      'lead', json_build_object('id', l.id, 'name', l.name)) as directive,
    ${person('requester_id')} as requester, ${person('decided_by_id')} as "decidedBy",
    (select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name) from dondoc.person p
     where p.organization_id = e.organization_id and p.id = any(e.recipient_ids)) as recipients,
    e.requested_at as "requestedAt", e.deadline_at as "deadlineAt", e.decide_by as "decideBy",
    e.decided_at as "decidedAt", e.granted_at as "grantedAt", e.undo_until as "undoUntil"
  from dondoc.extension_request e
  join dondoc.directive d on d.organization_id = e.organization_id and d.id = e.directive_id
  join dondoc.agency l on l.organization_id = d.organization_id and l.id = d.lead_id
  join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
  left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id`;

/** What has not left the lead agency is nobody else's to see: `$1` organization, `$3` agencies of the caller. */
const HAS_LEFT = `(e.state not in ('awaiting-head', 'declined') or d.lead_id = any($3::uuid[])
  or d.lead_id = any(${PREDECESSORS}))`;

function viewOf(row: Row): ExtensionRequestView {
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return {
    ...row,
    recipients: row.recipients ?? [],
    requestedAt: iso(row.requestedAt) ?? '',
    deadlineAt: iso(row.deadlineAt) ?? '',
    decideBy: iso(row.decideBy),
    decidedAt: iso(row.decidedAt),
    grantedAt: iso(row.grantedAt),
    undoUntil: iso(row.undoUntil),
  };
}

export interface ExtensionRequestQuery {
  /** `mine`: waiting for the caller; `all`: everything, for those who see everything. */
  readonly whose: 'mine' | 'all';
  readonly state?: ExtensionRequestState | undefined;
  readonly directive?: string | undefined;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

export async function listExtensionRequests(
  tx: PostgresTransaction,
  caller: Caller,
  { whose, state, directive, limit, after }: ExtensionRequestQuery,
): Promise<Page<ExtensionRequestView> | Refusal> {
  if (whose === 'all' && !seesAll(caller)) return notPermitted('extension-request.list-all', null);
  const rows = await tx.query<Row>(
    `${SELECT_REQUESTS}
     where e.organization_id = $1 and ($2::boolean or e.recipient_ids && $4::uuid[]) and ${HAS_LEFT}
       and ($5::text is null or e.state = $5) and ($6::uuid is null or e.directive_id = $6)
       and ($7::bigint is null or (e.requested_at, e.id) < (to_timestamp($7::bigint / 1000.0), $8::uuid))
     order by e.requested_at desc, e.id desc limit $9 + 1`,
    [
      ...[tx.organization, whose === 'all', agenciesOf(caller), personsOf(caller), state ?? null],
      ...[directive ?? null, after?.at ?? null, after?.id ?? null, limit],
    ],
  );
  return pageOf(rows.map(viewOf), limit, ({ requestedAt, id }) => ({ at: Date.parse(requestedAt), id }));
}

/** One request, for whom it waits for or who may see its directive; inside the lead agency until it has left it. */
export async function seeExtensionRequest(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<ExtensionRequestView | Refusal> {
  const [row] = await tx.query<Row & { readonly left: boolean }>(
    `select r.*, r.state not in ('awaiting-head', 'declined') as left from (${SELECT_REQUESTS}
     where e.organization_id = $1 and e.id = $2) r`,
    [tx.organization, id],
  );
  if (!row) return notFound();
  const { left, ...kept } = row;
  const view = viewOf(kept);
  const directive = await directiveAtHand(tx, view.directive.id, 'look');
  if (!directive) return notFound();
  const { leads } = directive.relations;
  const recipients = view.recipients.map((recipient) => recipient.id);
  const visible =
    permissionTo(caller, 'extension-request', 'see-inside', { leads }) !== null ||
    maySee(caller, 'extension-request', { recipients }) ||
    (left && maySee(caller, 'directive', directive.relations));
  return visible ? view : notVisible('extension-request.see', id);
}
