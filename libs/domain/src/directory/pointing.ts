import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type CivilDate } from '../working-time/civil-date';
import { existsOn, requireAgency } from './agencies';
import { type Agency, type Directory } from './directory';

export interface Pointing {
  /** The organization of the directory, and the one above it. */
  readonly self: string;
  readonly above: string | null;
  /** Organizations that name this one as the one directly above them. */
  readonly below: readonly string[];
  /** Open directives that the agency leads here. */
  readonly openDirectives: number;
  readonly date: CivilDate;
}

/**
 * Whether an agency can be said to be an organization of its own: one directly below, so that orders go down only. Refuses
 * with field `organization`: `own-organization`, `organization-above`, `not-below`, `organization-taken`,
 * `agency-has-open-directives`; `office-is-here`, and what `requireAgency` says. Pure.
 */
export function pointingRefusal(
  directory: Directory,
  agency: Agency,
  organization: string,
  { self, above, below, openDirectives, date }: Pointing,
): Refusal | null {
  const found = requireAgency(directory, agency.id, date, 'organization');
  if (isRefusal(found)) return found;
  const refused = (code: string, vi: string, en: string) =>
    refusal(code, { vi, en }, { field: 'organization' });
  if (agency.isOffice)
    return refused(
      'office-is-here',
      'Văn phòng thuộc chính đơn vị này, không phải là đơn vị khác.',
      'The Office belongs to this very organization and is no other one.',
    );
  if (organization === self)
    return refused(
      'own-organization',
      'Một cơ quan trong danh bạ không thể là chính đơn vị này.',
      'An agency cannot be the very organization of its directory.',
    );
  if (organization === above)
    return refused(
      'organization-above',
      'Đây là đơn vị cấp trên trực tiếp; nhiệm vụ chỉ giao xuống, không giao vòng lên.',
      'This organization is directly above: directives go down, and never round.',
    );
  if (!below.includes(organization))
    return refused(
      'not-below',
      'Chỉ chọn được đơn vị có đơn vị này là cấp trên trực tiếp.',
      'Only an organization directly below this one can be named.',
    );
  const taken = directory.agencies.find(
    (one) => one.id !== agency.id && one.pointsTo === organization && existsOn(one, date),
  );
  if (taken)
    return refused(
      'organization-taken',
      `${taken.name} đã là đơn vị này; cần bỏ ở đó trước.`,
      `${taken.name} stands for this organization already and has to let go of it first.`,
    );
  if (openDirectives > 0)
    return refused(
      'agency-has-open-directives',
      `Cơ quan này còn chủ trì ${openDirectives} nhiệm vụ đang mở ở đây; cần hoàn thành hoặc giao cơ quan khác trước.`,
      `It still leads ${openDirectives} open directives here; they have to end or go to another agency first.`,
    );
  return null;
}
