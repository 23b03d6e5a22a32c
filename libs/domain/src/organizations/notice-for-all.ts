import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { orderAsItConcerns, type CalendarOrder } from '../working-time/calendar-orders';
import {
  calendarVersion,
  enterOrder,
  listCalendars,
  previewOrder,
  type CalendarVersion,
  type NewVersion,
  type OrderPreview,
} from './calendars';
import { type TouchedDeadline } from './touched-deadlines';

/** A notice for everybody is an order to each calendar of the organization: the one named first, then the others. */
async function inEach<T extends { readonly touched: readonly TouchedDeadline[] }>(
  tx: PostgresTransaction,
  first: string,
  order: CalendarOrder,
  enter: (id: string, order: CalendarOrder) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const entered = await enter(first, order);
  if (isRefusal(entered)) return entered;
  const touched = [...entered.touched];
  for (const { id } of (await listCalendars(tx)).filter((one) => one.id !== first)) {
    const version = await calendarVersion(tx, id);
    if (isRefusal(version)) return version;
    const there = await enter(id, orderAsItConcerns(order, version.calendar));
    if (isRefusal(there))
      return { ...there, vi: `Lịch "${id}": ${there.vi}`, en: `Calendar "${id}": ${there.en}` };
    touched.push(...there.touched);
  }
  return { ...entered, touched };
}

/** As `previewOrder`, with what is touched by it in every calendar of the organization. */
export const previewOrderForAll = (
  tx: PostgresTransaction,
  id: string,
  order: CalendarOrder,
): Promise<OrderPreview | Refusal> => inEach(tx, id, order, (each, own) => previewOrder(tx, each, own));

/** As `enterOrder`, in every calendar of the organization: all of them or, where one contradicts it, none. */
export const enterOrderForAll = (
  tx: PostgresTransaction,
  id: string,
  order: CalendarOrder,
  act: NewVersion,
): Promise<(CalendarVersion & Pick<OrderPreview, 'touched'>) | Refusal> =>
  inEach(tx, id, order, (each, own) => enterOrder(tx, each, own, act));
