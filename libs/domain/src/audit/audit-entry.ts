import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@dondoc/workflow';

/** From where a request came. */
export interface Origin {
  readonly address: string | null;
  readonly userAgent: string | null;
  /** Ties the entry to the lines of the log. */
  readonly correlation: string;
}

/** Of a command that the operator gives on the machine itself. */
export const operatorsOrigin: Origin = { address: null, userAgent: null, correlation: 'command-line' };

/** Who acts, as far as it is known. */
export interface Actor {
  readonly account: string | null;
  readonly person: string | null;
  /** In whose place the person may act on that day, by delegation. */
  readonly onBehalfOf: readonly string[];
}

export interface AuditFact {
  readonly act: string;
  readonly subject: string | null;
  readonly outcome: 'done' | 'refused';
  /** Of a refusal. */
  readonly code: string | null;
  /** More about it, or a hash of what was asked. No secret, and nothing that may have to be erased. */
  readonly details?: JsonValue;
  /** What the database has noted of the transaction: rows before and after, personal values as salted hashes. */
  readonly changes?: JsonValue[];
}

export const nobody: Actor = { account: null, person: null, onBehalfOf: [] };

/** What an entry holds of an origin: without the salt, which is erased with it, it tells nothing. */
export function originHash(
  salt: string,
  { address, userAgent }: Pick<Origin, 'address' | 'userAgent'>,
): string {
  return createHash('sha256')
    .update(canonicalJson([salt, address, userAgent]))
    .digest('hex');
}

/** Canonical text (RFC 8785) of an entry; `at` in milliseconds of business time. */
export function entryText(
  id: string,
  at: number,
  actor: Actor,
  fact: AuditFact,
  origin: Origin,
  salt: string,
): string {
  return canonicalJson({
    id,
    at,
    account: actor.account,
    person: actor.person,
    onBehalfOf: [...actor.onBehalfOf],
    act: fact.act,
    subject: fact.subject,
    outcome: fact.outcome,
    code: fact.code,
    ...(fact.details !== undefined && { details: fact.details }),
    ...(fact.changes !== undefined && { changes: fact.changes }),
    correlation: origin.correlation,
    origin: originHash(salt, origin),
  });
}
