import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { officeQuery } from '../api/queries';
import { type Language, useWords } from '../words/words';

const OFFICE_ZONE = 'Asia/Ho_Chi_Minh';

const locales: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** Days and instants as people of the office write them. Instants are shown in the office's zone, whatever the browser's. */
export interface OfficeTime {
  /** "Thứ Hai, 09/11/2026" of a civil date. */
  readonly day: (date: string) => string;
  /** "09/11/2026" of a civil date. */
  readonly shortDay: (date: string) => string;
  /** "T2", "Mon" of a civil date. */
  readonly weekday: (date: string) => string;
  /** "17:00, 09/11/2026" of an instant. */
  readonly moment: (instant: string | number) => string;
  /** "Thứ Hai, 09/11/2026 17:00" of an instant, for the clock. */
  readonly clock: (instant: string | number) => string;
  /** "+07:00": how far the office is ahead of Greenwich today. */
  readonly offset: string;
  /** The civil date of an instant in the office. */
  readonly dateOf: (instant: string | number) => string;
}

function formatsOf(language: Language, zone: string) {
  const locale = locales[language];
  const date = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
  const weekday = { weekday: language === 'vi' ? 'long' : 'short' } as const;
  return {
    day: new Intl.DateTimeFormat(locale, { ...date, ...weekday, timeZone: 'UTC' }),
    shortDay: new Intl.DateTimeFormat(locale, { ...date, timeZone: 'UTC' }),
    date: new Intl.DateTimeFormat(locale, { ...date, timeZone: zone }),
    weekday: new Intl.DateTimeFormat(locale, { ...weekday, ...date, timeZone: zone }),
    time: new Intl.DateTimeFormat(locale, { ...time, timeZone: zone }),
    narrow: new Intl.DateTimeFormat(locale, {
      weekday: language === 'vi' ? 'narrow' : 'short',
      timeZone: 'UTC',
    }),
    iso: new Intl.DateTimeFormat('en-CA', { ...date, timeZone: zone }),
  };
}

function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts();
  const named = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return /[+-]\d{2}:\d{2}/.exec(named)?.[0] ?? '+00:00';
}

export function useOfficeTime(): OfficeTime {
  const { language } = useWords();
  const { data: office } = useQuery({ ...officeQuery, enabled: false });
  const zone = office?.zone ?? OFFICE_ZONE;
  return useMemo(() => {
    const formats = formatsOf(language, zone);
    const civil = (date: string) => new Date(`${date}T00:00:00Z`);
    return {
      offset: offsetOf(zone),
      day: (date) => formats.day.format(civil(date)),
      shortDay: (date) => formats.shortDay.format(civil(date)),
      weekday: (date) => formats.narrow.format(civil(date)),
      moment: (instant) => {
        const at = new Date(instant);
        return `${formats.time.format(at)}, ${formats.date.format(at)}`;
      },
      clock: (instant) => {
        const at = new Date(instant);
        return `${formats.weekday.format(at)} ${formats.time.format(at)}`;
      },
      dateOf: (instant) => formats.iso.format(new Date(instant)),
    };
  }, [language, zone]);
}
