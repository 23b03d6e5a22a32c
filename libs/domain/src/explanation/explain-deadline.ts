import { type Bilingual } from '@dondoc/workflow';
import { agencyInForce } from '../directory/agencies';
import { versionOf, type ActFacts } from '../lifecycles/act-facts';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { explainEndOfDay, yearWarnings } from '../working-time/explained-working-time';
import { renderStep } from '../working-time/steps';
import { dateAt, zoneNamed } from '../working-time/zone';
import { moment } from './words';

export interface DeadlineExplanation {
  readonly sentences: readonly Bilingual[];
  /** What a person should know before relying on it, for example a year without its official notice of days off. */
  readonly warnings: readonly Bilingual[];
}

/** Why the deadline is what it is: the words, the rule, the closing hour, the calendar, and the deadline it first had. */
export function explainDeadline(
  context: DirectiveContext,
  facts: Pick<ActFacts, 'calendar' | 'calendars' | 'rules' | 'directory' | 'now'>,
): DeadlineExplanation {
  const { deadline, originalDeadline, openPhrase } = context;
  const { calendar, rules } = facts;
  if (deadline === null)
    return {
      sentences: [
        {
          vi: `${openPhrase === null ? 'Nguồn giao không nêu hạn' : `Nguồn giao nêu “${openPhrase}”, chưa xác định được ngày`}; nhiệm vụ để mở và không bị tính quá hạn cho đến khi văn thư đặt hạn (${rules.deadlinePrompt.article}).`,
          en: `${openPhrase === null ? 'The source names no deadline' : `The source says “${openPhrase}”, which is no day yet`}; the directive stays open and is never late until the clerk sets one (${rules.deadlinePrompt.article}).`,
        },
      ],
      warnings: [],
    };
  const zone = zoneNamed(calendar.zone);
  const date = dateAt(zone, deadline.at);
  const due = moment(deadline.at, calendar.zone);
  const sentences: Bilingual[] = [{ vi: `Hạn là ${due.vi}.`, en: `The deadline is ${due.en}.` }];
  if (deadline.phrase !== null)
    sentences.push({
      vi: `Câu chữ trong văn bản giao: "${deadline.phrase}".`,
      en: `The words of the source: "${deadline.phrase}".`,
    });
  if (deadline.basis !== null)
    sentences.push({ vi: `Cách tính: ${deadline.basis}.`, en: `Derived by: ${deadline.basis}.` });
  const end = explainEndOfDay(calendar, date, 'none');
  if (end.instant === deadline.at)
    sentences.push(...end.steps.map((step) => ({ vi: renderStep(step, 'vi'), en: renderStep(step, 'en') })));
  else
    sentences.push({
      vi: 'Giờ đến hạn do người đặt hạn nêu rõ.',
      en: 'The hour was stated by whoever set the deadline.',
    });
  const same = deadline.calendar === versionOf(calendar);
  sentences.push({
    vi: `Tính theo lịch làm việc ${deadline.calendar}${same ? '' : ` (lịch hiện hành là ${versionOf(calendar)}; hạn không tự tính lại)`}.`,
    en: `Counted with the working calendar ${deadline.calendar}${same ? '' : ` (the calendar in force is ${versionOf(calendar)}; a deadline is not recomputed by itself)`}.`,
  });
  sentences.push(...ownCalendar(context, facts));
  if (originalDeadline !== null && originalDeadline !== deadline.at) {
    const first = moment(originalDeadline, calendar.zone);
    sentences.push({ vi: `Hạn gốc là ${first.vi}.`, en: `The original deadline was ${first.en}.` });
  }
  const day = zone.dayNumberAt(deadline.at);
  return { sentences, warnings: yearWarnings(calendar, day, day) };
}

/** Said only where the lead works by another calendar than the organization, so that nobody wonders about the days. */
function ownCalendar(
  { lead }: DirectiveContext,
  { calendar, calendars, directory, now }: Pick<ActFacts, 'calendar' | 'calendars' | 'directory' | 'now'>,
): readonly Bilingual[] {
  if (!calendars || calendar.id === calendars.own.id) return [];
  const name = agencyInForce(directory, lead, dateAt(zoneNamed(calendar.zone), now))?.name ?? lead;
  const [own, general] = [versionOf(calendar), versionOf(calendars.own)];
  return [
    {
      vi: `${name} làm việc theo lịch riêng ${own}, không theo lịch chung ${general} của đơn vị; thời gian còn lại tính theo lịch riêng này.`,
      en: `${name} works by a calendar of its own, ${own}, not by the organization's ${general}; what is left is counted in it.`,
    },
  ];
}
