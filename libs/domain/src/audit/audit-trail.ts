import { randomBytes } from 'node:crypto';
import { canonicalJson } from '@dondoc/workflow';
import { newUuid } from '@dondoc/workflow/durable/index';
import { type EntityManager } from 'typeorm';
import { entryText, type Actor, type AuditFact, type Origin } from './audit-entry';
import { keptChanges } from './noted-changes';

const INSERT = `
  with origin as (
    insert into dondoc.audit_origin (organization_id, entry_id, salt, address, user_agent, personal)
    values ($1, $2, $9, $10, $11, $13)
  )
  insert into dondoc.audit_entry (organization_id, id, at, person_id, act, subject, outcome, code, entry)
  values ($1, $2, to_timestamp($3::bigint / 1000.0), $4, $5, $6, $7, $8, $12)`;

/** Business time, and what the transaction has changed outside lifecycles, which from here on is kept. */
const TAKE = `
  select floor(extract(epoch from workflow.now()) * 1000)::bigint as at, coalesce(noted.text, '') as noted,
    set_config('dondoc.noted', '', true)
  from (select current_setting('dondoc.noted', true) as text offset 0) noted`;

const short = (text: string | null): string | null => text?.slice(0, 200).replaceAll('\0', '') ?? null;

/**
 * Keeps what was done in the transaction that does it, so that neither stands without the other; with it what the
 * transaction has changed outside lifecycles, before and after.
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
  const [{ at, noted } = { at: '0', noted: '' }] = await manager.query<{ at: string; noted: string }[]>(TAKE);
  const { changes, personal } = keptChanges(noted, salt);
  const said: AuditFact = {
    ...fact,
    act: fact.act.slice(0, 200),
    subject: short(fact.subject),
    ...(changes.length > 0 && { changes }),
  };
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
    personal.length === 0 ? null : canonicalJson(personal),
  ]);
}
