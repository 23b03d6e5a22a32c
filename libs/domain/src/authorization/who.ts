import { type Bilingual } from '@dondoc/workflow';
import { type CallerRole } from '../accounts/caller';

/**
 * Some people, by role, agency and relation, in words too. `agency`: those with one of the roles in an agency that the
 * thing's `field` names. `person`: whoever the `field` names. `role`: whoever has one of the roles.
 */
export type Who<F extends string = string> = Bilingual &
  (
    | { readonly by: 'role'; readonly roles: readonly CallerRole[] }
    | { readonly by: 'agency'; readonly roles: readonly CallerRole[]; readonly field: F }
    | { readonly by: 'person'; readonly field: F }
  ) & {
    /** Not through a delegation: what is held for somebody else does not count. */
    readonly inPerson?: true;
    /** Only where the role is held in the Office. */
    readonly ofOffice?: true;
  };

const working = ['staff', 'agency-head'] as const;

export const role = (roles: readonly CallerRole[], vi: string, en: string): Who<never> => ({
  by: 'role',
  roles,
  vi,
  en,
});
export const staffOf = <const F extends string>(field: F, vi: string, en: string): Who<F> => ({
  by: 'agency',
  roles: working,
  field,
  vi,
  en,
});
export const headOf = <const F extends string>(field: F, vi: string, en: string): Who<F> => ({
  by: 'agency',
  roles: ['agency-head'],
  field,
  vi,
  en,
});
export const named = <const F extends string>(field: F, vi: string, en: string): Who<F> => ({
  by: 'person',
  field,
  vi,
  en,
});
export const inPerson = <F extends string>(who: Who<F>): Who<F> => ({ ...who, inPerson: true });
export const ofOffice = <F extends string>(who: Who<F>): Who<F> => ({ ...who, ofOffice: true });
