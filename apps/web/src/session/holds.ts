import { useMe } from './session';

/** Whether whoever is logged in holds a role: which forms are offered. Whether they are taken is the API's to say. */
export function useHolds(role: string): boolean {
  return useMe().offices.some((office) => office.role === role);
}
