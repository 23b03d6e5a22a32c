import { type CivilDate, dayNumberOfDate, type Weekday, weekdayOf } from './civil-date';
import { type DayStatus } from './office-hours';
import { type BilingualText, type DatedDay } from './working-calendar';
import { dateAt, type Instant, type Zone } from './zone';

/** An instant together with what the office's wall clock shows. */
export interface WallInstant {
  readonly instant: Instant;
  readonly date: CivilDate;
  /** 'HH:MM' */
  readonly clock: string;
}

export type Language = 'vi' | 'en';
export type NotWorkedReason = Extract<DayStatus, { working: false }>['reason'];

/** One step of a derivation, in the order in which a person would count on paper. */
export type Step =
  /** The day (and instant, when one was given) from which counting starts; the day itself is not counted. */
  | { readonly kind: 'start-day'; readonly date: CivilDate; readonly at: WallInstant | null }
  /** Working time is counted from this very instant. */
  | { readonly kind: 'start-instant'; readonly at: WallInstant }
  /** Days counted, numbered from 1 (backward counts too). `day` is the dated entry when a worked rest day was counted. */
  | {
      readonly kind: 'counted-days';
      readonly unit: 'working-day' | 'calendar-day';
      readonly first: CivilDate;
      readonly last: CivilDate;
      readonly fromOrdinal: number;
      readonly toOrdinal: number;
      readonly day: DatedDay | null;
    }
  | {
      readonly kind: 'skipped-days';
      readonly first: CivilDate;
      readonly last: CivilDate;
      readonly reason: NotWorkedReason;
      readonly day: DatedDay | null;
    }
  /** Working time counted inside one session. `totalMs`: counted so far. */
  | {
      readonly kind: 'counted-time';
      readonly from: WallInstant;
      readonly to: WallInstant;
      readonly ms: number;
      readonly totalMs: number;
    }
  /** The end of the last session; when the day is not worked, why, and its usual closing hour is taken. */
  | {
      readonly kind: 'closing';
      readonly at: WallInstant;
      readonly notWorked: { readonly reason: NotWorkedReason; readonly day: DatedDay | null } | null;
    }
  | { readonly kind: 'opening'; readonly at: WallInstant; readonly already: boolean }
  /** A last day that is not worked moved to another. */
  | {
      readonly kind: 'rolled';
      readonly from: CivilDate;
      readonly to: CivilDate;
      readonly reason: NotWorkedReason;
      readonly day: DatedDay | null;
    }
  /** The rule by which words became a date, or anything else worth saying. */
  | ({ readonly kind: 'rule'; readonly code: string } & BilingualText);

/** Something a person should know before relying on the result. */
export interface Warning extends BilingualText {
  readonly code: string;
  readonly year?: number;
}

/** A result that explains itself. */
export interface Explained {
  readonly instant: Instant;
  readonly steps: readonly Step[];
  readonly warnings: readonly Warning[];
}

export function wallInstant(zone: Zone, instant: Instant): WallInstant {
  const wall = new Date(instant + zone.offsetAt(instant)).toISOString();
  return { instant, date: dateAt(zone, instant), clock: wall.slice(11, 16) };
}

const weekdayNames: Readonly<Record<Language, Readonly<Record<Weekday, string>>>> = {
  vi: { 1: 'thứ Hai', 2: 'thứ Ba', 3: 'thứ Tư', 4: 'thứ Năm', 5: 'thứ Sáu', 6: 'thứ Bảy', 7: 'Chủ nhật' },
  en: { 1: 'Mon', 2: 'Tue', 3: 'Wed', 4: 'Thu', 5: 'Fri', 6: 'Sat', 7: 'Sun' },
};

