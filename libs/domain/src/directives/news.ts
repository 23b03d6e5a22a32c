import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { visibilityOf, VISIBLE, VISIBLE_STANDING } from '../authorization/visible-rows';

/** A step that something of the organization has taken. */
export interface Step {
  readonly instance: string;
  readonly revision: number;
  /** The directive, where it is an escalation or was asked about one; the standing directive of a periodic report. */
  readonly parent: string | null;
}

/** More than anybody looks at one by one. */
const MOST = 2_000;

/** Steps recorded in the last `seconds` of technical time: those whose commit came late are found by asking back far enough. */
export async function stepsOfLast(tx: PostgresTransaction, seconds: number): Promise<readonly Step[]> {
  return tx.query<Step>(
    `select h.instance_id as instance, h.revision,
       coalesce(i.parent_id, x.directive_id, k.directive_id, r.directive_id, b.standing_directive_id) as parent
     from workflow.history h
     join workflow.instance i on i.organization_id = h.organization_id and i.id = h.instance_id
     left join dondoc.explanation x on x.organization_id = h.organization_id and x.id = h.instance_id
     left join dondoc.consultation k on k.organization_id = h.organization_id and k.id = h.instance_id
     left join dondoc.extension_request r on r.organization_id = h.organization_id and r.id = h.instance_id
     left join dondoc.reporting_obligation b on b.organization_id = h.organization_id and b.id = h.instance_id
     where h.organization_id = $1 and h.recorded_at > clock_timestamp() - make_interval(secs => $2)
     order by h.recorded_at desc limit $3`,
    [tx.organization, seconds, MOST],
  );
}

/** Whether any of these is, or belongs to, a directive or a standing directive that the caller may see. */
export async function seesAnyOf(
  tx: PostgresTransaction,
  caller: Caller,
  steps: readonly Step[],
): Promise<boolean> {
  const ids = new Set(
    steps.flatMap(({ instance, parent }) => (parent === null ? [instance] : [instance, parent])),
  );
  const [found] = await tx.query(
    `(select from dondoc.directive d where d.organization_id = $1 and d.id = any($5::uuid[]) and ${VISIBLE} limit 1)
     union all
     (select from dondoc.standing_directive s
      where s.organization_id = $1 and s.id = any($5::uuid[]) and ${VISIBLE_STANDING} limit 1)`,
    [...visibilityOf(caller), [...ids]],
  );
  return found !== undefined;
}
