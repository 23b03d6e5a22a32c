import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { agencyInForce } from '../../directory/agencies';
import { today, withinCalendar, type ActFacts } from '../act-facts';
import { countedFromReceipt } from '../counted-from-receipt';
import { type DeadlineIntent } from '../deadline-plan';
import { planAssignment } from '../directive-acts';
import { audienceFacts } from '../directive.messages';
import {
  type DirectiveContext,
  type DirectiveEventToSend,
  type DirectiveInput,
  type ParentDirective,
} from '../directive.types';
import { type RemotePartInput } from './remote-part.types';

/** Giao tiếp: one part of a directive for a subordinate agency of its lead. */
export interface PartIntent {
  /** Id of the directive that it becomes. */
  readonly id: string;
  readonly lead: readonly string[];
  readonly coordinating?: readonly string[];
  /** Left out: that of the parent. */
  readonly deadline?: DeadlineIntent | null;
}

export interface PlannedHandOn {
  readonly parent: DirectiveEventToSend<'hand-on'>;
  readonly children: readonly { readonly id: string; readonly input: DirectiveInput }[];
  /** Parts for agencies that are organizations of their own: the order goes there. */
  readonly elsewhere: readonly RemotePartInput[];
}

/** Whether an agency stands under another, at whatever depth. */
function isSubordinate(agency: string, lead: string, { directory }: Pick<ActFacts, 'directory'>): boolean {
  const seen = new Set<string>();
  const parentOf = (id: string) => directory.agencies.find((one) => one.id === id)?.parent ?? null;
  for (let up = parentOf(agency); up !== null && !seen.has(up); up = parentOf(up)) {
    if (up === lead) return true;
    seen.add(up);
  }
  return false;
}

/**
 * Whether a lead can hand on to an agency: to one under it, and the Office also to whatever is an organization of its own,
 * which may stand under none of the agencies.
 */
export function canHandOnTo(agency: string, lead: string, facts: Pick<ActFacts, 'directory'>): boolean {
  const find = (id: string) => facts.directory.agencies.find((one) => one.id === id);
  const isElsewhere = (find(agency)?.pointsTo ?? null) !== null;
  return isSubordinate(agency, lead, facts) || (isElsewhere && find(lead)?.isOffice === true);
}

/**
 * Handed on to subordinate agencies as directives of their own, given and followed by whoever hands on. Refuses
 * `nothing-to-hand-on`, `accept-first` (the deadlines of the parts would follow from one that is not known yet), and with
 * field `parts[n]…`: `not-subordinate`, `due-after-parent`, and as `planAssignment`.
 */
export function planHandOn(
  directive: { readonly id: string; readonly context: DirectiveContext },
  intent: { readonly by: string; readonly parts: readonly PartIntent[] },
  facts: ActFacts,
): PlannedHandOn | Refusal {
  const { id, context } = directive;
  const [first] = intent.parts;
  if (!first)
    return refusal(
      'nothing-to-hand-on',
      { vi: 'Chưa nêu cơ quan nào để giao tiếp.', en: 'Name at least one agency to hand it on to.' },
      { field: 'parts' },
    );
  const awaited = withinCalendar('parts', () => countedFromReceipt(context, facts));
  if (awaited !== null)
    return isRefusal(awaited)
      ? awaited
      : refusal(
          'accept-first',
          {
            vi: 'Hạn của nhiệm vụ tính từ ngày nhận: hãy tiếp nhận trước, rồi giao tiếp.',
            en: 'Its deadline counts from receipt: accept it first, then hand it on.',
          },
          { field: 'parts' },
        );
  const lead = agencyInForce(facts.directory, context.lead, today(facts))?.id ?? context.lead;
  const children: { readonly id: string; readonly input: DirectiveInput }[] = [];
  const elsewhere: RemotePartInput[] = [];
  for (const [index, part] of intent.parts.entries()) {
    const input = planPart(part, { context, parent: id, by: intent.by }, facts);
    if (isRefusal(input)) return { ...input, field: `parts[${index}].${input.field ?? ''}` };
    if (!canHandOnTo(input.lead, lead, facts))
      return refusal(
        'not-subordinate',
        {
          vi: 'Chỉ giao tiếp cho cơ quan trực thuộc cơ quan chủ trì.',
          en: 'It is handed on only to agencies under the lead.',
        },
        { field: `parts[${index}].lead` },
      );
    const organization = facts.directory.agencies.find((one) => one.id === input.lead)?.pointsTo ?? null;
    if (organization === null) {
      children.push({ id: part.id, input });
      continue;
    }
    if ((part.coordinating ?? []).length > 0)
      return refusal(
        'coordinating-elsewhere',
        {
          vi: 'Đơn vị nhận tự phân công cơ quan phối hợp của mình.',
          en: 'The organization that receives it names who coordinates there.',
        },
        { field: `parts[${index}].coordinating` },
      );
    elsewhere.push(partElsewhere(part, organization, input, { ...directive, by: intent.by }));
  }
  const handedOn = intent.parts.map((part) => part.id);
  return { parent: { type: 'hand-on', by: intent.by, children: handedOn }, children, elsewhere };
}

/** What goes to another organization: it keeps its own calendar, rules and people. */
function partElsewhere(
  part: PartIntent,
  organization: string,
  { lead: agency, deadline, sourceDate, field, urgency }: DirectiveInput,
  {
    id: directive,
    context,
    by,
  }: { readonly id: string; readonly context: DirectiveContext; readonly by: string },
): RemotePartInput {
  const at = deadline?.at ?? null;
  return {
    ...{ id: part.id, directive, agency, organization, by, sourceDate, field, urgency },
    ownDeadline: part.deadline ? at : null,
    rules: context.rules,
    facts: audienceFacts(context),
    order: { number: 1, deadline: at, suspended: null, ended: null },
  };
}

function planPart(
  part: PartIntent,
  from: { readonly context: DirectiveContext; readonly parent: string; readonly by: string },
  facts: ActFacts,
): DirectiveInput | Refusal {
  const { context, by } = from;
  const parent: ParentDirective = {
    directive: from.parent,
    self: part.id,
    organization: null,
    deadline: context.deadline?.at ?? null,
  };
  return planAssignment(
    {
      lead: part.lead,
      coordinating: part.coordinating ?? [],
      assigningLeader: by,
      trackingOfficer: by,
      field: context.field,
      urgency: context.urgency,
      sourceDate: context.sourceDate,
      deadline: part.deadline ?? null,
      parent,
    },
    facts,
  );
}
