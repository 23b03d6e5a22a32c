import { type Bilingual } from '@dondoc/workflow';
import { admit, allowedEvents } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { type Caller } from '../accounts/caller';
import { permissionTo, whoMay } from '../authorization/abilities';
import { directiveActs, eventOf, type DirectiveAct } from '../authorization/acts';
import { directiveLifecycle } from '../lifecycles/directive.lifecycle';
import { noTimeToAsk } from '../lifecycles/extension-request-acts';
import { type DirectiveAtHand } from './directive-facts';

/** Something that one cannot do now, and why not. */
export interface WithheldAct extends Bilingual {
  readonly act: DirectiveAct;
  readonly code: 'not-permitted' | 'not-now' | (string & {});
}

const words = (vi: string, en: string): Bilingual => ({ vi, en });

/** Whose it is, for whoever it is not. */
function whose(act: DirectiveAct): Bilingual {
  const { vi, en } = whoMay('directive', act);
  return words(`Việc của ${vi}.`, `For ${en} to do.`);
}

const underway = words('Chỉ khi nhiệm vụ đang được thực hiện.', 'Only while the directive is underway.');
const reported = words('Chỉ khi đã có báo cáo chờ xác nhận.', 'Only when a report awaits verification.');
const stopped = words('Chỉ khi nhiệm vụ đang tạm dừng.', 'Only while it is suspended.');
const withHead = words('Chỉ khi báo cáo đang chờ thủ trưởng duyệt.', 'Only when a report awaits the head.');
const notEnded = words('Nhiệm vụ đã kết thúc.', 'The directive has ended.');

/** What it takes for there to be a place for it. */
const needs: Readonly<Record<DirectiveAct, Bilingual>> = {
  accept: words('Chỉ khi nhiệm vụ mới được giao.', 'Only when it has just been assigned.'),
  return: words(
    'Chỉ trước khi báo cáo và khi nhiệm vụ đang được thực hiện.',
    'Only before it is reported and while it is underway.',
  ),
  report: underway,
  'request-extension': underway,
  'assign-person': underway,
  'hand-on': underway,
  reassign: underway,
  urge: underway,
  extend: underway,
  suspend: underway,
  'set-deadline': underway,
  'approve-report': withHead,
  'return-report': withHead,
  verify: reported,
  'send-back': reported,
  'propose-resumption': stopped,
  resume: stopped,
  transfer: words('Chỉ khi cơ quan chủ trì đã giải thể.', 'Only when the lead has been abolished.'),
  'move-rules': words('Nhiệm vụ đã theo quy chế đang có hiệu lực.', 'It follows the rules in force already.'),
  replace: notEnded,
  cancel: notEnded,
};

/** What a guard asks of an event whose other content does not matter to it. */
const asked = (act: DirectiveAct, by: string) => ({ type: eventOf(act), by, reason: '-', onBehalfOf: null });
const guarded: readonly DirectiveAct[] = ['verify', 'return', 'set-deadline', 'extend'];

/**
 * What the caller cannot do with it now, and why: by right but out of place, in place but somebody else's, or stopped by
 * a guard or a rule. What is neither the caller's nor possible is not worth telling.
 */
export function withheldActs(caller: Caller, found: DirectiveAtHand): readonly WithheldAct[] {
  const { record, context, relations, facts, rulesInForce } = found;
  const snapshot = fromStored(directiveLifecycle.machine, record.snapshot);
  const possible = allowedEvents(snapshot);
  return directiveActs.flatMap((act): readonly WithheldAct[] => {
    const permission = permissionTo(caller, 'directive', act, relations);
    const hasPlace =
      possible.includes(eventOf(act)) &&
      (act !== 'transfer' || relations.leads.length > 1) &&
      (act !== 'move-rules' || context.rules !== rulesInForce);
    if (!permission) return hasPlace ? [{ act, code: 'not-permitted', ...whose(act) }] : [];
    if (!hasPlace) return [{ act, code: 'not-now', ...(record.status === 'done' ? notEnded : needs[act]) }];
    const refused = guarded.includes(act)
      ? admit(directiveLifecycle, snapshot, asked(act, permission.onBehalfOf ?? caller.person), facts.now)
      : act === 'request-extension'
        ? noTimeToAsk(context, facts)
        : null;
    return refused ? [{ act, code: refused.code, vi: refused.vi, en: refused.en }] : [];
  });
}
