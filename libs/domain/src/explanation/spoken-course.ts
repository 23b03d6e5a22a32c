import { type Bilingual, type HistoryEntry, type Instant } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { renderDate } from '../working-time/steps';
import { dateAt, zoneNamed } from '../working-time/zone';
import { whoDid } from './told-acts';

interface Course {
  readonly context: DirectiveContext;
  readonly history: readonly HistoryEntry[];
  readonly facts: ActFacts;
}

function dayOf(at: Instant, { calendar }: ActFacts): Bilingual {
  const date = dateAt(zoneNamed(calendar.zone), at);
  return { vi: renderDate(date, 'vi'), en: renderDate(date, 'en') };
}

/** A person's own words, as part of a sentence; nothing where they gave none. */
function inBrackets({ event }: HistoryEntry): string {
  const { reason } = event;
  return typeof reason === 'string' && reason !== '' ? ` (${reason.replace(/[.\s]+$/, '')})` : '';
}

/** Each time the clock stood still: from when, until when, by whose word, and why. */
function suspensions({ history, facts }: Course): readonly Bilingual[] {
  return history.flatMap((entry, index) => {
    if (entry.event.type !== 'suspend') return [];
    const resumed = history.slice(index + 1).find(({ event }) => event.type === 'resume');
    const from = dayOf(entry.at, facts);
    const who = whoDid(entry, facts);
    const why = inBrackets(entry);
    if (!resumed)
      return [
        {
          vi: `${who.vi} cho tạm dừng từ ${from.vi}${why}.`,
          en: `${who.en} suspended it on ${from.en}${why}.`,
        },
      ];
    const until = dayOf(resumed.at, facts);
    return [
      {
        vi: `${who.vi} đã cho tạm dừng từ ${from.vi} đến ${until.vi}${why}; thời gian này không tính vào hạn.`,
        en: `${who.en} suspended it from ${from.en} to ${until.en}${why}; that time does not count.`,
      },
    ];
  });
}

/** How often what was reported was not accepted, and why the last time. */
function sentBack({ history, facts }: Course): readonly Bilingual[] {
  const all = history.filter(({ event }) => event.type === 'send-back');
  const last = all.at(-1);
  if (!last) return [];
  const day = dayOf(last.at, facts);
  const why = inBrackets(last);
  return [
    {
      vi:
        all.length === 1
          ? `Kết quả báo cáo đã bị trả lại hôm ${day.vi}${why}.`
          : `Kết quả báo cáo đã bị trả lại ${all.length} lần, gần nhất là ${day.vi}${why}.`,
      en:
        all.length === 1
          ? `The report was sent back on ${day.en}${why}.`
          : `The report was sent back ${all.length} times, the last time on ${day.en}${why}.`,
    },
  ];
}

/** Into how many parts it was handed on, and how many of them are open. */
function parts({ context, history }: Course): readonly Bilingual[] {
  const count = history
    .filter(({ event }) => event.type === 'hand-on')
    .reduce((sum, { event }) => sum + (event['children'] as unknown as readonly string[]).length, 0);
  if (count === 0) return [];
  const open = context.children.length;
  return [
    {
      vi: `Cơ quan chủ trì đã giao tiếp ${count} phần việc; ${open === 0 ? 'các phần đều đã kết thúc' : `còn ${open} phần chưa xong`}.`,
      en: `The lead has handed on ${count} ${count === 1 ? 'part' : 'parts'}; ${open === 0 ? 'all have ended' : `${open} not done yet`}.`,
    },
  ];
}

/** What stopped its clock, sent it back or split it, in sentences to be read out. Pure. */
export function spokenCourse(course: Course): readonly Bilingual[] {
  return [...suspensions(course), ...sentBack(course), ...parts(course)];
}