/** "thứ Sáu 20/11/2026" or "Fri 20/11/2026". */
export function renderDate(date: CivilDate, language: Language): string {
  const day = `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
  return `${weekdayNames[language][weekdayOf(dayNumberOfDate(date))]} ${day}`;
}

function renderAt(at: WallInstant, language: Language): string {
  return language === 'vi'
    ? `${at.clock} ${renderDate(at.date, 'vi')}`
    : `${at.clock} on ${renderDate(at.date, 'en')}`;
}

function renderSpan(first: CivilDate, last: CivilDate, language: Language): string {
  if (first === last) return renderDate(first, language);
  const middle = language === 'vi' ? 'đến' : 'to';
  return `${renderDate(first, language)} ${middle} ${renderDate(last, language)}`;
}

const notWorked: Readonly<Record<NotWorkedReason, BilingualText>> = {
  'rest-day': { vi: 'ngày nghỉ hằng tuần', en: 'weekly rest' },
  holiday: { vi: 'ngày nghỉ lễ, Tết', en: 'public holiday' },
  'make-up-off': { vi: 'ngày nghỉ bù, nghỉ hoán đổi', en: 'day off in lieu' },
  'no-session': { vi: 'lịch không có giờ làm việc', en: 'no working hours in the calendar' },
};

/** Why a day is not worked, with the notice or article that says so. */
export function renderReason(reason: NotWorkedReason, day: DatedDay | null, language: Language): string {
  return day === null ? notWorked[reason][language] : renderDay(day, language);
}

function renderDay(day: DatedDay, language: Language): string {
  const source =
    day.notice !== null
      ? `${language === 'vi' ? 'theo' : 'by'} ${day.notice.number}`
      : (day.basis ?? (language === 'vi' ? 'chưa có thông báo chính thức' : 'no official notice yet'));
  return `${day.name[language]} (${source})`;
}

function ordinals(step: Extract<Step, { kind: 'counted-days' }>, language: Language): string {
  const one = step.fromOrdinal === step.toOrdinal;
  if (language === 'vi') {
    const unit = step.unit === 'working-day' ? 'ngày làm việc thứ' : 'ngày thứ';
    return one ? `${unit} ${step.fromOrdinal}` : `${unit} ${step.fromOrdinal} đến ${step.toOrdinal}`;
  }
  const unit = step.unit === 'working-day' ? 'working day' : 'day';
  return one ? `${unit} ${step.fromOrdinal}` : `${unit}s ${step.fromOrdinal} to ${step.toOrdinal}`;
}

function renderLength(ms: number, language: Language): string {
  const minutes = Math.round(ms / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const hourWord = language === 'vi' ? 'giờ' : 'h';
  const minuteWord = language === 'vi' ? 'phút' : 'min';
  const parts = [
    ...(hours > 0 || rest === 0 ? [`${hours} ${hourWord}`] : []),
    ...(rest > 0 ? [`${rest} ${minuteWord}`] : []),
  ];
  return parts.join(' ');
}

/** One sentence for one step. */
export function renderStep(step: Step, language: Language): string {
  const vi = language === 'vi';
  switch (step.kind) {
    case 'start-day': {
      const when = step.at === null ? renderDate(step.date, language) : renderAt(step.at, language);
      return vi ? `Bắt đầu từ ${when}; ngày này không tính.` : `Start at ${when}; that day is not counted.`;
    }
    case 'start-instant':
      return vi
        ? `Tính từ ${renderAt(step.at, language)}.`
        : `Counting starts at ${renderAt(step.at, language)}.`;
    case 'counted-days': {
      const why = step.day === null ? '' : `; ${renderDay(step.day, language)}`;
      return `${renderSpan(step.first, step.last, language)}: ${ordinals(step, language)}${why}.`;
    }
    case 'skipped-days': {
      const reason = renderReason(step.reason, step.day, language);
      // Read the same in whichever direction they were passed.
      const [first, last] = step.first <= step.last ? [step.first, step.last] : [step.last, step.first];
      return vi
        ? `${renderSpan(first, last, language)}: không tính, ${reason}.`
        : `${renderSpan(first, last, language)}: not counted, ${reason}.`;
    }
    case 'counted-time': {
      const [length, total] = [renderLength(step.ms, language), renderLength(step.totalMs, language)];
      const span = `${renderDate(step.from.date, language)}, ${step.from.clock}–${step.to.clock}`;
      return vi
        ? `${span}: ${length} làm việc, cộng dồn ${total}.`
        : `${span}: ${length} worked, ${total} in all.`;
    }
    case 'closing':
      if (step.notWorked !== null) {
        const date = renderDate(step.at.date, language);
        const reason = renderReason(step.notWorked.reason, step.notWorked.day, language);
        return vi
          ? `${date} không làm việc, ${reason}; lấy giờ tan làm thường lệ ${step.at.clock}.`
          : `${date} is not worked, ${reason}; the usual closing hour is taken, ${step.at.clock}.`;
      }
      return vi
        ? `Hết buổi làm việc cuối của ngày: ${renderAt(step.at, language)}.`
        : `End of the last session of the day: ${renderAt(step.at, language)}.`;
    case 'opening':
      if (step.already) return vi ? 'Đang trong giờ làm việc.' : 'Already within working hours.';
      return vi
        ? `Giờ mở cửa kế tiếp: ${renderAt(step.at, language)}.`
        : `Next opening: ${renderAt(step.at, language)}.`;
    case 'rolled': {
      const [from, to] = [renderDate(step.from, language), renderDate(step.to, language)];
      const reason = renderReason(step.reason, step.day, language);
      return vi
        ? `Ngày cuối ${from} là ${reason}; chuyển sang ngày làm việc ${to}.`
        : `The last day, ${from}, is not worked (${reason}); moved to the working day ${to}.`;
    }
    case 'rule':
      return step[language];
  }
}

/** The derivation as sentences, in order. */
export function renderSteps(steps: readonly Step[], language: Language): readonly string[] {
  return steps.map((step) => renderStep(step, language));
}
