import { type InstanceChange } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { resolveAudiences, type Audience } from '../directory/audience';
import {
  extensionRequestStateOf,
  type ExtensionRequestContext,
  type ExtensionRequestState,
} from '../lifecycles/extension-request.types';
import { officeFacts, type OfficeFacts } from '../organizations/office-facts';

const at = (column: string): string => `to_timestamp(c.${column} / 1000.0)`;

/** `$1` organization, `$2` rows as a JSON array. A decision is in the history only: it is kept from the entry. */
const KEEP_REQUESTS = `
  insert into dondoc.extension_request as e
    (organization_id, id, directive_id, state, requester_id, requested_at, reason, done, asked_date, deadline_at, article,
     approver, recipient_ids, decide_by, decided_at, decided_by_id, granted_at, note,
     undo_until, revision)
  select $1, c.id, c.directive_id, c.state, c.requester_id, ${at('requested_at')}, c.reason, c.done, c.asked_date,
    ${at('deadline_at')}, c.article, c.approver, c.recipient_ids, ${at('decide_by')}, ${at('decided_at')},
    c.decided_by_id, ${at('granted_at')}, c.note, ${at('undo_until')}, c.revision
  from json_to_recordset($2::json) as c(
    id uuid, directive_id uuid, state text, requester_id uuid, requested_at bigint, reason text, done text,
    asked_date date, deadline_at bigint, article text, approver text, recipient_ids uuid[], decide_by bigint,
    decided_at bigint, decided_by_id uuid, granted_at bigint, note text,
    undo_until bigint, revision integer)
  on conflict (organization_id, id) do update
  set state = excluded.state, recipient_ids = excluded.recipient_ids, decide_by = excluded.decide_by,
      decided_at = excluded.decided_at, decided_by_id = excluded.decided_by_id, granted_at = excluded.granted_at,
      note = excluded.note, undo_until = excluded.undo_until, revision = excluded.revision
  where e.revision < excluded.revision`;

/** Keeps the rows of requests for more time in step with their instances, with the people for whom each waits now. */
export async function projectExtensionRequests(
  changes: readonly InstanceChange[],
  tx: PostgresTransaction,
): Promise<void> {
  const office = await officeFacts(tx, 'directory', 'zone');
  await tx.query(KEEP_REQUESTS, [
    tx.organization,
    JSON.stringify(changes.map((change) => rowOf(change, office))),
  ]);
}

const waitsFor = (
  state: ExtensionRequestState,
  { approver }: ExtensionRequestContext,
): readonly Audience[] =>
  state === 'awaiting-head' ? ['lead-head'] : state === 'requested' ? [approver, 'assigning-leader'] : [];

function rowOf(
  { after, entries }: InstanceChange,
  { directory, zone }: Pick<OfficeFacts, 'directory' | 'zone'>,
): object {
  const context = after.snapshot.context as unknown as ExtensionRequestContext;
  const state = extensionRequestStateOf(after.snapshot.value, context);
  const people = resolveAudiences(directory, waitsFor(state, context), context.facts, after.at, zone);
  const ended = entries.findLast(
    ({ kind, event }) =>
      kind === 'event' && ['decide', 'carry-out', 'decline', 'withdraw'].includes(event.type),
  );
  const isOpen = state === 'requested' || state === 'awaiting-head';
  return {
    id: after.id,
    directive_id: context.directive,
    state,
    requester_id: context.by,
    requested_at: after.startedAt,
    reason: context.reason,
    done: context.done,
    asked_date: context.asked.date,
    deadline_at: context.deadline,
    article: context.article,
    approver: context.approver,
    recipient_ids: people.filter(({ via }) => via !== 'administrator').map(({ person }) => person),
    decide_by: state === 'requested' ? context.decideBy.remindAt : null,
    decided_at: isOpen ? null : (ended?.at ?? null),
    decided_by_id: isOpen ? null : (ended?.event['by'] ?? null),
    granted_at: isOpen ? null : (ended?.event['deadline'] ?? null),
    note: isOpen ? null : (ended?.event['note'] ?? ended?.event['reason'] ?? null),
    undo_until: context.held?.until ?? null,
    revision: after.revision,
  };
}
