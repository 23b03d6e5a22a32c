import { type InstanceRecord } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { directiveRelations } from '../authorization/relations';
import { type DirectiveRelations } from '../authorization/subjects';
import { today, versionOf, type ActFacts } from '../lifecycles/act-facts';
import { countedFor } from '../lifecycles/counted-for';
import { directiveState, type WorkState } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { officeFacts } from '../organizations/office-facts';
import { rulesOfVersion } from '../organizations/rules-version';

/** A directive as an act finds it, with everything the act is judged by. */
export interface DirectiveAtHand {
  readonly record: InstanceRecord;
  readonly context: DirectiveContext;
  readonly work: WorkState;
  readonly relations: DirectiveRelations;
  /** The rules are those that the directive lives under, the calendar is its lead's. */
  readonly facts: ActFacts;
  /** `id@version` of the rules that new directives begin under. */
  readonly rulesInForce: string;
}

/**
 * What acts of an office are judged by, under the rules in force or those of a version, counted in the organization's own
 * calendar.
 */
export async function actFacts(tx: PostgresTransaction, rules?: string): Promise<ActFacts> {
  const office = await officeFacts(tx, 'calendar', 'calendars', 'directory', 'rules');
  const inForce = rules === undefined || rules === versionOf(office.rules);
  return {
    now: tx.now,
    calendar: office.calendar,
    calendars: office.calendars,
    directory: office.directory,
    rules: inForce ? office.rules : await rulesOfVersion(tx, rules),
  };
}

/** What acts on a directive are judged by: its own rules, and the calendar of its lead. */
export async function leadFacts(
  tx: PostgresTransaction,
  { rules, lead }: Pick<DirectiveContext, 'rules' | 'lead'>,
): Promise<ActFacts> {
  return countedFor(await actFacts(tx, rules), lead);
}

export function relationsOf(
  context: Pick<DirectiveContext, 'lead' | 'coordinating' | 'assigningLeader' | 'trackingOfficer'>,
  facts: ActFacts,
): DirectiveRelations {
  return directiveRelations(context, { directory: facts.directory, date: today(facts) });
}

/** `lock`: until the commit, for whoever will act on it; `look`: waits for nobody and holds up nobody. */
export type Hold = 'lock' | 'look';

/** Null when there is no directive of this id in the organization. */
export async function directiveAtHand(
  tx: PostgresTransaction,
  id: string,
  hold: Hold,
): Promise<DirectiveAtHand | null> {
  const [record] = await (hold === 'lock' ? tx.lock([id]) : tx.read([id]));
  if (record?.lifecycle !== 'directive') return null;
  const context = record.snapshot.context as unknown as DirectiveContext;
  const facts = await leadFacts(tx, context);
  const { work } = directiveState(record.snapshot.value);
  const rulesInForce = versionOf((await officeFacts(tx, 'rules')).rules);
  return { record, context, work, relations: relationsOf(context, facts), facts, rulesInForce };
}
