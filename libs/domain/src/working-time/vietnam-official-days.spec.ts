import { addDays, civilPartsOf, dayNumberOf, dateOfDayNumber, weekdayOf } from './civil-date';
import { explainAddWorkingDays } from './explained-working-time';
import { parseWorkingCalendar } from './parse-working-calendar';
import { sampleCalendar } from './sample-calendar';
import { vietnamOfficialDays } from './vietnam-official-days';
import { isWorkingDay } from './working-time';

/** Written by hand from the notices, day and month only: weekdays off, and Saturdays worked with the day they pay for. */
const weekdaysOff: Readonly<Record<number, readonly string[]>> = {
  2023: ['02/01', '20/01', '23/01', '24/01', '25/01', '26/01', '01/05', '02/05', '03/05', '01/09', '04/09'],
  2024: [
    '01/01',
    '08/02',
    '09/02',
    '12/02',
    '13/02',
    '14/02',
    '18/04',
    '29/04',
    '30/04',
    '01/05',
    '02/09',
    '03/09',
  ],
  2025: [
    '01/01',
    '27/01',
    '28/01',
    '29/01',
    '30/01',
    '31/01',
    '07/04',
    '30/04',
    '01/05',
    '02/05',
    '01/09',
    '02/09',
  ],
  2026: [
    '01/01',
    '02/01',
    '16/02',
    '17/02',
    '18/02',
    '19/02',
    '20/02',
    '27/04',
    '30/04',
    '01/05',
    '31/08',
    '01/09',
    '02/09',
    '24/11',
  ],
  2027: ['01/01', '16/04', '30/04', '03/05', '02/09', '24/11'],
};

const saturdaysWorked: Readonly<Record<number, readonly (readonly [string, string])[]>> = {
  2023: [],
  2024: [['04/05', '29/04']],
  2025: [['26/04', '02/05']],
  2026: [
    ['10/01', '02/01'],
    ['22/08', '31/08'],
  ],
  2027: [],
};

const noticeNumbers: Readonly<Record<number, readonly string[]>> = {
  2023: ['5034/TB-LĐTBXH'],
  2024: ['5015/TB-LĐTBXH', '1570/TB-LĐTBXH'],
  2025: ['6150/TB-BLĐTBXH'],
  2026: ['9441/TB-BNV', '12729/VPCP-KGVX', '28/2026/QH16'],
  2027: ['28/2026/QH16'],
};

const dayMonth = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}`;

function datesOf(year: number): readonly string[] {
  const first = dayNumberOf(year, 1, 1);
  return Array.from({ length: dayNumberOf(year + 1, 1, 1) - first }, (_, index) =>
    dateOfDayNumber(first + index),
  );
}

const isWeekend = (date: string): boolean =>
  weekdayOf(dayNumberOf(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)))) >= 6;

describe.each([2023, 2024, 2025, 2026, 2027])('official days of %i', (year) => {
  it('are off on exactly the weekdays that the notices name', () => {
    const off = datesOf(year).filter((date) => !isWeekend(date) && !isWorkingDay(sampleCalendar, date));
    expect(off.map(dayMonth)).toEqual(weekdaysOff[year]);
  });

  it('are worked on exactly the Saturdays that the notices name, each for its day off', () => {
    const worked = datesOf(year).filter((date) => isWeekend(date) && isWorkingDay(sampleCalendar, date));
    const pairs = worked.map((date) => {
      const day = vietnamOfficialDays.find((each) => each.date === date);
      return [dayMonth(date), dayMonth(day?.inPlaceOf ?? '')];
    });
    expect(pairs).toEqual(saturdaysWorked[year]);
  });

  it('name the notice or the article that ordered them', () => {
    const days = vietnamOfficialDays.filter(
      (day) => civilPartsOf(Date.parse(day.date) / 86_400_000).year === year,
    );
    const numbers = new Set(days.flatMap((day) => (day.notice === null ? [] : [day.notice.number])));
    expect([...numbers].sort()).toEqual([...(noticeNumbers[year] ?? [])].sort());
    expect(days.filter((day) => day.notice === null && day.basis === undefined)).toEqual([]);
  });
});

describe('what the notices say together', () => {
  it('fit into one calendar without contradiction', () => {
    expect(parseWorkingCalendar(JSON.parse(JSON.stringify(sampleCalendar)))).toEqual({
      ok: true,
      calendar: sampleCalendar,
    });
  });

  it('pay for each exchanged day off with a worked Saturday, and the reverse', () => {
    for (const day of vietnamOfficialDays.filter((each) => each.kind === 'worked')) {
      const other = vietnamOfficialDays.find((each) => each.date === day.inPlaceOf);
      expect([other?.kind, other?.inPlaceOf]).toEqual(['make-up-off', day.date]);
    }
  });

  it('do not make up 24 November when it falls on a weekly rest day', () => {
    expect(vietnamOfficialDays.filter((day) => day.date === '2026-11-25')).toEqual([]);
    expect(isWorkingDay(sampleCalendar, '2026-11-23')).toBe(true);
  });

  it('warn about every result that touches 2027, and about no other known year', () => {
    const touching = explainAddWorkingDays(sampleCalendar, '2026-12-30', 5);
    expect(touching.warnings.map((warning) => [warning.code, warning.year])).toEqual([
      ['year-without-notice', 2027],
    ]);
    expect(explainAddWorkingDays(sampleCalendar, '2026-12-30', 1).warnings).toEqual([]);
    expect(explainAddWorkingDays(sampleCalendar, '2028-02-01', -1).warnings).toHaveLength(1);
    expect(explainAddWorkingDays(sampleCalendar, addDays('2023-01-10', 0), 700).warnings).toEqual([]);
  });
});
