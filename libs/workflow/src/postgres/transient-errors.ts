import { QueryFailedError } from 'typeorm';

interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
}

/** 40001 is also what `workflow.require_unchanged` raises; 0A000: a migration changed a table under a prepared plan. */
const TRANSIENT = ['40001', '40P01', '0A000'];

/**
 * Deadlock, an instance that was changed meanwhile, one that was started twice at the same moment, or an outdated
 * plan: the transaction did nothing and may be tried again.
 */
export function isTransientPostgresError(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const { code = '', constraint } = (cause ?? {}) as DriverError;
  return TRANSIENT.includes(code) || (code === '23505' && constraint === 'instance_pkey');
}
