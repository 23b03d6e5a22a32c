import { type ComponentType, lazy } from 'react';
import { matchPath } from 'react-router';

type Load = () => Promise<{ readonly default: ComponentType }>;

/** Where each page stands, and how its own script comes when somebody goes there. */
const pages: readonly (readonly [path: string, load: Load])[] = [
  ['/work', () => import('./directives/work.page')],
  ['/directives', () => import('./directives/board.page')],
  ['/directives/:id', () => import('./directives/directive.page')],
  ['/verification', () => import('./directives/verification.page')],
  ['/decisions', () => import('./escalations/decisions.page')],
  ['/overview', () => import('./overview/overview.page')],
  ['/intake', () => import('./intake/intake.page')],
  ['/intake/by-hand', () => import('./intake/by-hand.page')],
  ['/intake/:id', () => import('./intake/draft.page')],
  ['/standing', () => import('./standing/standing.page')],
  ['/standing/:id', () => import('./standing/standing-directive.page')],
  ['/digest', () => import('./digest/digest.page')],
  ['/inbox', () => import('./inbox/inbox.page')],
  ['/office', () => import('./office/office.page')],
  ['/calendar/:id?/:version?', () => import('./calendar/calendar.page')],
  ['/directory/:part?/:id?', () => import('./directory/directory.page')],
  ['/accounts', () => import('./accounts/accounts.page')],
  ['/profile', () => import('./accounts/profile.page')],
  ['/operations/:part?', () => import('./operations/operations.page')],
  ['/audit', () => import('./audit/audit.page')],
  ['/rules', () => import('./rules/rules.page')],
  ['/rules/new', () => import('./rules/rules-editor.page')],
  ['/rules/versions/:version', () => import('./rules/rules.page')],
];

export const lazyPages = pages.map(([path, load]) => ({ path, Component: lazy(load) }));

/** Begins to fetch the page of an address before it is known who reads it. */
export function fetchEarly(address: string): void {
  const [, load] = pages.find(([path]) => matchPath(path, address) !== null) ?? [];
  void load?.().catch(() => undefined);
}
