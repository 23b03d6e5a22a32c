import { sampleCalendar } from '../working-time/sample-calendar';
import { courseOf, type CourseFacts } from './course';

const at = (text: string): number => Date.parse(`${text}+07:00`);
const now = at('2026-11-18T09:00:00');

const directive = (more: Partial<CourseFacts>): CourseFacts => ({
  work: 'in-progress',
  assignedAt: at('2026-11-02T08:00:00'),
  deadline: null,
  nearDueAt: null,
  judgedAt: null,
  closedAt: null,
  deadlineDate: null,
  ...more,
});
const due = (deadlineDate: string, more: Partial<CourseFacts> = {}) =>
  directive({ deadlineDate, deadline: at(`${deadlineDate}T17:00:00`), ...more });

describe('the course of work', () => {
  it('counts by weeks from Monday, in the zone of the office', () => {
    const closed = { work: 'closed', judgedAt: at('2026-11-09T00:30:00') } as const;
    const { trend } = courseOf(
      [
        // Half past midnight on Monday here is still Sunday in Greenwich.
        due('2026-11-10', { ...closed, closedAt: at('2026-11-09T00:30:00') }),
        due('2026-11-06', { ...closed, closedAt: at('2026-11-12T10:00:00') }),
        directive({ work: 'cancelled', assignedAt: now }),
      ],
      'week',
      sampleCalendar,
      now,
    );
    expect(trend).toHaveLength(12);
    expect(trend.slice(-3)).toEqual([
      { from: '2026-11-02', to: '2026-11-08', assigned: 2, onTime: 0, late: 0, noDeadline: 0 },
      { from: '2026-11-09', to: '2026-11-15', assigned: 0, onTime: 1, late: 1, noDeadline: 0 },
      { from: '2026-11-16', to: '2026-11-22', assigned: 0, onTime: 0, late: 0, noDeadline: 0 },
    ]);
  });

  it('counts by months, across the turn of a year', () => {
    const { trend } = courseOf([], 'month', sampleCalendar, now);
    expect([trend[0]?.from, trend[0]?.to, trend.at(-1)?.to]).toEqual([
      '2025-12-01',
      '2025-12-31',
      '2026-11-30',
    ]);
  });

  it('tells how old what is late has grown, with the days of the list behind each number', () => {
    const late = ['2026-11-17', '2026-11-16', '2026-11-13', '2026-10-05', '2026-10-20'].map((day) =>
      due(day),
    );
    expect(courseOf(late, 'week', sampleCalendar, now).ageing).toEqual([
      { least: 0, most: 2, count: 2, dueFrom: '2026-11-16', dueTo: '2026-11-17' },
      { least: 3, most: 5, count: 1, dueFrom: '2026-11-13', dueTo: '2026-11-13' },
      { least: 6, most: 10, count: 0, dueFrom: null, dueTo: null },
      { least: 11, most: null, count: 2, dueFrom: '2026-10-05', dueTo: '2026-10-20' },
    ]);
  });

  it('shows what comes by day, for whole weeks, and which days are not worked', () => {
    const { coming } = courseOf([due('2026-11-20'), due('2026-11-20')], 'week', sampleCalendar, now);
    expect(coming).toHaveLength(42);
    expect(coming[0]).toEqual({ date: '2026-11-16', count: 0, isWorked: true });
    expect(coming[4]).toEqual({ date: '2026-11-20', count: 2, isWorked: true });
    expect(coming[5]?.isWorked).toBe(false);
  });
});
