import type { components } from '../api/schema';

interface Both {
  readonly vi: string;
  readonly en: string;
}

export interface Period {
  readonly opens: string;
  readonly closes: string;
}

export interface Session {
  readonly from: string | null;
  readonly to: string | null;
  readonly days?: readonly number[];
  readonly periods: readonly Period[];
  readonly basis: string;
}

export interface Notice {
  readonly number: string;
  readonly issuer: string;
  readonly issuedOn: string | null;
}

export type DayKind = 'holiday' | 'make-up-off' | 'worked';

export interface DatedDay {
  readonly date: string;
  readonly kind: DayKind;
  readonly name: Both;
  readonly notice: Notice | null;
  readonly basis?: string;
  readonly inPlaceOf?: string;
}

/** What the API says of a calendar, as far as it is drawn here. */
export interface Calendar {
  readonly zone: string;
  readonly sessions: readonly Session[];
  readonly restDays: readonly number[];
  readonly days: readonly DatedDay[];
  readonly noticedYears: readonly {
    readonly year: number;
    readonly notices: readonly Notice[];
    readonly complete: boolean;
  }[];
}

export type CalendarListed = components['schemas']['CalendarsDto']['items'][number];
export type CalendarVersion = components['schemas']['CalendarVersionDto'];
export type CountedTime = components['schemas']['CountedTimeDto'];

export const contentOf = ({ calendar }: { readonly calendar: unknown }): Calendar => calendar as Calendar;

export const pad = (number: number): string => String(number).padStart(2, '0');

/** The dates of a month, each with its ISO weekday. */
export function daysOfMonth(year: number, month: number): readonly { date: string; weekday: number }[] {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: count }, (_, index) => {
    const weekday = new Date(Date.UTC(year, month - 1, index + 1)).getUTCDay();
    return { date: `${year}-${pad(month)}-${pad(index + 1)}`, weekday: weekday === 0 ? 7 : weekday };
  });
}
