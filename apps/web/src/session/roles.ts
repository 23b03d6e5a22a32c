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
const office = ['clerk', 'administrator'];

/** In the order in which they are offered: the first one that somebody has is where they begin. */
const places: readonly Place[] = [
  { to: '/decisions', name: 'nav.decisions', icon: 'gavel', roles: leaders },
  { to: '/intake', name: 'nav.intake', icon: 'upload', roles: ['clerk'] },
  { to: '/work', name: 'nav.work', icon: 'list', roles: agency },
  { to: '/directives', name: 'nav.directives', icon: 'search', roles: [...leaders, ...agency, ...office] },
  { to: '/verification', name: 'nav.verification', icon: 'shield', roles: ['clerk'] },
  {
    to: '/standing',
    name: 'nav.standing',
    icon: 'calendar',
    roles: [...leaders, ...agency, 'clerk'],
  },
  { to: '/digest', name: 'nav.digest', icon: 'file', roles: [...leaders, 'clerk'] },
  { to: '/overview', name: 'nav.overview', icon: 'chart', roles: [...leaders, ...agency, ...office] },
  { to: '/inbox', name: 'nav.inbox', icon: 'inbox', roles: [...leaders, ...agency, ...office] },
  { to: '/office', name: 'nav.office', icon: 'people', roles: [...leaders, 'clerk'] },
  { to: '/directory/agencies', name: 'nav.office', icon: 'people', roles: ['administrator'] },
  { to: '/calendar', name: 'nav.calendar', icon: 'calendar', roles: [...leaders, ...office] },
  { to: '/rules', name: 'nav.rules', icon: 'book', roles: [...leaders, ...office] },
  { to: '/accounts', name: 'nav.accounts', icon: 'key', roles: ['administrator'] },
  { to: '/operations/work', name: 'nav.operations', icon: 'gear', roles: ['administrator'] },
  { to: '/audit', name: 'nav.audit', icon: 'history', roles: ['administrator'] },
];

export function placesOf(me: Me): readonly Place[] {
  const roles = me.offices.map(({ role }) => role);
  return places.filter((place) => place.roles.some((role) => roles.includes(role)));
}

export function homeOf(me: Me): string {
  return placesOf(me)[0]?.to ?? '/directives';
}
