import { type Bilingual, type HistoryEntry, type Instant } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { type RemotePartState } from '../lifecycles/cascade/remote-part.types';
import { type WorkState } from '../lifecycles/directive-state';
import { whoDid } from './told-acts';
import { agencyName, dayOf, spoken } from './words';

interface Course {
  readonly context: DirectiveContext;
  readonly history: readonly HistoryEntry[];
  readonly facts: ActFacts;
  readonly elsewhere: readonly PartElsewhere[];
}

/** A part that another organization does, as it was last heard of. */
export interface PartElsewhere {
  /** Name of the agency that stands for the other organization. */
  readonly agency: string;
  /** `ended`, `withdrawn` and `refused` are known here; all else only by what was said. */
  readonly state: RemotePartState;
  /** Null until the other organization has said anything. */
  readonly said: { readonly work: WorkState; readonly receivedAt: Instant } | null;
  readonly overdue: boolean;
}

/** A person's own words, as part of a sentence; nothing where they gave none. */
export function inBrackets({ event }: HistoryEntry): string {
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

const workWords: Readonly<Record<WorkState, Bilingual>> = {
  assigned: { vi: 'chưa tiếp nhận', en: 'has not accepted it' },
  returned: { vi: 'đã trả lại', en: 'has returned it' },
  'in-progress': { vi: 'đang thực hiện', en: 'is at work on it' },
  'awaiting-head': { vi: 'đang thực hiện', en: 'is at work on it' },
  reported: { vi: 'đã báo cáo kết quả', en: 'has reported' },
  suspended: { vi: 'đang tạm dừng', en: 'has it suspended' },
  closed: { vi: 'đã hoàn thành', en: 'has completed it' },
  cancelled: { vi: 'đã thôi thực hiện', en: 'no longer does it' },
  replaced: { vi: 'đã thay bằng nhiệm vụ khác', en: 'does another directive in its place' },
};

/** How each part stands that another organization does: by what was last received from it. */
function partsElsewhere({ elsewhere, facts }: Course): readonly Bilingual[] {
  return elsewhere.flatMap(({ agency, state, said, overdue }) => {
    if (state === 'withdrawn') return [];
    if (state === 'refused')
      return [
        {
          vi: `Phần việc giao ${agency} chưa đến được nơi nhận.`,
          en: `What was handed on to ${agency} has not reached it.`,
        },
      ];
    const late = overdue ? { vi: ', đã quá hạn', en: ', and it is overdue' } : { vi: '', en: '' };
    if (said === null)
      return [
        {
          vi: `Đã giao ${agency} một phần việc; chưa nhận được phản hồi${late.vi}.`,
          en: `A part was handed on to ${agency}; nothing was heard yet${late.en}.`,
        },
      ];
    const when = spoken(said.receivedAt, facts);
    const words = workWords[said.work];
    return [
      {
        vi: `Theo thông tin nhận được lúc ${when.vi}, ${agency} ${words.vi} phần việc được giao${late.vi}.`,
        en: `As was heard at ${when.en}, ${agency} ${words.en}${late.en}.`,
      },
    ];
  });
}

/** Who had it before, and why it was given to another. */
export function leadsBefore({ context, history, facts }: Course): readonly Bilingual[] {
  const first = history[0]?.event['input'] as { readonly lead?: string } | undefined;
  let lead = first?.lead ?? context.lead;
  const changes = history.flatMap((entry) => {
    const { type, lead: next } = entry.event;
    if ((type !== 'reassign' && type !== 'transfer') || typeof next !== 'string' || next === lead) return [];
    const change = { entry, from: lead };
    lead = next;
    return [change];
  });
  const last = changes.at(-1);
  if (!last) return [];
  const { entry, from } = last;
  const before = agencyName(facts.directory, from);
  const day = dayOf(entry.at, facts);
  const who = whoDid(entry, facts);
  const why = inBrackets(entry);
  const often = changes.length === 1 ? '' : ` (đổi cơ quan chủ trì ${changes.length} lần)`;
  const oftenEn = changes.length === 1 ? '' : ` (the lead changed ${changes.length} times)`;
  return entry.event.type === 'transfer'
    ? [
        {
          vi: `Trước đó ${before} chủ trì; chuyển cho cơ quan kế thừa từ ${day.vi}${often}.`,
          en: `${before} had it before; it passed to the successor on ${day.en}${oftenEn}.`,
        },
      ]
    : [
        {
          vi: `Trước đó giao ${before} chủ trì; ${who.vi} đã giao lại hôm ${day.vi}${why}${often}.`,
          en: `${before} had it before; ${who.en} reassigned it on ${day.en}${why}${oftenEn}.`,
        },
      ];
}

/** Since when it is judged by another version of the rules. */
function rulesMoved({ history, facts }: Course): readonly Bilingual[] {
  const last = history.findLast(({ event }) => event.type === 'move-rules');
  if (!last) return [];
  const day = dayOf(last.at, facts);
  const why = inBrackets(last);
  return [
    {
      vi: `Từ ${day.vi}, việc này áp dụng bản quy chế làm việc mới${why}; hạn giữ nguyên.`,
      en: `Since ${day.en} it follows another version of the working rules${why}; its deadline is kept.`,
    },
  ];
}

/** What stopped its clock, sent it back or split it, in sentences to be read out. Pure. */
export function spokenCourse(course: Course): readonly Bilingual[] {
  return [
    ...rulesMoved(course),
    ...suspensions(course),
    ...sentBack(course),
    ...parts(course),
    ...partsElsewhere(course),
  ];
}
