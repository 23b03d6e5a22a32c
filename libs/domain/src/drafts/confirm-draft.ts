import { isRefusal, refusal, type Bilingual, type Refusal, type StartCommand } from '@dondoc/workflow';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { actFacts } from '../directives/directive-facts';
import { type ActFacts } from '../lifecycles/act-facts';
import { DirectiveEntity } from '../persistence/entities/directive.entities';
import { DraftEntity } from '../persistence/entities/intake.entities';
import { StandingDirectiveEntity } from '../persistence/entities/standing-directive.entities';
import { type DraftItem } from './draft-item';
import { openDraft } from './drafts.service';
import { planItem, type PlannedItem } from './plan-item';

interface ItemProblem extends Bilingual {
  readonly field: string;
  readonly code: string;
}

interface ConfirmedItem {
  readonly id: string;
  readonly item: string;
  readonly lead: string;
}

export interface ConfirmedDraft {
  readonly draft: string;
  readonly revision: number;
  readonly directives: readonly ConfirmedItem[];
  /** Items that became standing directives. */
  readonly standing: readonly ConfirmedItem[];
}

type ItemToStart = PlannedItem & { readonly id: string; readonly item: DraftItem };

/**
 * Every tracked item of a draft becomes a directive and goes to its lead, in one transaction. All problems of all items
 * are told at once, each with the path of its field; then nothing is made.
 */
export async function confirmDraft(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  expectedRevision: number | undefined,
): Promise<ConfirmedDraft | Refusal> {
  const draft = await openDraft(tx, id, expectedRevision);
  if (isRefusal(draft)) return draft;
  const tracked = draft.items.map((item, index) => ({ item, index })).filter(({ item }) => item.tracked);
  if (tracked.length === 0)
    return refusal(
      'nothing-to-confirm',
      { vi: 'Bản nháp không có nhiệm vụ nào để giao.', en: 'The draft has nothing to assign.' },
      { field: 'items' },
    );
  const { givenOn } = draft.source;
  if (givenOn === null)
    return refusal(
      'source-date-missing',
      {
        vi: 'Chưa có ngày của văn bản hoặc lệnh giao; hãy bổ sung trước khi xác nhận.',
        en: 'The date of the document or order is missing; enter it first.',
      },
      { field: 'source.givenOn' },
    );
  const facts = await actFacts(tx);
  const problems: ItemProblem[] = [];
  const planned: ItemToStart[] = [];
  for (const { item, index } of tracked) {
    const plan = planItem(item, { date: givenOn, by: caller.person }, facts);
    if (isRefusal(plan)) problems.push(problemOfItem(plan, index));
    else planned.push({ id: newUuid(), item, ...plan });
    problems.push(...unknownPeople(item, index, facts));
  }
  if (problems.length > 0) return refuseItems(problems);
  await keepRows(tx, draft.source.id, planned);
  const actor = { kind: 'person', id: caller.person } as const;
  const started = await tx.startMany(
    planned.map(({ id, lifecycle, input }) => ({
      lifecycle,
      id,
      input: input as unknown as StartCommand['input'],
      actor,
    })),
  );
  if (isRefusal(started)) return started;
  await keepWords(tx, draft.source.id, planned);
  const revision = draft.revision + 1;
  await tx.manager.update(
    DraftEntity,
    { organizationId: tx.organization, id },
    { status: 'confirmed', revision, confirmedById: caller.person, confirmedAt: tx.now },
  );
  const became = (lifecycle: PlannedItem['lifecycle']) =>
    planned.filter((one) => one.lifecycle === lifecycle).map(confirmed);
  return { draft: id, revision, directives: became('directive'), standing: became('standing-directive') };
}

const confirmed = (one: ItemToStart): ConfirmedItem => ({
  id: one.id,
  item: one.item.id,
  lead: one.lifecycle === 'directive' ? one.input.lead : one.input.facts.lead,
});

function problemOfItem({ field, code, vi, en }: Refusal, index: number): ItemProblem {
  // The date of the source belongs to the whole draft.
  return {
    field: field === 'sourceDate' ? 'source.givenOn' : `items[${index}].${field ?? ''}`,
    code,
    vi,
    en,
  };
}

function unknownPeople(item: DraftItem, index: number, facts: ActFacts): ItemProblem[] {
  return (['assigningLeader', 'trackingOfficer'] as const)
    .filter((field) => item[field] !== null && !facts.directory.people.some(({ id }) => id === item[field]))
    .map((field) => ({
      field: `items[${index}].${field}`,
      code: 'unknown-person',
      vi: 'Không có người này trong danh bạ.',
      en: 'The directory has no such person.',
    }));
}

function refuseItems(problems: readonly ItemProblem[]): Refusal {
  const refused = refusal('draft-not-confirmable', {
    vi: `Còn ${problems.length} điểm phải sửa trước khi giao.`,
    en: `To be corrected before assigning: ${problems.length}.`,
  });
  return { ...refused, errors: problems } as Refusal;
}

/** The words and the source, which no lifecycle needs; the projection of the start fills in the rest. */
async function keepRows(tx: PostgresWork, sourceId: string, planned: readonly ItemToStart[]): Promise<void> {
  const directives = planned.filter((one) => one.lifecycle === 'directive');
  await tx.manager.insert(
    DirectiveEntity,
    directives.map(({ id, item, input }) => ({
      organizationId: tx.organization,
      id,
      sourceId,
      ordinal: Number(item.id),
      text: item.text,
      sectionRef: item.sectionRef,
      textStart: item.start,
      textEnd: item.end,
      leadId: input.lead,
      coordinatingIds: [...input.coordinating],
      assigningLeaderId: input.assigningLeader,
      trackingOfficerId: input.trackingOfficer,
      field: input.field,
      kind: input.kind,
      urgency: input.urgency,
      assignedAt: input.assignedAt,
      deadlinePhrase: item.deadline?.phrase ?? null,
      workState: 'assigned',
      revision: 0,
    })),
  );
}

/** Where the words of a standing directive stand; the projection of its start has made the row. */
async function keepWords(tx: PostgresWork, sourceId: string, planned: readonly ItemToStart[]): Promise<void> {
  for (const { id, lifecycle, item } of planned) {
    if (lifecycle !== 'standing-directive') continue;
    await tx.manager.update(
      StandingDirectiveEntity,
      { organizationId: tx.organization, id },
      { sourceId, sectionRef: item.sectionRef, textStart: item.start, textEnd: item.end },
    );
  }
}
