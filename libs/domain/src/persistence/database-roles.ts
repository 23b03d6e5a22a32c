import { createHmac } from 'node:crypto';

/** The log-in roles of the processes; they own nothing and see one organization at a time. */
export const databaseRoles = ['dondoc_api', 'dondoc_worker'] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

/**
 * The password of a log-in role follows from the owner's URL alone, so that whoever migrates (and sets it) and
 * whoever starts the processes (and uses it) agree with nothing else kept.
 */
export function derivedPassword(ownerUrl: string, role: DatabaseRole): string {
  return createHmac('sha256', ownerUrl).update(role).digest('hex');
}

/** The owner's URL with the log-in of another role in place of the owner's. */
export function derivedUrl(ownerUrl: string, role: DatabaseRole): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = derivedPassword(ownerUrl, role);
  return url.href;
}
