import { createHmac } from 'node:crypto';

/**
 * The password of a log-in role follows from the owner's URL alone, so that whoever migrates (and sets it) and
 * whoever starts the processes (and uses it) agree with nothing else kept.
 */
export function rolePassword(ownerUrl, role) {
  return createHmac('sha256', ownerUrl).update(role).digest('hex');
}

/** The owner's URL with the log-in of another role in place of the owner's. */
export function roleUrl(ownerUrl, role) {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(ownerUrl, role);
  return url.href;
}

/** The URL without its password, fit to be shown. */
export function shownUrl(connectionUrl) {
  try {
    const url = new URL(connectionUrl);
    if (url.password) url.password = '***';
    url.search = '';
    return url.href;
  } catch {
    return '(an address that cannot be read)';
  }
}
