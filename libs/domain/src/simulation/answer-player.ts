import { isRefusal, type InstanceRecord, type Refusal, type StoredEvent } from '@dondoc/workflow';
import * as consultations from '../lifecycles/consultation/consultation-acts';
import { type ConsultationContext } from '../lifecycles/consultation/consultation.types';
import { planDelegation, planDelegationEnd } from '../lifecycles/delegation/delegation-acts';
import { hasEnded } from '../lifecycles/directive-state';
import * as explanations from '../lifecycles/explanation/explanation-acts';
import { type ExplanationContext } from '../lifecycles/explanation/explanation.types';
import * as standing from '../lifecycles/standing/standing-acts';
import { obligationState, type ObligationContext } from '../lifecycles/standing/standing.types';
import { type Cast } from './cast';
import { type AnswerAct, type OnConsultation, type OnExplanation, type OnPeriod } from './answer-acts';
import { type ActOf } from './scenario';
import { deadlineOf, unknown } from './scenario-intents';

/** What people ask of each other about directives, standing directives, and absences. */
export class AnswerPlayer {
  constructor(private readonly cast: Cast) {}

  play(act: AnswerAct): Promise<Refusal | null> {
    switch (act.act) {
      case 'demand-explanation':
        return this.demand(act);
      case 'submit-explanation':
      case 'ask-again':
      case 'accept-explanation':
      case 'withdraw-explanation':
        return this.onExplanation(act);
      case 'consult':
        return this.consult(act);
      case 'reply':
      case 'withdraw-consultation':
        return this.onConsultation(act);
      case 'delegate':
        return this.delegate(act);
      case 'end-delegation':
        return this.endDelegation(act);
      case 'give-standing':
        return this.give(act);
      case 'end-standing':
        return this.endStanding(act);
      default:
        return this.onPeriod(act);
    }
  }

  private async demand(act: ActOf<'demand-explanation'>): Promise<Refusal | null> {
    const found = this.cast.directive(act.directive);
    if (!found) return unknown(act.directive, 'directive');
    const demandedBy = this.cast.names.person(act.by);
    const asked = { demandedBy, question: act.question, deadline: deadlineOf(act.deadline) };
    const input = explanations.planExplanation(found, asked, this.cast.facts);
    return this.start(act.by, 'explanation', [{ id: this.cast.stage.memory.newId(), input }]);
  }

  private async onExplanation(act: OnExplanation): Promise<Refusal | null> {
    const directive = this.cast.directives.get(act.directive);
    const found = this.newest<ExplanationContext>(
      'explanation',
      (context) => context.directive === directive,
    );
    if (!found) return unknown(act.directive, 'explanation');
    const who = { by: this.cast.names.person(act.by), onBehalfOf: null };
    const event = () => {
      switch (act.act) {
        case 'submit-explanation':
          return explanations.planSubmission({ ...who, text: act.text, file: null });
        case 'ask-again': {
          const asked = { ...who, question: act.question, deadline: deadlineOf(act.deadline) };
          return explanations.planAskingAgain(found.context, asked, this.cast.factsUnder(found.context));
        }
        case 'accept-explanation':
          return explanations.planExplanationAcceptance({ ...who, note: act.note ?? null });
        case 'withdraw-explanation':
          return explanations.planDemandWithdrawal({ ...who, reason: act.reason });
      }
    };
    return this.send(act.by, found.id, event());
  }

  private async consult(act: ActOf<'consult'>): Promise<Refusal | null> {
    const found = this.cast.directive(act.directive);
    if (!found) return unknown(act.directive, 'directive');
    const { id, context, work } = found;
    const asked = {
      by: this.cast.names.person(act.by),
      agencies: act.agencies.map(this.cast.names.agency),
      question: act.question,
      deadline: deadlineOf(act.deadline),
    };
    const isOver = hasEnded(work) || work === 'reported';
    const inputs = consultations.planConsultation({ id, context, isOver }, asked, this.cast.facts);
    if (isRefusal(inputs)) return inputs;
    const round = this.cast.stage.memory.newId();
    const commands = inputs.map((input) => {
      const own = this.cast.stage.memory.newId();
      return { id: own, input: { ...input, id: own, round } };
    });
    return this.start(act.by, 'consultation', commands);
  }

  private async onConsultation(act: OnConsultation): Promise<Refusal | null> {
    const directive = this.cast.directives.get(act.directive);
    const agency = this.cast.names.agency(act.agency);
    const found = this.newest<ConsultationContext>(
      'consultation',
      (context) => context.directive === directive && context.agency === agency,
    );
    if (!found) return unknown(`${act.directive}/consultation/${act.agency}`, 'consultation');
    const who = { by: this.cast.names.person(act.by), onBehalfOf: null };
    const event =
      act.act === 'reply'
        ? consultations.planReply({
            ...who,
            position: act.position,
            opinion: act.opinion ?? null,
            file: null,
          })
        : consultations.planConsultationWithdrawal({ ...who, reason: act.reason });
    return this.send(act.by, found.id, event);
  }

