import { QueryFailedError } from 'typeorm';

export interface DriverError {
  /** SQLSTATE. */
  readonly code?: string;
  readonly constraint?: string;
}

/** What PostgreSQL said, whether TypeORM wrapped it or not. */
export function driverError(error: unknown): DriverError {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return cause ?? {};
}
