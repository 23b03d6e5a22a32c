import {
  explainAddCalendarDays,
  explainAddWorkingDays,
  explainAddWorkingTime,
  explainEndOfDay,
  explainNextOpening,
  explainWorkingDaysBetween,
  explainWorkingTimeBetween,
} from './explained-working-time';
import { sampleCalendar } from './sample-calendar';
import { renderSteps } from './steps';

const at = (local: string): number => Date.parse(`${local}:00+07:00`);

describe('explanations of working time', () => {
  it('name the notice of each day off and of each Saturday worked', () => {
    const { steps, instant } = explainAddWorkingDays(sampleCalendar, at('2026-08-21T10:00'), 8);
    expect(instant).toBe(at('2026-09-04T17:00'));
    expect(renderSteps(steps, 'vi')).toEqual([
      'Bắt đầu từ 10:00 thứ Sáu 21/08/2026; ngày này không tính.',
      'thứ Bảy 22/08/2026: ngày làm việc thứ 1; Làm bù ngày nghỉ hoán đổi dịp Quốc khánh (theo 9441/TB-BNV).',
      'Chủ nhật 23/08/2026: không tính, ngày nghỉ hằng tuần.',
      'thứ Hai 24/08/2026 đến thứ Sáu 28/08/2026: ngày làm việc thứ 2 đến 6.',
      'thứ Bảy 29/08/2026 đến Chủ nhật 30/08/2026: không tính, ngày nghỉ hằng tuần.',
      'thứ Hai 31/08/2026: không tính, Nghỉ hoán đổi dịp Quốc khánh (theo 9441/TB-BNV).',
      'thứ Ba 01/09/2026 đến thứ Tư 02/09/2026: không tính, Quốc khánh (theo 9441/TB-BNV).',
      'thứ Năm 03/09/2026 đến thứ Sáu 04/09/2026: ngày làm việc thứ 7 đến 8.',
      'Hết buổi làm việc cuối của ngày: 17:00 thứ Sáu 04/09/2026.',
    ]);
  });

  it('are the same of a calendar that was stored and read again', () => {
    const stored = JSON.parse(JSON.stringify(sampleCalendar)) as typeof sampleCalendar;
    const { steps } = explainAddWorkingDays(stored, '2026-02-13', 1);
    expect(renderSteps(steps, 'vi')).toEqual(
      renderSteps(explainAddWorkingDays(sampleCalendar, '2026-02-13', 1).steps, 'vi'),
    );
    expect(steps).toHaveLength(6);
  });

  it('read the same in English', () => {
    const { steps } = explainAddWorkingDays(sampleCalendar, '2026-11-23', 1);
    expect(renderSteps(steps, 'en')).toEqual([
      'Start at Mon 23/11/2026; that day is not counted.',
      "Tue 24/11/2026: not counted, Việt Nam's Culture Day (by 28/2026/QH16).",
      'Wed 25/11/2026: working day 1.',
      'End of the last session of the day: 17:00 on Wed 25/11/2026.',
    ]);
  });

  it('count backward from the day after which they start', () => {
    const { steps } = explainAddWorkingDays(sampleCalendar, '2026-11-23', -1);
    expect(renderSteps(steps, 'vi')).toEqual([
      'Bắt đầu từ thứ Hai 23/11/2026; ngày này không tính.',
      'thứ Bảy 21/11/2026 đến Chủ nhật 22/11/2026: không tính, ngày nghỉ hằng tuần.',
      'thứ Sáu 20/11/2026: ngày làm việc thứ 1.',
      'Hết buổi làm việc cuối của ngày: 17:00 thứ Sáu 20/11/2026.',
    ]);
  });

  it('show the sessions in which working time was counted', () => {
    const { steps } = explainAddWorkingTime(sampleCalendar, at('2026-11-20T16:30'), 90 * 60_000);
    expect(renderSteps(steps, 'vi')).toEqual([
      'Tính từ 16:30 thứ Sáu 20/11/2026.',
      'thứ Sáu 20/11/2026, 16:30–17:00: 30 phút làm việc, cộng dồn 30 phút.',
      'thứ Bảy 21/11/2026 đến Chủ nhật 22/11/2026: không tính, ngày nghỉ hằng tuần.',
      'thứ Hai 23/11/2026, 07:30–08:30: 1 giờ làm việc, cộng dồn 1 giờ 30 phút.',
    ]);
  });

  it('say why a last day moved, or that its usual closing hour is taken', () => {
    const rolled = explainAddCalendarDays(sampleCalendar, '2026-11-17', 7, 'next-working-day');
    expect(renderSteps(rolled.steps, 'vi').slice(-2)).toEqual([
      'Ngày cuối thứ Ba 24/11/2026 là Ngày Văn hóa Việt Nam (theo 28/2026/QH16); chuyển sang ngày làm việc thứ Tư 25/11/2026.',
      'Hết buổi làm việc cuối của ngày: 17:00 thứ Tư 25/11/2026.',
    ]);
    const kept = explainEndOfDay(sampleCalendar, '2026-11-22', 'none');
    expect(kept.instant).toBe(at('2026-11-22T17:00'));
    expect(renderSteps(kept.steps, 'en')).toEqual([
      'Sun 22/11/2026 is not worked, weekly rest; the usual closing hour is taken, 17:00.',
    ]);
  });

  it('tell the next opening apart from being open already', () => {
    const closed = explainNextOpening(sampleCalendar, at('2026-11-23T18:00'));
    expect(closed.instant).toBe(at('2026-11-25T07:30'));
    expect(renderSteps(closed.steps, 'vi')).toContain('Giờ mở cửa kế tiếp: 07:30 thứ Tư 25/11/2026.');
    const open = explainNextOpening(sampleCalendar, at('2026-11-23T09:00'));
    expect(renderSteps(open.steps, 'vi').at(-1)).toBe('Đang trong giờ làm việc.');
  });

  it('explain lengths', () => {
    const days = explainWorkingDaysBetween(sampleCalendar, '2026-11-20', '2026-11-25');
    expect([days.amount, days.steps.length]).toEqual([2, 5]);
    const time = explainWorkingTimeBetween(sampleCalendar, at('2026-11-23T16:00'), at('2026-11-20T16:00'));
    expect(time.amount).toBe(-7.5 * 3_600_000);
    expect(time.steps.at(-1)).toMatchObject({ kind: 'counted-time', totalMs: 7.5 * 3_600_000 });
  });

  it('say that a fixed day of a year without notice rests on the Labour Code', () => {
    const { steps } = explainAddWorkingDays(sampleCalendar, '2027-04-15', 1);
    expect(renderSteps(steps, 'vi')[1]).toBe(
      'thứ Sáu 16/04/2027: không tính, Giỗ Tổ Hùng Vương (Bộ luật Lao động 2019, Điều 112).',
    );
  });
});
