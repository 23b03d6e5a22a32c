import { type Actor, type InstanceRecord, type Refusal, type StoredEvent, isRefusal } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { type Permission } from '../authorization/abilities';
import { actorOf } from '../directives/directives.service';

export interface InstanceToActOn {
  readonly id: string;
  readonly lifecycle: string;
  readonly expectedRevision: number | undefined;
}

/** What is sent, once the instance is locked and up to date. */
export interface PlannedAct {
  readonly event: object;
  readonly permission: Permission;
}

/**
 * One act of a person on one instance: what a late worker has not fired yet comes first, then the act is planned on what
 * is true now, then the machine takes it or refuses.
 * @throws when a row has no instance of this lifecycle.
 */
export async function actOnInstance(
  tx: PostgresWork,
  caller: Caller,
  { id, lifecycle, expectedRevision }: InstanceToActOn,
  plan: (context: object) => Promise<PlannedAct | Refusal>,
): Promise<InstanceRecord | Refusal> {
  const stale = await tx.catchUp([{ instance: id, expectedRevision }]);
  if (stale) return stale;
  const [record] = await tx.lock([id]);
  if (record?.lifecycle !== lifecycle) throw new Error(`${lifecycle} ${id} has a row but no instance`);
  const planned = await plan(record.snapshot.context);
  if (isRefusal(planned)) return planned;
  const actor: Actor = actorOf(caller, planned.permission.onBehalfOf);
  return tx.send({ instance: id, event: planned.event as StoredEvent, actor });
}
