import { rolePassword, roleUrl } from './connection-urls.mjs';

/** The database addresses that the processes and the command line read; what the environment already names wins. */
export function databaseVariables(ownerUrl) {
  return {
    MIGRATE_DATABASE_URL: ownerUrl,
    API_DATABASE_URL: process.env.API_DATABASE_URL || roleUrl(ownerUrl, 'dondoc_api'),
    WORKER_DATABASE_URL: process.env.WORKER_DATABASE_URL || roleUrl(ownerUrl, 'dondoc_worker'),
  };
}

/** A sandbox needs no keys of its own; where real time counts the operator chooses and keeps them. */
export function sandboxSecrets(ownerUrl) {
  return {
    ACCOUNT_SECRETS_KEY: process.env.ACCOUNT_SECRETS_KEY || rolePassword(ownerUrl, 'account secrets'),
  };
}

/** What the caller's own DATABASE_URL and REDIS_URL mean to the command line, when no start says it. */
export function variablesOfCaller() {
  const { DATABASE_URL: ownerUrl, REDIS_URL: redisUrl } = process.env;
  return ownerUrl ? { ...databaseVariables(ownerUrl), QUEUE_URL: redisUrl || 'postgres' } : {};
}
