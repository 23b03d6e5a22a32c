import { type Bilingual, type HistoryEntry } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { agencyName, moment, personName } from './words';

type Teller = (entry: HistoryEntry, facts: ActFacts) => Bilingual;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** A person's own words, after what they did. */
function reasonOf({ event }: HistoryEntry): string {
  const said = event['reason'] ?? event['note'];
  return isText(said) ? `: ${said.replace(/[.\s]+$/, '')}` : '';
}

/** Who did it, and in whose place. */
export function whoDid({ event, actor }: HistoryEntry, { directory }: ActFacts): Bilingual {
  if (actor.kind === 'system' && actor.id !== undefined)
    return { vi: 'Đơn vị cấp trên giao việc', en: 'The organization that handed it on' };
  const name = personName(directory, event['by'] as string | undefined);
  if (actor.onBehalfOf === undefined) return { vi: name, en: name };
  const principal = personName(directory, actor.onBehalfOf);
  return { vi: `${name} (thay ${principal})`, en: `${name} (for ${principal})` };
}

/** Somebody did something, with the reason they gave. */
const did =
  (vi: string, en: string): Teller =>
  (entry, facts) => {
    const who = whoDid(entry, facts);
    return { vi: `${who.vi} ${vi}${reasonOf(entry)}`, en: `${who.en} ${en}${reasonOf(entry)}` };
  };

/** Somebody set another deadline, or took it away. */
const moved =
  (verb: Bilingual): Teller =>
  (entry, facts) => {
    const who = whoDid(entry, facts);
    const deadline = entry.event['deadline'] as { readonly at: number } | null | undefined;
    const due = deadline ? moment(deadline.at, facts.calendar.zone) : { vi: '', en: '' };
    const to = deadline ? { vi: ` ${due.vi}`, en: ` ${due.en}` } : due;
    return {
      vi: `${who.vi} ${verb.vi}${to.vi}${reasonOf(entry)}`,
      en: `${who.en} ${verb.en}${to.en}${reasonOf(entry)}`,
    };
  };

const named =
  (member: 'lead' | 'person', vi: string, en: string): Teller =>
  (entry, facts) => {
    const id = entry.event[member] as string;
    const name = member === 'lead' ? agencyName(facts.directory, id) : personName(facts.directory, id);
    return did(`${vi} ${name}`, `${en} ${name}`)(entry, facts);
  };

/** What stands in a draft is not told: it has not left the agency. */
const reported: Teller = (entry, facts) => {
  const { number } = entry.event['result'] as unknown as { number: string };
  if (entry.event['needsApproval'] === true)
    return did(
      'trình thủ trưởng dự thảo báo cáo; báo cáo chưa gửi đi, thời hạn vẫn tính',
      'submitted the draft of the report to the head; it has not left, and the clock goes on',
    )(entry, facts);
  return did(
    `báo cáo kết quả bằng văn bản số ${number}; thời hạn ngừng tính`,
    `reported with document ${number}; the clock stops`,
  )(entry, facts);
};

/** What of a directive's history is told, by the event that moved it. Events without an entry are told elsewhere. */
export const toldActs: Readonly<Record<string, Teller>> = {
  'xstate.init': ({ event }, { directory }) => {
    const { lead } = event['input'] as unknown as { lead: string };
    const name = agencyName(directory, lead);
    return { vi: `giao ${name} chủ trì`, en: `assigned to ${name}` };
  },
  accept: did('tiếp nhận', 'accepted it'),
  return: did('trả lại', 'returned it'),
  reassign: named('lead', 'giao lại cho', 'reassigned it to'),
  transfer: named('lead', 'chuyển cho cơ quan kế thừa là', 'transferred it to the successor,'),
  'assign-person': named('person', 'phân công', 'named'),
  'set-deadline': moved({ vi: 'đặt hạn', en: 'set the deadline to' }),
  extend: moved({ vi: 'gia hạn đến', en: 'extended it to' }),
  urge: did('đôn đốc', 'urged it'),
  report: reported,
  'approve-report': did(
    'duyệt và gửi báo cáo kết quả; thời hạn ngừng tính',
    'approved the report, which has left; the clock stops',
  ),
  'return-report': (entry, facts) => {
    const who = whoDid(entry, facts);
    return { vi: `${who.vi} chưa duyệt dự thảo báo cáo`, en: `${who.en} did not approve the report` };
  },
  verify: did('xác nhận hoàn thành', 'verified it'),
  'send-back': did(
    'chưa chấp nhận kết quả, thời hạn tính tiếp từ hạn đang có',
    'sent the report back, and the clock goes on from the deadline in force',
  ),
  suspend: did('cho tạm dừng, thời hạn ngừng tính', 'suspended it, and the clock stands still'),
  'propose-resumption': moved({
    vi: 'đề nghị tiếp tục, với hạn',
    en: 'proposed to resume it, with the deadline',
  }),
  resume: (entry, facts) =>
    entry.event['deadline']
      ? moved({ vi: 'cho tiếp tục, với hạn', en: 'resumed it, with the deadline' })(entry, facts)
      : did('cho tiếp tục', 'resumed it')(entry, facts),
  'move-rules': did(
    'chuyển sang bản quy chế làm việc mới',
    'moved it to another version of the working rules',
  ),
  replace: did('thay bằng một nhiệm vụ giao sau', 'put a later directive in its place'),
  replaces: did('lấy nhiệm vụ này thay một nhiệm vụ giao trước', 'put it in the place of an earlier one'),
  'hand-on': (entry, facts) => {
    const count = (entry.event['children'] as unknown as readonly string[]).length;
    return did(
      `giao tiếp cho cơ quan trực thuộc (${count} nhiệm vụ)`,
      `handed it on (${count} ${count === 1 ? 'directive' : 'directives'})`,
    )(entry, facts);
  },
  'parent-moved': (entry, facts) =>
    entry.event['deadline']
      ? moved({
          vi: 'đổi hạn của nhiệm vụ gốc; hạn ở đây là',
          en: 'changed the deadline above; the one here is',
        })(entry, facts)
      : did('đổi hạn của nhiệm vụ gốc', 'changed the deadline above')(entry, facts),
  'child-ended': () => ({ vi: 'một phần việc giao tiếp đã kết thúc', en: 'something handed on has ended' }),
  cancel: did('hủy nhiệm vụ', 'cancelled it'),
};
