import { isRefusal, type Refusal, type StartCommand } from '@dondoc/workflow';
import { allowedEvents } from '@dondoc/workflow/engine/event-admission';
import { fromStored } from '@dondoc/workflow/engine/stored-snapshot';
import { newUuid, type PostgresWork } from '@dondoc/workflow/durable/index';
import { notFound, notPermitted, notVisible } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { actOnInstance } from '../acts/act-on-instance';
import { permissionTo, whoMay } from '../authorization/abilities';
import { consultationActs, type ConsultationAct } from '../authorization/acts';
import { withSuccessor } from '../authorization/relations';
import { type Subjects } from '../authorization/subjects';
import { actFacts, type DirectiveAtHand } from '../directives/directive-facts';
import { actorOf, visibleDirective } from '../directives/directives.service';
import { findFile } from '../files/files.service';
import { today, type ActFacts } from '../lifecycles/act-facts';
import {
  planConsultation,
  planConsultationWithdrawal,
  planReply,
  type ConsultationIntent,
} from '../lifecycles/consultation/consultation-acts';
import { consultationLifecycle } from '../lifecycles/consultation/consultation.lifecycle';
import { type ConsultationContext, type Position } from '../lifecycles/consultation/consultation.types';
import { ConsultationEntity } from '../persistence/entities/consultation.entity';
import { findConsultation, type ConsultationView } from './consultation-view';

export type ConsultationAnswer =
  | {
      readonly act: 'reply';
      readonly position: Position;
      readonly opinion: string | null;
      readonly file: string | null;
    }
  | { readonly act: 'withdraw'; readonly reason: string };

export interface ConsultationDetail extends ConsultationView {
  /** What the caller may do with it in its present state. */
  readonly allowed: readonly ConsultationAct[];
}

/** Both agencies, each with the one that does its work now where it was abolished. */
function subjectOf({ agency, lead }: ConsultationContext, facts: ActFacts): Subjects['consultation'] {
  const on = { directory: facts.directory, date: today(facts) };
  return { agencies: withSuccessor(agency, on), leads: withSuccessor(lead, on) };
}

const isOverFor = ({ record, work }: DirectiveAtHand): boolean =>
  record.status === 'done' || work === 'reported';

/** Whether the caller may ask somebody's opinion about a directive now: there is somebody to ask, and time to. */
export function mayConsult(caller: Caller, found: DirectiveAtHand): boolean {
  const { lead, coordinating } = found.context;
  return (
    permissionTo(caller, 'directive', 'ask-opinions', found.relations) !== null &&
    !isOverFor(found) &&
    coordinating.some((agency) => agency !== lead)
  );
}

/** The lead asks coordinating agencies; each gets a consultation of its own, all in one transaction. */
export async function askForOpinions(
  tx: PostgresWork,
  caller: Caller,
  directive: string,
  intent: Omit<ConsultationIntent, 'by'>,
): Promise<{ readonly items: readonly ConsultationDetail[] } | Refusal> {
  const seen = await visibleDirective(tx, caller, directive, 'consultation.ask', 'look');
  if (isRefusal(seen)) return seen;
  const stale = await tx.catchUp([{ instance: directive }]);
  if (stale) return stale;
  const found = await visibleDirective(tx, caller, directive, 'consultation.ask', 'lock');
  if (isRefusal(found)) return found;
  const permission = permissionTo(caller, 'directive', 'ask-opinions', found.relations);
  if (!permission) return notPermitted('consultation.ask', directive, whoMay('directive', 'ask-opinions'));
  const planned = planConsultation(
    { id: directive, context: found.context, isOver: isOverFor(found) },
    { ...intent, by: caller.person },
    found.facts,
  );
  if (isRefusal(planned)) return planned;
  const round = newUuid();
  const actor = actorOf(caller, permission.onBehalfOf);
  const commands = planned.map((input) => {
    const id = newUuid();
    return {
      lifecycle: 'consultation',
      id,
      actor,
      input: { ...input, id, round } as unknown as StartCommand['input'],
    };
  });
  const started = await tx.startMany(commands);
  if (isRefusal(started)) return started;
  const items: ConsultationDetail[] = [];
  for (const { id } of commands) {
    const made = await seeConsultation(tx, caller, id);
    if (isRefusal(made)) return made;
    items.push(made);
  }
  return { items };
}

async function visibleConsultation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  act: string,
): Promise<ConsultationView | Refusal> {
  const view = await findConsultation(tx, caller, id);
  if (view) return view;
  const hidden = await tx.manager.existsBy(ConsultationEntity, { organizationId: tx.organization, id });
  return hidden ? notVisible(act, id) : notFound();
}

/** One consultation, with what the caller may do. */
export async function seeConsultation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
): Promise<ConsultationDetail | Refusal> {
  const view = await visibleConsultation(tx, caller, id, 'consultation.see');
  if (isRefusal(view)) return view;
  const [record] = await tx.read([id]);
  if (!record) throw new Error(`consultation ${id} has a row but no instance`);
  const { snapshot } = record;
  const possible = allowedEvents(fromStored(consultationLifecycle.machine, snapshot));
  const facts = await actFacts(tx);
  const subject = subjectOf(snapshot.context as unknown as ConsultationContext, facts);
  const allowed = consultationActs.filter(
    (act) => possible.includes(act) && permissionTo(caller, 'consultation', act, subject) !== null,
  );
  return { ...view, allowed };
}

/** The asked agency replies, or the lead no longer needs it. */
export async function actOnConsultation(
  tx: PostgresWork,
  caller: Caller,
  id: string,
  answer: ConsultationAnswer,
  expectedRevision: number | undefined,
): Promise<ConsultationDetail | Refusal> {
  const act = `consultation.${answer.act}`;
  const seen = await visibleConsultation(tx, caller, id, act);
  if (isRefusal(seen)) return seen;
  const target = { id, lifecycle: 'consultation', expectedRevision };
  const sent = await actOnInstance(tx, caller, target, async (kept) => {
    const context = kept as ConsultationContext;
    const permission = permissionTo(
      caller,
      'consultation',
      answer.act,
      subjectOf(context, await actFacts(tx)),
    );
    if (!permission) return notPermitted(act, id, whoMay('consultation', answer.act));
    const who = { by: caller.person, ...permission };
    if (answer.act === 'reply' && answer.file !== null) {
      const file = await findFile(tx, caller, answer.file);
      if (isRefusal(file)) return { ...file, code: 'unknown-file', field: 'file' };
    }
    const event =
      answer.act === 'reply'
        ? planReply({ ...who, ...answer })
        : planConsultationWithdrawal({ ...who, reason: answer.reason });
    return isRefusal(event) ? event : { event, permission };
  });
  return isRefusal(sent) ? sent : seeConsultation(tx, caller, id);
}
