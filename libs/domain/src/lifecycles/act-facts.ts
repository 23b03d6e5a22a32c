import { isRefusal, refusal, type Instant, type Refusal } from '@dondoc/workflow';
import { requireAgency } from '../directory/agencies';
import { type OfficeCalendars } from '../directory/agency-calendar';
import { type Agency, type Directory } from '../directory/directory';
import { type WorkingRules } from '../working-rules/working-rules';
import { parseCivilDate, type CivilDate } from '../working-time/civil-date';
import { CalendarRangeError } from '../working-time/day-table';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';

/** What an act is judged by, looked up by the caller: nothing here reads a clock or a table. */
export interface ActFacts {
  readonly now: Instant;
  /** In which this act counts: of the lead's work, the calendar of the lead. */
  readonly calendar: WorkingCalendar;
  /** All of the organization's that count; left out: it keeps one. */
  readonly calendars?: OfficeCalendars;
  /** The version in force; for a directive that exists, the one it lives under. */
  readonly rules: WorkingRules;
  readonly directory: Directory;
}

export const versionOf = ({ id, version }: { readonly id: string; readonly version: number }): string =>
  `${id}@${version}`;

export function today(facts: Pick<ActFacts, 'now' | 'calendar'>): CivilDate {
  return dateAt(zoneNamed(facts.calendar.zone), facts.now);
}

/** What `plan` comes to; `beyond-calendar` when it would have to count in years that no working calendar speaks of. */
export function withinCalendar<T>(field: string, plan: () => T | Refusal): T | Refusal {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof CalendarRangeError)) throw error;
    return refusal(error.code, error, { field });
  }
}

const visible = /[^\p{C}\p{Z}\p{M}]/u;

/** The text without white space around it, or the refusal of one in which there is nothing to read. */
export function requireText(value: string | null | undefined, field: string): string | Refusal {
  const text = value?.trim() ?? '';
  if (visible.test(text)) return text;
  return refusal(
    'missing-text',
    { vi: `Cần nhập nội dung (${field}).`, en: `This may not be empty (${field}).` },
    { field },
  );
}

export function requireDate(value: string, field: string): CivilDate | Refusal {
  if (parseCivilDate(value) !== null) return value;
  return refusal(
    'not-a-date',
    { vi: 'Không phải là ngày có thật (YYYY-MM-DD).', en: 'Not a real date (YYYY-MM-DD).' },
    { field },
  );
}

/**
 * One lead out of what was asked for: exactly one agency in force. One that is an organization of its own works behind its
 * own wall, where nobody would see a directive of this one: it gets a part that is handed on to it, as `orElsewhere` says.
 */
export function requireLead(
  lead: readonly string[],
  facts: ActFacts,
  orElsewhere: 'or-elsewhere' | null = null,
): string | Refusal {
  const [first, second] = [...new Set(lead)];
  if (first === undefined)
    return refusal(
      'no-lead',
      { vi: 'Nhiệm vụ cần một cơ quan chủ trì.', en: 'A directive needs a lead agency.' },
      { field: 'lead' },
    );
  if (second !== undefined)
    return refusal(
      'several-leads',
      {
        vi: 'Mỗi nhiệm vụ chỉ có một cơ quan chủ trì: hãy tách nhiệm vụ, hoặc chọn một cơ quan và để các cơ quan khác phối hợp.',
        en: 'A directive has one lead: split it, or name one agency and let the others coordinate.',
      },
      { field: 'lead' },
    );
  const agency = requireAgency(facts.directory, first, today(facts), 'lead');
  if (isRefusal(agency)) return agency;
  const refused = orElsewhere === null ? refuseElsewhere(agency) : null;
  return refused ?? agency.id;
}

/** Refuses `lead-is-organization`; null for an agency whose work is done here. */
export function refuseElsewhere({ name, pointsTo = null }: Agency): Refusal | null {
  if (pointsTo === null) return null;
  return refusal(
    'lead-is-organization',
    {
      vi: `${name} là một đơn vị riêng: hãy giao cho Văn phòng hoặc cơ quan cấp trên của ${name} chủ trì, rồi giao tiếp cho ${name}.`,
      en: `${name} is an organization of its own: let the Office or an agency above ${name} lead, which hands it on there.`,
    },
    { field: 'lead' },
  );
}

/** The coordinating agencies, each once, without the lead. */
export function requireCoordinating(
  coordinating: readonly string[],
  lead: string,
  facts: ActFacts,
): readonly string[] | Refusal {
  const wanted = [...new Set(coordinating)].filter((agency) => agency !== lead);
  for (const id of wanted) {
    const agency = requireAgency(facts.directory, id, today(facts), 'coordinating');
    if (isRefusal(agency)) return agency;
  }
  return wanted;
}
