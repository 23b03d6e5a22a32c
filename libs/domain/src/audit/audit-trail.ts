import { randomBytes } from 'node:crypto';
import { newUuid } from '@dondoc/workflow/durable/index';
import { type EntityManager } from 'typeorm';
import { entryText, type Actor, type AuditFact, type Origin } from './audit-entry';

const INSERT = `
  with origin as (
    insert into dondoc.audit_origin (organization_id, entry_id, salt, address, user_agent)
    values ($1, $2, $9, $10, $11)
  )
  insert into dondoc.audit_entry (organization_id, id, at, person_id, act, subject, outcome, code, entry)
  values ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6, $7, $8, $12)`;

const short = (text: string | null): string | null => text?.slice(0, 200).replaceAll('\0', '') ?? null;

/**
 * Keeps what was done in the transaction that does it, so that neither stands without the other.
 * @param manager a transaction that sees `organization`
 */
export async function keepAudit(
  manager: EntityManager,
  organization: string,
  actor: Actor,
  fact: AuditFact,
  origin: Origin,
): Promise<void> {
  const id = newUuid();
  const salt = randomBytes(16).toString('base64url');
  const kept: Origin = {
    address: short(origin.address),
    userAgent: short(origin.userAgent),
    correlation: origin.correlation.slice(0, 200),
  };
  const said: AuditFact = { ...fact, act: fact.act.slice(0, 200), subject: short(fact.subject) };
  const [{ at } = { at: '0' }] = await manager.query<{ at: string }[]>(
    'select floor(extract(epoch from workflow.now()) * 1000)::bigint as at',
  );
  await manager.query(INSERT, [
    organization,
    id,
    at,
    actor.person,
    said.act,
    said.subject,
    said.outcome,
    said.code,
    salt,
    kept.address,
    kept.userAgent,
    entryText(id, Number(at), actor, said, kept, salt),
  ]);
}
