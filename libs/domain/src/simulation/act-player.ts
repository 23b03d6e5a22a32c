import { isRefusal, type InstanceRecord, type Refusal, type StoredEvent } from '@dondoc/workflow';
import { standsInFor } from '../directory/offices';
import { today, type ActFacts } from '../lifecycles/act-facts';
import { sendDown } from '../lifecycles/cascade/cascade-acts';
import { planAcknowledgement, planDecision, type ByLeader } from '../lifecycles/escalation-acts';
import { addressees } from '../lifecycles/escalation.updates';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { type Directory } from '../directory/directory';
import { isAnswerAct } from './answer-acts';
import { AnswerPlayer } from './answer-player';
import { Cast, type Stage } from './cast';
import { DirectivePlayer } from './directive-player';
import { DraftPlayer } from './draft-player';
import { ReceivedPartPlayer } from './received-part-player';
import { type WorkingRules } from '../working-rules/working-rules';
import { type Act, type ActOf } from './scenario';
import { deadlineOf, unknown } from './scenario-intents';

/** Carries out a scenario's acts through the same pure acts and the same runtime as the application. */
export class ActPlayer {
  private readonly cast: Cast;
  private readonly drafts: DraftPlayer;
  private readonly onDirectives: DirectivePlayer;
  private readonly answers: AnswerPlayer;

  constructor(stage: Stage) {
    this.cast = new Cast(stage);
    this.drafts = new DraftPlayer(this.cast);
    this.onDirectives = new DirectivePlayer(this.cast);
    this.answers = new AnswerPlayer(this.cast);
    this.received = new ReceivedPartPlayer(this.cast);
  }

  /** Stable name → instance id. */
  get directives(): ReadonlyMap<string, string> {
    return this.cast.directives;
  }

  /** The rules in force and those before them, as something follows them. */
  factsUnder(following: { readonly rules: string }): ActFacts {
    return this.cast.factsUnder(following);
  }

  get facts(): ActFacts {
    return this.cast.facts;
  }

  putInForce(rules: WorkingRules): void {
    this.cast.putInForce(rules);
  }

  /** What another organization gives this one. */
  readonly received: ReceivedPartPlayer;

  /** As it is now, delegations of the scenario included. */
  get directory(): Directory {
    return this.cast.directory;
  }

  async play(act: Act): Promise<Refusal | null> {
    if (isAnswerAct(act)) return this.answers.play(act);
    switch (act.act) {
      case 'upload':
        return this.drafts.upload(act);
      case 'manual':
        return this.drafts.manual(act);
      case 'correct':
        return this.drafts.correct(act);
      case 'confirm':
        return this.drafts.confirm(act);
      case 'acknowledge':
      case 'decide':
        return this.onEscalation(act);
      case 'replace':
        return this.onDirectives.replace(act);
      case 'hand-on':
        return this.onDirectives.handOn(act);
      case 'request-extension':
      case 'approve-request':
      case 'decline-request':
      case 'decide-request':
      case 'withdraw-request':
        return this.onDirectives.onRequest(act);
      default:
        return this.onDirectives.onDirective(act);
    }
  }

  private async onEscalation(act: ActOf<'acknowledge'> | ActOf<'decide'>): Promise<Refusal | null> {
    const escalation = this.escalation(act.escalation);
    if (!escalation) return unknown(act.escalation, 'escalation');
    const context = escalation.snapshot.context as unknown as EscalationContext;
    const { directive: directiveId } = context;
    const directive = this.cast.directiveOf(directiveId);
    if (!directive) return unknown(act.escalation, 'escalation');
    const leader = this.asLeader(this.cast.names.person(act.by), context);
    if (act.act === 'acknowledge') {
      const event = planAcknowledgement(context, leader, this.cast.factsUnder(context));
      return this.cast.send(act.by, (tx, actor) =>
        isRefusal(event)
          ? Promise.resolve(event)
          : tx.send({ instance: escalation.id, event: event as unknown as StoredEvent, actor }),
      );
    }
    const plan = planDecision(
      context,
      directive,
      {
        ...leader,
        decision: act.decision,
        note: act.note ?? null,
        deadline: deadlineOf(act.deadline),
        lead: (act.lead ?? []).map(this.cast.names.agency),
        meeting: act.meeting ?? null,
      },
      this.cast.factsOf(directive),
    );
    return this.cast.send(act.by, async (tx, actor) => {
      if (isRefusal(plan)) return plan;
      const decided = await tx.send({
        instance: escalation.id,
        event: plan.escalation as unknown as StoredEvent,
        actor,
      });
      if (isRefusal(decided) || plan.directive === null) return decided;
      return sendDown(this.cast.port(tx, actor), directiveId, directive.context, plan.directive);
    });
  }

  /** In person, or in the place of a leader who has delegated for the day. */
  private asLeader(by: string, context: EscalationContext): ByLeader {
    const addressed = addressees(context);
    const { directory } = this.cast;
    const place = standsInFor(directory, by, today(this.cast.facts)).find((person) =>
      addressed.includes(person),
    );
    return { by, onBehalfOf: addressed.includes(by) ? null : (place ?? null) };
  }

  /** The newest escalation of this name: one that was withdrawn may have been raised again. */
  private escalation(name: string): InstanceRecord | undefined {
    const cut = name.lastIndexOf('/');
    const directive = this.cast.directives.get(name.slice(0, cut));
    return this.cast.stage.memory.store
      .instances(this.cast.stage.organization)
      .filter(({ lifecycle }) => lifecycle === 'escalation')
      .filter(({ snapshot }) => {
        const context = snapshot.context as unknown as EscalationContext;
        return context.directive === directive && context.rung === name.slice(cut + 1);
      })
      .sort((a, b) => b.startedAt - a.startedAt)[0];
  }
}
