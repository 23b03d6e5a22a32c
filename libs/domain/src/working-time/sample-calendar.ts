import { defaultRestDays, type WorkingCalendar } from './working-calendar';
import { vietnamOfficialDays, vietnamNoticedYears } from './vietnam-official-days';

/**
 * The calendar a new office starts from: Monday to Friday, 07:30–11:30 and 13:30–17:00, Asia/Ho_Chi_Minh, with the
 * official days known here. The hours are an example; each office enters its own with the decision that set them.
 */
export const sampleCalendar: WorkingCalendar = {
  id: 'sample',
  version: 1,
  zone: 'Asia/Ho_Chi_Minh',
  sessions: [
    {
      from: null,
      to: null,
      periods: [
        { opens: '07:30', closes: '11:30' },
        { opens: '13:30', closes: '17:00' },
      ],
      basis: 'Giờ mẫu; mỗi đơn vị nhập giờ làm việc của mình kèm quyết định',
    },
  ],
  restDays: defaultRestDays,
  days: vietnamOfficialDays,
  noticedYears: vietnamNoticedYears,
};
