import { driverError, type DriverError } from './driver-error';

/** 40001 is also what `workflow.require_unchanged` raises; 0A000: a migration changed a table under a prepared plan. */
const TRANSIENT = ['40001', '40P01', '0A000'];

const isDuplicateStart = ({ code, constraint }: DriverError): boolean =>
  code === '23505' && constraint === 'instance_pkey';

/**
 * Deadlock, an instance that was changed meanwhile, one that was started twice at the same moment, or an outdated
 * plan: the transaction did nothing and may be tried again.
 */
export function isTransientPostgresError(error: unknown): boolean {
  const driver = driverError(error);
  return TRANSIENT.includes(driver.code ?? '') || isDuplicateStart(driver);
}

/** Out of space, memory or connections; shutting down or starting; an error of the system below. */
export function isPostgresUnavailable(error: unknown): boolean {
  return /^(53|57P|58)/.test(driverError(error).code ?? '');
}

/** An instance that was changed meanwhile, or started twice at the same moment. */
export function isPostgresConflict(error: unknown): boolean {
  const driver = driverError(error);
  return driver.code === '40001' || isDuplicateStart(driver);
}

/** A statement took longer than its transaction had left. */
export const isCanceled = (error: unknown): boolean => driverError(error).code === '57014';
