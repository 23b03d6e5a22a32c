import { type CallerRole } from '@dondoc/domain/accounts/caller';
import { SetMetadata } from '@nestjs/common';

export const ACCESS = 'dondoc:access';

/** Who may call a route at all; relations to one directive are decided further in. */
export type Access = 'public' | readonly CallerRole[];

/** Open to whoever comes, without a log-in. */
export const Public = () => SetMetadata(ACCESS, 'public' satisfies Access);

/** Open to those who hold one of these offices today. */
export const Roles = (...roles: readonly [CallerRole, ...CallerRole[]]) =>
  SetMetadata(ACCESS, roles satisfies Access);

export const everyRole = [
  'clerk',
  'staff',
  'agency-head',
  'vice-chair',
  'chair',
  'administrator',
] as const satisfies readonly CallerRole[];
