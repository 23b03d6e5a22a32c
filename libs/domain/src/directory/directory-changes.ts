import { refusal, type Refusal } from '@dondoc/workflow';
import { type CivilDate } from '../working-time/civil-date';
import { comparableName, existsOn, requireAgency } from './agencies';
import { type Agency, type Directory, type OfficeHeld, type Role } from './directory';
import { holdersOf } from './offices';

/** Roles that are held within an agency; those of the whole organization are held nowhere else. */
const withinAgency: readonly Role[] = ['staff', 'agency-head'];
const overall: readonly Role[] = ['chair', 'vice-chair', 'administrator'];
const leaders: readonly Role[] = ['chair', 'vice-chair'];

const isRefused = (value: object): value is Refusal => 'code' in value;

const overlaps = (
  one: { readonly from: CivilDate; readonly to: CivilDate | null },
  other: { readonly from: CivilDate; readonly to: CivilDate | null },
): boolean => (other.to === null || one.from <= other.to) && (one.to === null || other.from <= one.to);

const nameOf = (directory: Directory, person: string): string =>
  directory.people.find(({ id }) => id === person)?.name ?? person;

/** Why a last day cannot be one; null when it can. */
function lastDayRefusal(from: CivilDate, to: CivilDate | null, lastDay: CivilDate): Refusal | null {
  if (to !== null && to <= lastDay)
    return refusal(
      'ended-already',
      { vi: `Đã kết thúc ngày ${to}.`, en: `It ended on ${to} already.` },
      { field: 'lastDay' },
    );
  if (lastDay >= from) return null;
  return refusal(
    'ends-before-it-begins',
    {
      vi: `Bắt đầu ngày ${from}; không thể kết thúc trước đó.`,
      en: `It begins on ${from}, and cannot end before.`,
    },
    { field: 'lastDay' },
  );
}

/** Another agency of these days that a notice could mean by the same words. Refuses `agency-name-taken`. */
function nameRefusal(
  directory: Directory,
  names: readonly (readonly [field: string, name: string])[],
  date: CivilDate,
  self: string | null,
): Refusal | null {
  const others = directory.agencies.filter((agency) => agency.id !== self && existsOn(agency, date));
  for (const [field, name] of names) {
    const taken = others.find((agency) =>
      [agency.name, agency.abbreviation ?? '', ...agency.aliases].some(
        (known) => known !== '' && comparableName(known) === comparableName(name),
      ),
    );
    if (taken)
      return refusal(
        'agency-name-taken',
        {
          vi: `"${name}" đã là tên của ${taken.name}; văn bản sẽ không phân biệt được.`,
          en: `"${name}" already means ${taken.name}: no notice could tell them apart.`,
        },
        { field },
      );
  }
  return null;
}

export interface AgencyNames {
  readonly name: string;
  readonly abbreviation: string | null;
  readonly aliases: readonly string[];
}

const namesOf = ({ name, abbreviation, aliases }: AgencyNames) => [
  ['name', name] as const,
  ...(abbreviation === null ? [] : [['abbreviation', abbreviation] as const]),
  ...aliases.map((alias, index) => [`aliases[${index}]`, alias] as const),
];

/** Whether an agency can begin. Refuses `agency-name-taken`, `unknown-agency`, `agency-not-in-force`. Pure. */
export function newAgencyRefusal(
  directory: Directory,
  wanted: AgencyNames & { readonly parent: string | null; readonly validFrom: CivilDate },
): Refusal | null {
  const { parent, validFrom } = wanted;
  const above = parent === null ? null : requireAgency(directory, parent, validFrom, 'parent');
  if (above && isRefused(above)) return above;
  return nameRefusal(directory, namesOf(wanted), validFrom, null);
}

/** Whether an agency can take another name today. Refuses `agency-not-in-force`, `agency-name-taken`. Pure. */
export function renameRefusal(
  directory: Directory,
  agency: Agency,
  wanted: AgencyNames,
  date: CivilDate,
): Refusal | null {
  const found = requireAgency(directory, agency.id, date, 'name');
  if (isRefused(found)) return found;
  return nameRefusal(directory, namesOf(wanted), date, agency.id);
}

export interface AgencyEnding {
  readonly lastDay: CivilDate;
  readonly successor: string | null;
  /** The day after. */
  readonly next: CivilDate;
  /** Open directives that it leads. */
  readonly openDirectives: number;
}

/**
 * Whether an agency can end. Refuses `ended-already`, `ends-before-it-begins`, `own-successor`, `agency-has-parts`,
 * `agency-has-open-directives` and what `requireAgency` says of the successor. Pure.
 */
