import type { IconName } from '../look/icon';
import type { Me } from '../api/client';
import type { WordKey } from '../words/words';

export interface Place {
  readonly to: string;
  readonly name: WordKey;
  readonly icon: IconName;
  /** Who comes here for their work; what they may do is the API's to say. */
  readonly roles: readonly string[];
}

const leaders = ['chair', 'vice-chair'];
const agency = ['staff', 'agency-head'];
const clerks = ['clerk', 'chief-of-office'];
const office = [...clerks, 'administrator'];

/** In the order in which they are offered: the first one that somebody has is where they begin. */
const places: readonly Place[] = [
  { to: '/decisions', name: 'nav.decisions', icon: 'gavel', roles: leaders },
  { to: '/intake', name: 'nav.intake', icon: 'upload', roles: ['clerk'] },
  { to: '/work', name: 'nav.work', icon: 'list', roles: agency },
  { to: '/directives', name: 'nav.directives', icon: 'search', roles: [...leaders, ...agency, ...office] },
  { to: '/verification', name: 'nav.verification', icon: 'shield', roles: clerks },
  {
    to: '/standing',
    name: 'nav.standing',
    icon: 'calendar',
    roles: [...leaders, ...agency, ...clerks],
  },
  { to: '/digest', name: 'nav.digest', icon: 'file', roles: [...leaders, ...clerks] },
  { to: '/overview', name: 'nav.overview', icon: 'chart', roles: [...leaders, ...agency, ...office] },
  { to: '/inbox', name: 'nav.inbox', icon: 'inbox', roles: [...leaders, ...agency, ...office] },
  { to: '/office', name: 'nav.office', icon: 'people', roles: [...leaders, ...clerks] },
  { to: '/directory/agencies', name: 'nav.office', icon: 'people', roles: ['administrator'] },
  { to: '/calendar', name: 'nav.calendar', icon: 'calendar', roles: [...leaders, ...office] },
  { to: '/rules', name: 'nav.rules', icon: 'book', roles: [...leaders, ...office] },
  { to: '/accounts', name: 'nav.accounts', icon: 'key', roles: ['administrator'] },
  { to: '/operations/work', name: 'nav.operations', icon: 'gear', roles: ['administrator'] },
  { to: '/audit', name: 'nav.audit', icon: 'history', roles: ['administrator'] },
];

/** The roles that somebody holds; whoever heads the Office is its chief as well. */
export function rolesOf(me: Me): readonly string[] {
  return me.offices.flatMap(({ role, ofOffice }) =>
    role === 'agency-head' && ofOffice ? [role, 'chief-of-office'] : [role],
  );
}

export function placesOf(me: Me): readonly Place[] {
  const roles = rolesOf(me);
  return places.filter((place) => place.roles.some((role) => roles.includes(role)));
}

export function homeOf(me: Me): string {
  return placesOf(me)[0]?.to ?? '/directives';
}
