import { type Read } from './date-words';
import { type DeadlineUnit } from './deadline-reading';
import { byFirstWord, phrases, type Tokens } from './tokens';

/** Words before an amount that make it a limit. */
export const limits = phrases([
  'chậm nhất là trong',
  'chậm nhất trong vòng',
  'chậm nhất trong',
  'chậm nhất là sau',
  'chậm nhất sau',
  'chậm nhất là',
  'chậm nhất',
  'muộn nhất là',
  'muộn nhất',
  'trong thời hạn tối đa',
  'trong thời hạn không quá',
  'trong thời hạn chậm nhất',
  'trong thời hạn',
  'trong thời gian không quá',
  'trong thời gian tối đa',
  'trong thời gian',
  'trong vòng không quá',
  'trong vòng',
  'trong tối đa',
  'trong',
  'thời hạn xử lý là',
  'thời hạn là',
  'thời hạn',
  'không quá',
  'không chậm quá',
  'tối đa',
  'sau',
]);

export interface Unit {
  readonly unit: DeadlineUnit;
  readonly times: number;
}

const units = byFirstWord<{ readonly words: readonly string[]; readonly unit: Unit }>([
  { words: ['ngày', 'làm', 'việc'], unit: { unit: 'working-day', times: 1 } },
  { words: ['giờ', 'làm', 'việc'], unit: { unit: 'working-hour', times: 1 } },
  { words: ['giờ', 'hành', 'chính'], unit: { unit: 'working-hour', times: 1 } },
  { words: ['tiếng', 'làm', 'việc'], unit: { unit: 'working-hour', times: 1 } },
  { words: ['ngày'], unit: { unit: 'calendar-day', times: 1 } },
  { words: ['tuần'], unit: { unit: 'calendar-day', times: 7 } },
  { words: ['giờ'], unit: { unit: 'hour', times: 1 } },
  { words: ['tiếng'], unit: { unit: 'hour', times: 1 } },
  { words: ['tháng'], unit: { unit: 'month', times: 1 } },
]);

export function readUnit(tokens: Tokens, index: number): Read<Unit> | null {
  for (const { words, unit } of units.get(tokens.at(index)) ?? []) {
    const next = tokens.after(index, words);
    if (next >= 0) return { value: unit, next };
  }
  return null;
}
