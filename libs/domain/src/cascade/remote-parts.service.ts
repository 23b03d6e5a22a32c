import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { actOnInstance } from '../acts/act-on-instance';
import { permissionTo, whoMay } from '../authorization/abilities';
import { seeDirective, visibleDirective, type DirectiveDetail } from '../directives/directives.service';
import { planPartDeadline, planPartWithdrawal } from '../lifecycles/cascade/remote-part-acts';
import { type RemotePartContext } from '../lifecycles/cascade/remote-part.types';
import { type DeadlineIntent } from '../lifecycles/deadline-plan';
import { RemotePartEntity } from '../persistence/entities/cascade.entities';

/** What whoever handed a part on to another organization wants done with it. */
export type RemotePartIntent =
  | { readonly act: 'withdraw'; readonly reason: string }
  | { readonly act: 'set-deadline'; readonly deadline: DeadlineIntent };

const eventOfIntent = { withdraw: 'withdraw', 'set-deadline': 'change-order' } as const;

/** Changes the order that another organization has; the answer is the directive that the part belongs to. */
export async function actOnRemotePart(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  intent: RemotePartIntent,
  expectedRevision: number | undefined,
): Promise<DirectiveDetail | Refusal> {
  const act = `remote-part.${intent.act}`;
  const part = await tx.manager.findOneBy(RemotePartEntity, { organizationId: tx.organization, id });
  if (!part) return notFound();
  const found = await visibleDirective(tx, caller, part.directiveId, act, 'lock');
  if (isRefusal(found)) return found;
  const permission = permissionTo(caller, 'remote-part', eventOfIntent[intent.act], {
    leads: found.relations.leads,
  });
  if (!permission) return notPermitted(act, id, whoMay('remote-part', eventOfIntent[intent.act]));
  const by = caller.person;
  const sent = await actOnInstance(
    tx,
    caller,
    { id, lifecycle: 'remote-part', expectedRevision },
    (context) => {
      const directive = { id: part.directiveId, context: found.context };
      const event =
        intent.act === 'withdraw'
          ? planPartWithdrawal({ by, reason: intent.reason })
          : planPartDeadline(
              context as RemotePartContext,
              directive,
              { by, deadline: intent.deadline },
              found.facts,
            );
      return Promise.resolve(isRefusal(event) ? event : { event, permission });
    },
  );
  return isRefusal(sent) ? sent : seeDirective(tx, caller, part.directiveId);
}
