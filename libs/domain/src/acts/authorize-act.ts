import { type Refusal } from '@dondoc/workflow';
import { type AuthorizationRequest } from '@dondoc/workflow/engine/work-hooks';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type EntityManager } from 'typeorm';
import { notPermitted } from '../accounts/access-refusals.service';
import { reaches, wordsOf } from '../authorization/abilities';
import { type Kind } from '../authorization/acts';
import { authority } from '../authorization/authority';
import { Decided } from '../authorization/consequences';
import { strengthOn, type DirectoryOn } from '../authorization/relations';
import { type Who } from '../authorization/who';
import { officeFacts } from '../organizations/office-facts';
import { dateAt, zoneNamed } from '../working-time/zone';
import { subjectOfInstance } from './subject-of-instance';

const decidedIn = new WeakMap<EntityManager, Decided>();

/**
 * The runtime's question whether a person may send this to that at that instant, answered from the directory of that day
 * and from what the instance itself says: whatever a service has decided before, nothing reaches a lifecycle past this. What
 * follows from an act that was decided in the same transaction is permitted with it.
 */
export async function authorizeAct(
  { actor, event, instance, at }: AuthorizationRequest,
  tx: PostgresTransaction,
): Promise<Refusal | null> {
  const kind = instance.lifecycle as Kind;
  const act = `${kind}.${event}`;
  const { id } = actor;
  const { directory, zone } = await officeFacts(tx, 'directory', 'zone');
  const on: DirectoryOn = { directory, date: dateAt(zoneNamed(zone), at) };
  const found = await subjectOfInstance(instance, on, tx);
  if (id === undefined || found === null) return notPermitted(act, instance.id);
  const decided = decidedIn.get(tx.manager) ?? new Decided();
  decidedIn.set(tx.manager, decided);
  const who: readonly Who[] = (authority[kind] as Partial<Record<string, readonly Who[]>>)[event] ?? [];
  const isInPerson = who.length > 0 && who.every(({ inPerson }) => inPerson === true);
  const strength = strengthOn(isInPerson ? { id } : { ...actor, id }, on);
  const may =
    (strength !== null && reaches(strength, kind, event, found.subject)) ||
    decided.isFollowedBy(id, act, [...found.ledBy, ...(event === 'replaces' ? ['*'] : [])]);
  if (may) {
    decided.note(id, act, found.directive);
    return null;
  }
  return notPermitted(act, instance.id, who.length > 0 ? wordsOf(who) : undefined);
}
