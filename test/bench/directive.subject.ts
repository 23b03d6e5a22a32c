import { type StartCommand, type StoredEvent } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { actFacts } from '@dondoc/domain/directives/directive-facts';
import { directiveHooks } from '@dondoc/domain/directives/directive.hooks';
import { planAssignment, planExtension } from '@dondoc/domain/lifecycles/directive-acts';
import { today, type ActFacts } from '@dondoc/domain/lifecycles/act-facts';
import { directiveLifecycle } from '@dondoc/domain/lifecycles/directive.lifecycle';
import { type DirectiveInput } from '@dondoc/domain/lifecycles/directive.types';
import { begun } from '@dondoc/domain/lifecycles/directive.updates';
import { lifecycles } from '@dondoc/domain/lifecycles/lifecycles';
import { loadSampleOffice, sampleId, sampleOrganization } from '@dondoc/domain/organizations/sample-office';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { DirectiveEntity } from '@dondoc/domain/persistence/entities/directive.entities';
import { PersonEntity } from '@dondoc/domain/persistence/entities/directory.entities';
import { SourceEntity } from '@dondoc/domain/persistence/entities/intake.entities';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { addDays } from '@dondoc/domain/working-time/civil-date';
import { type Subject } from './subject';
import { granted } from './workbench';

const source = sampleId('bench', 'source');

/** As the sample office would give it, by the rules and the calendar of that office. */
function assignment(facts: ActFacts): DirectiveInput {
  const { agencies, people } = facts.directory;
  const leads = agencies.filter(({ isOffice, validTo }) => !isOffice && validTo === null);
  const [lead, first, second] = leads.map(({ id }) => id);
  return granted(
    planAssignment(
      {
        lead: lead === undefined ? [] : [lead],
        coordinating: [first, second].filter((id) => id !== undefined),
        assigningLeader: people[0]?.id ?? null,
        trackingOfficer: people[1]?.id ?? null,
        field: 'infrastructure',
        sourceDate: today(facts),
        deadline: { date: addDays(today(facts), 60), phrase: 'trong vòng 60 ngày' },
      },
      facts,
    ),
  );
}

async function keepRows(
  tx: PostgresWork,
  commands: readonly StartCommand[],
  input: DirectiveInput,
  nextOrdinal: () => number,
): Promise<void> {
  await tx.manager.insert(
    DirectiveEntity,
    commands.map(({ id }) => ({
      organizationId: tx.organization,
      id,
      sourceId: source,
      ordinal: nextOrdinal(),
      text: 'Chủ trì, phối hợp với các cơ quan liên quan rà soát tiến độ, báo cáo kết quả theo thời hạn được giao.',
      sectionRef: 'II.1',
      textStart: null,
      textEnd: null,
      leadId: input.lead,
      coordinatingIds: [...input.coordinating],
      assigningLeaderId: input.assigningLeader,
      trackingOfficerId: input.trackingOfficer,
      field: input.field,
      kind: 'directive',
      urgency: input.urgency,
      assignedAt: input.assignedAt,
      deadlinePhrase: input.deadline?.phrase ?? null,
      workState: 'assigned',
      revision: 0,
    })),
  );
}

/** Directives of the sample office with the domain's hooks: their rows are kept in step in the same transactions. */
export const directiveSubject: Subject = {
  lifecycles,
  lifecycle: directiveLifecycle.id,
  organization: sampleOrganization,
  hooks: directiveHooks,
  tables: ['dondoc.directive', 'dondoc.escalation', 'dondoc.result_document', 'dondoc.inbox_message'],
  connect: (url, poolSize) => dondocDataSource({ url, application: 'bench', poolSize }).initialize(),
  prepare: async (owner) => {
    await loadSampleOffice(owner);
    await inOrganization(owner, sampleOrganization, async (manager) => {
      const [clerk] = await manager.find(PersonEntity, { order: { id: 'ASC' }, take: 1 });
      if (!clerk || (await manager.existsBy(SourceEntity, { id: source }))) return;
      await manager.insert(SourceEntity, {
        organizationId: sampleOrganization,
        id: source,
        kind: 'oral',
        documentId: null,
        givenById: null,
        givenOn: null,
        note: 'bench',
        reference: null,
        enteredById: clerk.id,
        enteredAt: 0,
      });
    });
  },
  plan: async (tx) => {
    const facts = await actFacts(tx);
    const planned = assignment(facts);
    const { deadline, rungs } = planned;
    const reminder = rungs.find(({ kind }) => kind === 'remind');
    if (!deadline || !reminder) throw new Error('the rules of the sample office plan no reminder');
    const extension = granted(
      planExtension(
        begun(planned),
        { by: planned.trackingOfficer ?? '', reason: 'bench', deadline: { date: addDays(today(facts), 90) } },
        facts,
      ),
    );
    let ordinal = 0;
    return {
      input: ({ first, later }) => ({
        ...planned,
        parent: null,
        returnBy: later,
        bySilence: null,
        deadline: { ...deadline, nearDueAt: later + 1, at: later + 2 },
        rungs: [
          { ...reminder, at: first ?? later + 2 },
          ...rungs.slice(1).map((rung, at) => ({ ...rung, at: later + 3 + at })),
        ],
      }),
      event: extension as unknown as StoredEvent,
      keepRows: (tx, commands) => keepRows(tx, commands, planned, () => ++ordinal),
    };
  },
};