export function endAgencyRefusal(
  directory: Directory,
  agency: Agency,
  { lastDay, successor, next, openDirectives }: AgencyEnding,
): Refusal | null {
  const dated = lastDayRefusal(agency.validFrom, agency.validTo, lastDay);
  if (dated) return dated;
  if (successor === agency.id)
    return refusal(
      'own-successor',
      { vi: 'Một cơ quan không thể kế thừa chính mình.', en: 'No agency succeeds itself.' },
      { field: 'successor' },
    );
  if (successor !== null) {
    const found = requireAgency(directory, successor, next, 'successor');
    if (isRefused(found)) return found;
  }
  const part = directory.agencies.find((one) => one.parent === agency.id && existsOn(one, next));
  if (part)
    return refusal('agency-has-parts', {
      vi: `${part.name} còn trực thuộc cơ quan này; cần kết thúc hoặc chuyển trước.`,
      en: `${part.name} still belongs to it and has to end or move first.`,
    });
  if (openDirectives > 0 && successor === null)
    return refusal(
      'agency-has-open-directives',
      {
        vi: `Còn ${openDirectives} nhiệm vụ đang mở do cơ quan này chủ trì; cần nêu cơ quan kế thừa.`,
        en: `It still leads ${openDirectives} open directives: name who succeeds it.`,
      },
      { field: 'successor' },
    );
  return null;
}

/**
 * Whether a person can hold an office. Refuses `agency-needed`, `no-agency-here`, `ends-before-it-begins`, `held-already`,
 * `office-taken` (one chair, one head of each agency) and what `requireAgency` says. Pure.
 */
export function officeRefusal(directory: Directory, wanted: OfficeHeld): Refusal | null {
  const { role, agency, from, to, person } = wanted;
  if (agency === null && withinAgency.includes(role))
    return refusal(
      'agency-needed',
      { vi: 'Chức vụ này cần nêu cơ quan.', en: 'This office is held in an agency.' },
      { field: 'agency' },
    );
  if (agency !== null && overall.includes(role))
    return refusal(
      'no-agency-here',
      {
        vi: 'Chức vụ này của toàn đơn vị, không thuộc cơ quan nào.',
        en: 'This office belongs to no agency.',
      },
      { field: 'agency' },
    );
  const found = agency === null ? null : requireAgency(directory, agency, from, 'agency');
  if (found && isRefused(found)) return found;
  if (to !== null && to < from) return lastDayRefusal(from, null, to);
  const same = directory.offices.filter(
    (held) => held.role === role && held.agency === agency && overlaps(held, wanted),
  );
  if (same.some((held) => held.person === person))
    return refusal('held-already', {
      vi: `${nameOf(directory, person)} đã giữ chức vụ này trong thời gian đó.`,
      en: `${nameOf(directory, person)} holds this office in that time already.`,
    });
  const [holder] = role === 'chair' || role === 'agency-head' ? same : [];
  if (!holder) return null;
  return refusal(
    'office-taken',
    {
      vi: `${nameOf(directory, holder.person)} đang giữ chức vụ này; cần kết thúc trước.`,
      en: `${nameOf(directory, holder.person)} holds this office and has to leave it first.`,
    },
    { field: 'from' },
  );
}

/** Whether an office can end. Refuses `ended-already`, `ends-before-it-begins`, `last-administrator`. Pure. */
export function endOfficeRefusal(
  directory: Directory,
  held: OfficeHeld,
  lastDay: CivilDate,
  next: CivilDate,
): Refusal | null {
  const dated = lastDayRefusal(held.from, held.to, lastDay);
  if (dated || held.role !== 'administrator') return dated;
  const others = holdersOf(directory, 'administrator', null, next).filter(
    ({ person, to }) => person !== held.person && to === null,
  );
  if (others.length > 0) return null;
  return refusal('last-administrator', {
    vi: 'Phải còn ít nhất một quản trị viên.',
    en: 'At least one administrator has to be left.',
  });
}

export interface Charge {
  readonly leader: string;
  readonly agency: string | null;
  readonly field: string | null;
  readonly from: CivilDate;
}

/** Whether a leader can be put in charge. Refuses `agency-or-field-needed`, `not-a-leader`, `charge-taken`. Pure. */
export function chargeRefusal(directory: Directory, wanted: Charge): Refusal | null {
  const { leader, agency, field, from } = wanted;
  if (agency === null && field === null)
    return refusal(
      'agency-or-field-needed',
      { vi: 'Cần nêu cơ quan hoặc lĩnh vực.', en: 'Name an agency or a field.' },
      { field: 'agency' },
    );
  const found = agency === null ? null : requireAgency(directory, agency, from, 'agency');
  if (found && isRefused(found)) return found;
  const leads = leaders.some((role) =>
    holdersOf(directory, role, null, from).some(({ person }) => person === leader),
  );
  if (!leads)
    return refusal(
      'not-a-leader',
      {
        vi: `${nameOf(directory, leader)} không phải là lãnh đạo vào ngày ${from}.`,
        en: `${nameOf(directory, leader)} is no leader on ${from}.`,
      },
      { field: 'leader' },
    );
  const taken = directory.inCharge.find(
    (one) => one.agency === agency && one.field === field && overlaps(one, { from, to: null }),
  );
  if (!taken) return null;
  return refusal(
    'charge-taken',
    {
      vi: `${nameOf(directory, taken.leader)} đang phụ trách; cần kết thúc trước.`,
      en: `${nameOf(directory, taken.leader)} is in charge of this and has to end first.`,
    },
    { field: 'leader' },
  );
}

/** Whether a charge can end. Refuses `ended-already`, `ends-before-it-begins`. Pure. */
export const endChargeRefusal = (
  { from, to }: { readonly from: CivilDate; readonly to: CivilDate | null },
  lastDay: CivilDate,
): Refusal | null => lastDayRefusal(from, to, lastDay);
