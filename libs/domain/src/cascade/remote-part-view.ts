import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Named } from '../directives/directive-view';
import { type RemotePartState } from '../lifecycles/cascade/remote-part.types';
import { isUnderway, type WorkState } from '../lifecycles/directive-state';
import { type DirectiveContext, type ResultDocument } from '../lifecycles/directive.types';

/** A part that another organization does. Instants are ISO 8601, UTC. */
export interface RemotePartView {
  readonly id: string;
  readonly revision: number;
  /** The agency that stands for the other organization here. */
  readonly agency: Named;
  readonly text: string;
  readonly state: RemotePartState;
  readonly givenBy: Named;
  readonly givenAt: string;
  /** The first instant that is too late, as it was given. */
  readonly deadlineAt: string | null;
  /** What was last heard: null until the other organization has said anything. */
  readonly said: {
    readonly state: WorkState;
    readonly deadlineAt: string | null;
    /** Since when it is so, there. */
    readonly at: string;
    /** When that was heard here. */
    readonly receivedAt: string;
    readonly result: Omit<ResultDocument, 'file'> | null;
  } | null;
  /** Said to be overdue, or past its deadline with nothing else heard. */
  readonly overdue: boolean;
  /** Why it was returned, taken back, or could not be received. */
  readonly note: string | null;
}

interface PartRow extends Omit<RemotePartView, 'said' | 'givenAt' | 'deadlineAt'> {
  readonly givenAt: Date;
  readonly deadlineAt: Date | null;
  readonly workState: WorkState | null;
  readonly saidDeadlineAt: Date | null;
  readonly saidAt: Date | null;
  readonly receivedAt: Date | null;
  readonly result: Omit<ResultDocument, 'file'> | null;
}

/** The parts of a directive that other organizations do, in the order in which they were handed on. */
export async function partsElsewhere(
  tx: PostgresTransaction,
  directive: string,
): Promise<readonly RemotePartView[]> {
  const rows = await tx.query<PartRow>(
    `select p.id, p.revision, p.text, p.state, p.overdue, p.note, p.result, p.given_at as "givenAt",
       p.deadline_at as "deadlineAt", p.work_state as "workState", p.said_deadline_at as "saidDeadlineAt",
       p.said_at as "saidAt", p.received_at as "receivedAt",
       json_build_object('id', a.id, 'name', a.name) as agency,
       json_build_object('id', n.id, 'name', n.name) as "givenBy"
     from dondoc.remote_part p
     join dondoc.agency a on a.organization_id = p.organization_id and a.id = p.agency_id
     join dondoc.person n on n.organization_id = p.organization_id and n.id = p.given_by_id
     where p.organization_id = $1 and p.directive_id = $2 order by p.given_at, p.id`,
    [tx.organization, directive],
  );
  return rows.map((row) => viewOf(row, tx.now));
}

function viewOf(row: PartRow, now: number): RemotePartView {
  const { workState, saidDeadlineAt, saidAt, receivedAt, result, givenAt, deadlineAt, ...kept } = row;
  const due = saidDeadlineAt ?? deadlineAt;
  const isOpen = row.state !== 'ended' && row.state !== 'withdrawn' && isUnderway(workState ?? 'assigned');
  return {
    ...kept,
    givenAt: givenAt.toISOString(),
    deadlineAt: deadlineAt?.toISOString() ?? null,
    overdue: isOpen && (row.overdue || (due !== null && due.getTime() <= now)),
    said: workState &&
      saidAt &&
      receivedAt && {
        state: workState,
        deadlineAt: saidDeadlineAt?.toISOString() ?? null,
        at: saidAt.toISOString(),
        receivedAt: receivedAt.toISOString(),
        result,
      },
  };
}

/** Where a directive comes from that another organization handed on. */
export interface ReceivedFrom {
  readonly organization: Named;
  /** What the directive that it is a part of is called there. */
  readonly name: string;
  readonly receivedAt: string;
  /** No deadline of it is later. */
  readonly limitAt: string | null;
}

export async function receivedFromOf(
  tx: PostgresTransaction,
  { record, context }: { readonly record: { readonly id: string }; readonly context: DirectiveContext },
): Promise<ReceivedFrom | null> {
  if ((context.parent?.organization ?? null) === null) return null;
  const [row] = await tx.query<{ organization: Named; name: string; receivedAt: Date; limitAt: Date | null }>(
    `select json_build_object('id', from_organization_id, 'name', from_name) as organization, source_name as name,
       received_at as "receivedAt", deadline_at as "limitAt"
     from dondoc.received_directive where organization_id = $1 and id = $2`,
    [tx.organization, record.id],
  );
  if (!row) return null;
  const { receivedAt, limitAt, ...kept } = row;
  return { ...kept, receivedAt: receivedAt.toISOString(), limitAt: limitAt?.toISOString() ?? null };
}
