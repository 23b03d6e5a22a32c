import { SEPARATOR } from './statements';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws when it is not a UUID: ids come from outside. */
export function assertUuid(id: string): string {
  if (!uuid.test(id)) throw new TypeError('an id is not a UUID');
  return id;
}

/** PostgreSQL's text of an array of UUIDs. */
export const uuidArray = (ids: readonly string[]): string => `{${ids.map(assertUuid).join(',')}}`;

/** Names that the separator would tear apart. */
export function assertName(name: string): string {
  if (name === '' || name.includes(SEPARATOR) || name.includes('\u0000'))
    throw new TypeError(`the name ${JSON.stringify(name)} cannot be stored`);
  return name;
}
