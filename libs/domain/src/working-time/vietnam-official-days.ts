import { type CivilDate } from './civil-date';
import {
  type BilingualText,
  type DatedDay,
  type DatedDayKind,
  type Notice,
  type NoticedYear,
} from './working-calendar';

/**
 * Days off and worked Saturdays of Vietnamese state offices, as ordered by the yearly notices, 2023–2026, and the fixed
 * days of 2027. An office adds a later year's notice as data; nothing here is computed from the moon.
 * Only dates that a notice or an article names are listed; those that fall on a weekly rest day are listed too, for
 * offices with other rest days.
 */

const notice = (number: string, issuer: string, issuedOn: CivilDate | null = null): Notice => ({
  number,
  issuer,
  issuedOn,
});

const ministryOfLabour = 'Bộ Lao động - Thương binh và Xã hội';
const year2023 = notice('5034/TB-LĐTBXH', ministryOfLabour);
const year2024 = notice('5015/TB-LĐTBXH', ministryOfLabour);
const swap2024 = notice('1570/TB-LĐTBXH', ministryOfLabour);
const year2025 = notice('6150/TB-BLĐTBXH', ministryOfLabour);
const year2026 = notice('9441/TB-BNV', 'Bộ Nội vụ', '2025-10-16');
const newYearSwap2026 = notice('12729/VPCP-KGVX', 'Văn phòng Chính phủ');
const noSwapApril2026 = notice('3383/BNV-CVL', 'Bộ Nội vụ');
const cultureDay = notice('28/2026/QH16', 'Quốc hội');

const labourCode = 'Bộ luật Lao động 2019, Điều 112';
const madeUp = 'Bộ luật Lao động 2019, Điều 111 khoản 3';
const cultureDayBasis = 'Nghị quyết 28/2026/QH16, Điều 2 (không nghỉ bù khi trùng ngày nghỉ hằng tuần)';

const names = {
  newYear: { vi: 'Tết Dương lịch', en: "New Year's Day" },
  tet: { vi: 'Tết Nguyên đán', en: 'Lunar New Year (Tết)' },
  hungKings: { vi: 'Giỗ Tổ Hùng Vương', en: "Hùng Kings' Commemoration Day" },
  reunification: { vi: 'Ngày Chiến thắng 30/4', en: 'Victory Day (30 April)' },
  labourDay: { vi: 'Ngày Quốc tế lao động 01/5', en: 'International Labour Day' },
  nationalDay: { vi: 'Quốc khánh', en: 'National Day' },
  culture: { vi: 'Ngày Văn hóa Việt Nam', en: "Việt Nam's Culture Day" },
} satisfies Record<string, BilingualText>;

const makeUp = (name: BilingualText): BilingualText => ({
  vi: `Nghỉ bù ${name.vi}`,
  en: `Day in lieu of ${name.en}`,
});
const swapped = (name: BilingualText): BilingualText => ({
  vi: `Nghỉ hoán đổi dịp ${name.vi}`,
  en: `Day off exchanged around ${name.en}`,
});
const workedFor = (name: BilingualText): BilingualText => ({
  vi: `Làm bù ngày nghỉ hoán đổi dịp ${name.vi}`,
  en: `Worked for the day off exchanged around ${name.en}`,
});

type Extra = Pick<DatedDay, 'basis' | 'inPlaceOf'>;

const on = (
  kind: DatedDayKind,
  name: BilingualText,
  by: Notice | null,
  dates: readonly CivilDate[],
  extra: Extra = {},
): readonly DatedDay[] => dates.map((date) => ({ date, kind, name, notice: by, ...extra }));

const off = (name: BilingualText, by: Notice | null, ...dates: CivilDate[]): readonly DatedDay[] =>
  on('holiday', name, by, dates, { basis: labourCode });

const inLieu = (name: BilingualText, by: Notice | null, date: CivilDate, inPlaceOf: CivilDate) =>
  on('make-up-off', makeUp(name), by, [date], { basis: madeUp, inPlaceOf });

const exchanged = (name: BilingualText, by: Notice, dayOff: CivilDate, worked: CivilDate) => [
  ...on('make-up-off', swapped(name), by, [dayOff], { inPlaceOf: worked }),
  ...on('worked', workedFor(name), by, [worked], { inPlaceOf: dayOff }),
];

