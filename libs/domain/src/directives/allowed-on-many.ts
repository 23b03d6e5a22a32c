import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { maySee } from '../authorization/abilities';
import { type DirectiveAct } from '../authorization/acts';
import { versionOf } from '../lifecycles/act-facts';
import { directiveState } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { officeFacts } from '../organizations/office-facts';
import { allowedActs } from './allowed-acts';
import { leadFacts, relationsOf } from './directive-facts';
import { withheldActs } from './withheld-acts';

export interface AllowedOnOne {
  readonly id: string;
  readonly revision: number;
  readonly allowed: readonly DirectiveAct[];
}

/** What the caller may do with each of several directives, in one reading; those they may not see are left out. */
export async function allowedOnMany(
  tx: PostgresWork,
  caller: Caller,
  ids: readonly string[],
): Promise<readonly AllowedOnOne[]> {
  const records = await tx.read([...new Set(ids)]);
  const rulesInForce = versionOf((await officeFacts(tx, 'rules')).rules);
  const found: AllowedOnOne[] = [];
  for (const record of records) {
    if (record.lifecycle !== 'directive') continue;
    const context = record.snapshot.context as unknown as DirectiveContext;
    const facts = await leadFacts(tx, context);
    const relations = relationsOf(context, facts);
    if (!maySee(caller, 'directive', relations)) continue;
    const { work } = directiveState(record.snapshot.value);
    const directive = { record, context, work, relations, facts, rulesInForce };
    const withheld = new Set(withheldActs(caller, directive).map(({ act }) => act));
    const allowed = allowedActs(caller, directive).filter((act) => !withheld.has(act));
    found.push({ id: record.id, revision: record.revision, allowed });
  }
  return found;
}
