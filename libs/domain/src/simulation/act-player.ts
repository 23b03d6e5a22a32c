import {
  isRefusal,
  type InstanceRecord,
  type MemoryRuntime,
  type MemoryWork,
  type Refusal,
  type StoredEvent,
} from '@dondoc/workflow';
import { type Directory } from '../directory/directory';
import { standsInFor } from '../directory/offices';
import { type DraftItem } from '../drafts/draft-item';
import { editItems, itemByHand, type DraftEdit } from '../drafts/edit-items';
import { itemsOfReading } from '../drafts/items-of-reading';
import { type IntakeResult } from '../intake/grammar/intake-result';
import { today, type ActFacts } from '../lifecycles/act-facts';
import * as acts from '../lifecycles/directive-acts';
import { directiveState } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { planAcknowledgement, planDecision, type ByLeader } from '../lifecycles/escalation-acts';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { addressees } from '../lifecycles/escalation.updates';
import { type WorkingRules } from '../working-rules/working-rules';
import { type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { type Act, type ActOf } from './scenario';
import { deadlineOf, intentOf, ScenarioNames, unknown } from './scenario-intents';

/** A notice with what was drafted from it. */
export interface DraftedNotice {
  /** File name, as the scenario names it. */
  readonly file: string;
  readonly reading: IntakeResult;
}

interface OpenDraft {
  readonly sourceDate: CivilDate;
  readonly items: readonly DraftItem[];
}

export interface Stage {
  readonly organization: string;
  readonly memory: MemoryRuntime;
  readonly directory: Directory;
  readonly rules: WorkingRules;
  readonly calendar: WorkingCalendar;
  readonly notices: readonly DraftedNotice[];
}

/** Carries out a scenario's acts through the same pure acts and the same runtime as the application. */
export class ActPlayer {
  private readonly drafts = new Map<string, OpenDraft>();
  /** Stable name → instance id. */
  readonly directives = new Map<string, string>();

  private readonly names: ScenarioNames;

  constructor(private readonly stage: Stage) {
    this.names = new ScenarioNames(stage.directory);
  }

  async play(act: Act): Promise<Refusal | null> {
    switch (act.act) {
      case 'upload':
        return this.upload(act);
      case 'manual':
        return this.manual(act);
      case 'correct':
        return this.correct(act);
      case 'confirm':
        return this.confirm(act);
      case 'acknowledge':
      case 'decide':
        return this.onEscalation(act);
      default:
        return this.onDirective(act);
    }
  }

  private get facts(): ActFacts {
    const { memory, calendar, rules, directory } = this.stage;
    return { now: memory.now, calendar, rules, directory };
  }

  private upload(act: ActOf<'upload'>): Refusal | null {
    const notice = this.stage.notices.find(({ file }) => file === act.notice);
    if (!notice) return unknown(act.notice, 'notice');
    const { reading } = notice;
    const { number, issuedOn, meetingOn } = reading.document;
    const items = itemsOfReading(
      reading,
      this.stage.directory,
      issuedOn ?? today(this.facts),
      this.names.person(act.by),
    );
    this.drafts.set(number ?? act.notice, { sourceDate: issuedOn ?? meetingOn ?? today(this.facts), items });
    return null;
  }

  private manual(act: ActOf<'manual'>): Refusal | null {
    const items = act.items.map((given, index) => ({
      ...itemByHand(String(index + 1), { ...this.names.fields(given), text: given.text }),
      assigningLeader: this.names.person(act.source.givenBy),
      trackingOfficer: this.names.person(act.by),
    }));
    this.drafts.set(act.document, { sourceDate: act.source.givenOn, items });
    return null;
  }

  private correct(act: ActOf<'correct'>): Refusal | null {
    const draft = this.drafts.get(act.document);
    if (!draft) return unknown(act.document, 'document');
    const edits = act.edits.map((edit): DraftEdit => {
      switch (edit.op) {
        case 'edit':
          return { ...edit, set: this.names.fields(edit.set) };
        case 'split':
          return { ...edit, parts: edit.parts.map((part) => this.names.fields(part)) };
        case 'drop':
          return edit;
      }
    });
    const items = editItems(draft.items, edits);
    if (isRefusal(items)) return items;
    this.drafts.set(act.document, { ...draft, items });
    return null;
  }

  /** All or none: one item that cannot become a directive refuses the whole confirmation. */
  private async confirm(act: ActOf<'confirm'>): Promise<Refusal | null> {
    const draft = this.drafts.get(act.document);
    if (!draft) return unknown(act.document, 'document');
    const inputs: { readonly name: string; readonly input: StoredEvent['input'] }[] = [];
    for (const item of draft.items.filter(({ tracked }) => tracked)) {
      const input = acts.planAssignment(intentOf(item, draft.sourceDate), this.facts);
      if (isRefusal(input))
        return { ...input, code: 'draft-not-confirmable', field: `items.${item.id}.${input.field ?? ''}` };
      inputs.push({ name: `${act.document}#${item.id}`, input: input as unknown as StoredEvent['input'] });
    }
    const actor = { kind: 'person', id: this.names.person(act.by) } as const;
    const started = inputs.map(({ name, input }) => ({ name, input, id: this.stage.memory.newId() }));
    const answer = await this.stage.memory.transaction(this.stage.organization, (tx) =>
      tx.startMany(started.map(({ id, input }) => ({ lifecycle: 'directive', id, input, actor }))),
    );
    if (isRefusal(answer)) return answer;
    for (const { name, id } of started) this.directives.set(name, id);
    this.drafts.delete(act.document);
    return null;
  }

  private async onDirective(
    act: Exclude<Act, { document: string } | { notice: string } | { escalation: string }>,
  ) {
    const id = this.directives.get(act.directive);
    const instance = id === undefined ? undefined : this.instance(id);
    if (!instance) return unknown(act.directive, 'directive');
    const event = this.directiveEvent(act, instance);
    return this.send(act.by, (tx, actor) =>
      isRefusal(event)
        ? Promise.resolve(event)
        : tx.send({ instance: instance.id, event: event as unknown as StoredEvent, actor }),
    );
  }

  private directiveEvent(
    act: Exclude<Act, { document: string } | { notice: string } | { escalation: string }>,
    instance: InstanceRecord,
  ) {
    const context = instance.snapshot.context as unknown as DirectiveContext;
    const by = this.names.person(act.by);
    switch (act.act) {
      case 'accept':
        return acts.planAcceptance({ by });
      case 'return': {
        const proposedAgency =
          act.proposedAgency === undefined ? null : this.names.agency(act.proposedAgency);
        return acts.planReturn({ by, reason: act.reason, proposedAgency }, this.facts);
      }
      case 'reassign':
        return acts.planReassignment(
          context,
          directiveState(instance.snapshot.value),
          {
            by,
            lead: act.lead.map(this.names.agency),
            reason: act.reason ?? null,
            deadline: deadlineOf(act.deadline),
          },
          this.facts,
        );
      case 'set-deadline':
        return acts.planDeadline(context, { by, deadline: deadlineOf(act.deadline) }, this.facts);
      case 'extend': {
        const { reason, deadline } = act;
        return acts.planExtension(context, { by, reason, deadline: deadlineOf(deadline) }, this.facts);
      }
      case 'urge':
        return acts.planUrging({ by, note: act.note });
      case 'report':
        return acts.planReport({ by, result: act.result }, this.facts);
      case 'verify':
        return acts.planVerification({ by });
      case 'send-back':
        return acts.planSendBack(context, { by, reason: act.reason }, this.facts);
      case 'cancel':
        return acts.planCancellation({ by, reason: act.reason });
    }
  }

  private async onEscalation(act: ActOf<'acknowledge'> | ActOf<'decide'>): Promise<Refusal | null> {
    const escalation = this.escalation(act.escalation);
    if (!escalation) return unknown(act.escalation, 'escalation');
    const context = escalation.snapshot.context as unknown as EscalationContext;
    const { directive: directiveId } = context;
    const directive = this.instance(directiveId);
    if (!directive) return unknown(act.escalation, 'escalation');
    const leader = this.asLeader(this.names.person(act.by), context);
    if (act.act === 'acknowledge') {
      const event = planAcknowledgement(context, leader, this.facts);
      return this.send(act.by, (tx, actor) =>
        isRefusal(event)
          ? Promise.resolve(event)
          : tx.send({ instance: escalation.id, event: event as unknown as StoredEvent, actor }),
      );
    }
    const { work } = directiveState(directive.snapshot.value);
    const plan = planDecision(
      context,
      { id: directiveId, context: directive.snapshot.context as unknown as DirectiveContext, work },
      {
        ...leader,
        decision: act.decision,
        note: act.note ?? null,
        deadline: deadlineOf(act.deadline),
        lead: (act.lead ?? []).map(this.names.agency),
        meeting: act.meeting ?? null,
      },
      this.facts,
    );
    return this.send(act.by, async (tx, actor) => {
      if (isRefusal(plan)) return plan;
      const decided = await tx.send({
        instance: escalation.id,
        event: plan.escalation as unknown as StoredEvent,
        actor,
      });
      if (isRefusal(decided) || plan.directive === null) return decided;
      return tx.send({ instance: directiveId, event: plan.directive as unknown as StoredEvent, actor });
    });
  }

  /** In person, or in the place of a leader who has delegated for the day. */
  private asLeader(by: string, context: EscalationContext): ByLeader {
    const addressed = addressees(context);
    const { directory } = this.stage;
    const place = standsInFor(directory, by, today(this.facts)).find((person) => addressed.includes(person));
    return { by, onBehalfOf: addressed.includes(by) ? null : (place ?? null) };
  }

  private async send(
    login: string,
    work: (
      tx: MemoryWork,
      actor: { readonly kind: 'person'; readonly id: string },
    ) => Promise<InstanceRecord | Refusal>,
  ): Promise<Refusal | null> {
    const actor = { kind: 'person', id: this.names.person(login) } as const;
    const answer = await this.stage.memory.transaction(this.stage.organization, (tx) => work(tx, actor));
    return isRefusal(answer) ? answer : null;
  }

  private instance(id: string): InstanceRecord | undefined {
    return this.stage.memory.store.instance(this.stage.organization, id);
  }

  /** The newest escalation of this name: one that was withdrawn may have been raised again. */
  private escalation(name: string): InstanceRecord | undefined {
    const cut = name.lastIndexOf('/');
    const directive = this.directives.get(name.slice(0, cut));
    return this.stage.memory.store
      .instances(this.stage.organization)
      .filter(({ lifecycle }) => lifecycle === 'escalation')
      .filter(({ snapshot }) => {
        const context = snapshot.context as unknown as EscalationContext;
        return context.directive === directive && context.rung === name.slice(cut + 1);
      })
      .sort((a, b) => b.startedAt - a.startedAt)[0];
  }
}
