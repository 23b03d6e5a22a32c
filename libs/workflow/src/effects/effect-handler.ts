import { type OutboxRecord } from '../engine/records';
import { type PostgresTransaction } from '../postgres/postgres.store';

/**
 * Carries out one effect inside the transaction that records its delivery: what it writes is there exactly once.
 * It must do nothing outside that transaction.
 */
export type EffectHandler = (effect: OutboxRecord, tx: PostgresTransaction) => Promise<void>;

/** One handler per effect name, no more, no less: checked when the worker starts. */
export type EffectHandlers = Readonly<Record<string, EffectHandler>>;

export function checkHandlers(declared: readonly string[], handlers: EffectHandlers): void {
  const missing = declared.filter((name) => !(name in handlers));
  const strangers = Object.keys(handlers).filter((name) => !declared.includes(name));
  if (missing.length > 0) throw new Error(`no handler for the effects ${missing.join(', ')}`);
  if (strangers.length > 0) throw new Error(`handlers for effects nobody declares: ${strangers.join(', ')}`);
}
