import { type InstanceRecord } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Kind } from '../authorization/acts';
import { directiveRelations, withSuccessor, type DirectoryOn } from '../authorization/relations';
import { type Subjects } from '../authorization/subjects';
import { directiveAtHand } from '../directives/directive-facts';
import { type RemotePartContext } from '../lifecycles/cascade/remote-part.types';
import { type ConsultationContext } from '../lifecycles/consultation/consultation.types';
import { type DelegationContext } from '../lifecycles/delegation/delegation.types';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { type EscalationContext } from '../lifecycles/escalation.types';
import { addressees } from '../lifecycles/escalation.updates';
import { type ExplanationContext } from '../lifecycles/explanation/explanation.types';
import { whoDecides } from '../lifecycles/extension-request-acts';
import { type ExtensionRequestContext } from '../lifecycles/extension-request.types';
import { type ObligationContext, type StandingContext } from '../lifecycles/standing/standing.types';

/** Whom an instance points at, and the directives because of which somebody may send to it besides. */
export interface SubjectAtHand {
  readonly subject: Partial<Subjects[Kind]>;
  /** The directive that it is or is about: what is decided about it is decided about this. */
  readonly directive: string;
  /** The directives from whose acts something may follow for it. */
  readonly ledBy: readonly string[];
}

interface Held {
  readonly held: { readonly by: string; readonly onBehalfOf: string | null } | null;
}
const deciders = ({ held }: Held): readonly string[] =>
  held === null ? [] : [held.by, held.onBehalfOf].filter((one) => one !== null);

type Reading<Context> = (
  context: Context,
  on: DirectoryOn,
  tx: PostgresTransaction,
  id: string,
) => SubjectAtHand | Promise<SubjectAtHand>;

const about = (directive: string, subject: SubjectAtHand['subject']): SubjectAtHand => ({
  subject,
  directive,
  ledBy: [directive],
});

/** By lifecycle; every lifecycle that people send anything to has one. */
const readings: Readonly<Partial<Record<Kind, Reading<never>>>> = {
  directive: (context: DirectiveContext, on, _tx, id) => ({
    subject: directiveRelations(context, on),
    directive: id,
    ledBy: [id, ...(context.parent === null ? [] : [context.parent.directive])],
  }),
  escalation: (context: EscalationContext) =>
    about(context.directive, { addressed: addressees(context), decidedBy: deciders(context) }),
  explanation: ({ agency, demandedBy, directive }: ExplanationContext, on) =>
    about(directive, { agencies: withSuccessor(agency, on), demandedBy }),
  consultation: ({ agency, lead, directive }: ConsultationContext, on) =>
    about(directive, { agencies: withSuccessor(agency, on), leads: withSuccessor(lead, on) }),
  delegation: ({ from, to }: DelegationContext, _on, _tx, id) => about(id, { from, to }),
  'standing-directive': ({ facts }: StandingContext, on, _tx, id) => about(id, directiveRelations(facts, on)),
  'reporting-obligation': ({ facts, standing }: ObligationContext, on) =>
    about(standing, directiveRelations(facts, on)),
  'extension-request': async (context: ExtensionRequestContext, _on, tx) => {
    const found = await directiveAtHand(tx, context.directive, 'look');
    const decidedBy = deciders(context);
    if (!found) return about(context.directive, { decidedBy });
    const approvers = whoDecides(context, found.context, found.facts);
    return about(context.directive, { leads: found.relations.leads, approvers, decidedBy });
  },
  'remote-part': async ({ directive }: RemotePartContext, _on, tx) => {
    const found = await directiveAtHand(tx, directive, 'look');
    return about(directive, { leads: found?.relations.leads ?? [] });
  },
  dispatch: (_context, _on, _tx, id) => about(id, {}),
};

/** What an instance is held against; null for a lifecycle that nobody may send anything to. */
export async function subjectOfInstance(
  { id, lifecycle, snapshot }: InstanceRecord,
  on: DirectoryOn,
  tx: PostgresTransaction,
): Promise<SubjectAtHand | null> {
  const reading = (readings as Partial<Record<string, Reading<unknown>>>)[lifecycle];
  return reading ? reading(snapshot.context, on, tx, id) : null;
}