const of2023: readonly DatedDay[] = [
  ...off(names.newYear, year2023, '2023-01-01'),
  ...inLieu(names.newYear, year2023, '2023-01-02', '2023-01-01'),
  ...off(names.tet, year2023, '2023-01-20', '2023-01-21', '2023-01-22', '2023-01-23', '2023-01-24'),
  ...off(names.tet, year2023, '2023-01-25', '2023-01-26'),
  ...off(names.hungKings, year2023, '2023-04-29'),
  ...off(names.reunification, year2023, '2023-04-30'),
  ...off(names.labourDay, year2023, '2023-05-01'),
  ...inLieu(names.hungKings, year2023, '2023-05-02', '2023-04-29'),
  ...inLieu(names.reunification, year2023, '2023-05-03', '2023-04-30'),
  ...off(names.nationalDay, year2023, '2023-09-01', '2023-09-02'),
  ...inLieu(names.nationalDay, year2023, '2023-09-04', '2023-09-02'),
];

const of2024: readonly DatedDay[] = [
  ...off(names.newYear, year2024, '2024-01-01'),
  ...off(names.tet, year2024, '2024-02-08', '2024-02-09', '2024-02-10', '2024-02-11', '2024-02-12'),
  ...off(names.tet, year2024, '2024-02-13', '2024-02-14'),
  ...off(names.hungKings, year2024, '2024-04-18'),
  ...exchanged(names.reunification, swap2024, '2024-04-29', '2024-05-04'),
  ...off(names.reunification, year2024, '2024-04-30'),
  ...off(names.labourDay, year2024, '2024-05-01'),
  ...off(names.nationalDay, year2024, '2024-09-02', '2024-09-03'),
];

const of2025: readonly DatedDay[] = [
  ...off(names.newYear, year2025, '2025-01-01'),
  ...off(names.tet, year2025, '2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'),
  ...off(names.hungKings, year2025, '2025-04-07'),
  ...off(names.reunification, year2025, '2025-04-30'),
  ...off(names.labourDay, year2025, '2025-05-01'),
  ...exchanged(names.labourDay, year2025, '2025-05-02', '2025-04-26'),
  ...off(names.nationalDay, year2025, '2025-09-01', '2025-09-02'),
];

const of2026: readonly DatedDay[] = [
  ...off(names.newYear, year2026, '2026-01-01'),
  ...exchanged(names.newYear, newYearSwap2026, '2026-01-02', '2026-01-10'),
  ...off(names.tet, year2026, '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'),
  ...off(names.hungKings, year2026, '2026-04-26'),
  ...inLieu(names.hungKings, year2026, '2026-04-27', '2026-04-26'),
  ...off(names.reunification, year2026, '2026-04-30'),
  ...off(names.labourDay, year2026, '2026-05-01'),
  ...exchanged(names.nationalDay, year2026, '2026-08-31', '2026-08-22'),
  ...off(names.nationalDay, year2026, '2026-09-01', '2026-09-02'),
  ...on('holiday', names.culture, cultureDay, ['2026-11-24'], { basis: cultureDayBasis }),
];

const of2027: readonly DatedDay[] = [
  ...off(names.newYear, null, '2027-01-01'),
  ...off(names.hungKings, null, '2027-04-16'),
  ...off(names.reunification, null, '2027-04-30'),
  ...off(names.labourDay, null, '2027-05-01'),
  ...inLieu(names.labourDay, null, '2027-05-03', '2027-05-01'),
  ...off(names.nationalDay, null, '2027-09-02'),
  ...on('holiday', names.culture, cultureDay, ['2027-11-24'], { basis: cultureDayBasis }),
];

export const vietnamOfficialDays: readonly DatedDay[] = [
  ...of2023,
  ...of2024,
  ...of2025,
  ...of2026,
  ...of2027,
];

export const vietnamNoticedYears: readonly NoticedYear[] = [
  { year: 2023, notices: [year2023], complete: true },
  { year: 2024, notices: [year2024, swap2024], complete: true },
  { year: 2025, notices: [year2025], complete: true },
  { year: 2026, notices: [year2026, newYearSwap2026, noSwapApril2026, cultureDay], complete: true },
  { year: 2027, notices: [], complete: false },
];
