import { type Bilingual, type Instant } from '@dondoc/workflow';
import { workingDaysBetween, workingTimeBetween } from '../working-time/working-time';
import { type WorkingCalendar } from '../working-time/working-calendar';

const MS_PER_HOUR = 3_600_000;

const several = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** How far a deadline is away, as people say it: "còn 3 ngày làm việc", "quá hạn 2 ngày làm việc". */
export function remainingWords(calendar: WorkingCalendar, now: Instant, deadline: Instant): Bilingual {
  const days = Math.abs(workingDaysBetween(calendar, now, deadline));
  if (now >= deadline)
    return days === 0
      ? { vi: 'quá hạn chưa đến một ngày làm việc', en: 'less than one working day overdue' }
      : { vi: `quá hạn ${days} ngày làm việc`, en: `${several(days, 'working day')} overdue` };
  if (days > 0) return { vi: `còn ${days} ngày làm việc`, en: `${several(days, 'working day')} left` };
  const hours = Math.floor(workingTimeBetween(calendar, now, deadline) / MS_PER_HOUR);
  return hours === 0
    ? { vi: 'còn chưa đến một giờ làm việc', en: 'less than one working hour left' }
    : { vi: `còn ${hours} giờ làm việc`, en: `${several(hours, 'working hour')} left` };
}