  private async delegate(act: ActOf<'delegate'>): Promise<Refusal | null> {
    const [by, to] = [act.by, act.to].map((login) => this.cast.names.person(login)) as [string, string];
    const from = act.from === undefined ? by : this.cast.names.person(act.from);
    const { start, end, reason = null } = act;
    const id = this.cast.stage.memory.newId();
    const input = planDelegation({ by, from, to, start, end, reason }, this.cast.facts);
    const refused = await this.start(act.by, 'delegation', [{ id, input }]);
    if (refused === null) this.cast.delegate(id, { from, to, start, end });
    return refused;
  }

  private async endDelegation(act: ActOf<'end-delegation'>): Promise<Refusal | null> {
    const from = this.cast.names.person(act.from ?? act.by);
    const id = this.cast.delegationOf(from);
    if (id === undefined) return unknown(act.from ?? act.by, 'delegation');
    const event = planDelegationEnd({ by: this.cast.names.person(act.by), reason: act.reason ?? null });
    const refused = await this.send(act.by, id, event);
    if (refused === null) this.cast.endDelegation(id);
    return refused;
  }

  private async give(act: ActOf<'give-standing'>): Promise<Refusal | null> {
    const { names, stage, facts } = this.cast;
    const someone = (login: string | undefined) => (login === undefined ? null : names.person(login));
    const id = stage.memory.newId();
    const input = standing.planStanding(
      {
        by: names.person(act.by),
        text: act.text,
        lead: act.lead.map(names.agency),
        coordinating: (act.coordinating ?? []).map(names.agency),
        assigningLeader: someone(act.assigningLeader),
        trackingOfficer: someone(act.trackingOfficer),
        field: act.field ?? null,
        urgency: act.urgency ?? 'normal',
        reports: act.reports,
      },
      facts,
    );
    const refused = await this.start(act.by, 'standing-directive', [{ id, input }]);
    if (refused === null) this.cast.standing.set(act.standing, id);
    return refused;
  }

  private async endStanding(act: ActOf<'end-standing'>): Promise<Refusal | null> {
    const id = this.cast.standing.get(act.standing);
    if (id === undefined) return unknown(act.standing, 'standing');
    const who = { by: this.cast.names.person(act.by), onBehalfOf: null };
    return this.send(act.by, id, standing.planStandingEnd({ ...who, reason: act.reason }));
  }

  private async onPeriod(act: OnPeriod): Promise<Refusal | null> {
    const of = this.cast.standing.get(act.standing);
    if (of === undefined) return unknown(act.standing, 'standing');
    const state = act.act === 'report-period' ? 'awaited' : 'reported';
    const found = this.instances<ObligationContext>('reporting-obligation', (context, value) => {
      const named = act.report === undefined || context.report === act.report;
      return context.standing === of && named && obligationState(value) === state;
    })[0];
    if (!found) return unknown(`${act.standing}/${act.report ?? state}`, 'report');
    const who = { by: this.cast.names.person(act.by), onBehalfOf: null };
    switch (act.act) {
      case 'report-period':
        return this.send(
          act.by,
          found.id,
          standing.planPeriodReport({ ...who, result: act.result }, this.cast.facts),
        );
      case 'accept-period':
        return this.send(act.by, found.id, { type: 'accept', ...who });
      case 'send-back-period':
        return this.send(act.by, found.id, standing.planPeriodSendBack({ ...who, reason: act.reason }));
    }
  }

  /** Those that fit, the oldest first. */
  private instances<TContext>(
    lifecycle: string,
    fits: (context: TContext, value: unknown) => boolean,
  ): { readonly id: string; readonly context: TContext }[] {
    return this.cast.stage.memory.store
      .instances(this.cast.stage.organization)
      .filter((one: InstanceRecord) => one.lifecycle === lifecycle)
      .map(({ id, snapshot, startedAt }) => ({
        id,
        startedAt,
        value: snapshot.value,
        context: snapshot.context as unknown as TContext,
      }))
      .filter(({ context, value }) => fits(context, value))
      .sort((a, b) => a.startedAt - b.startedAt);
  }

  private newest<TContext>(lifecycle: string, fits: (context: TContext) => boolean) {
    return this.instances<TContext>(lifecycle, fits).at(-1);
  }

  private start(
    login: string,
    lifecycle: string,
    commands: readonly { readonly id: string; readonly input: object | Refusal }[],
  ): Promise<Refusal | null> {
    return this.cast.send(login, async (tx, actor) => {
      const refused = commands.map(({ input }) => input).find(isRefusal);
      if (refused) return refused;
      const started = await tx.startMany(
        commands.map(({ id, input }) => ({ lifecycle, id, input: input as StoredEvent['input'], actor })),
      );
      return isRefusal(started) ? started : (started[0] as InstanceRecord);
    });
  }

  private send(login: string, instance: string, event: object | Refusal): Promise<Refusal | null> {
    return this.cast.send(login, (tx, actor) =>
      isRefusal(event)
        ? Promise.resolve(event)
        : tx.send({ instance, event: event as unknown as StoredEvent, actor }),
    );
  }
}
