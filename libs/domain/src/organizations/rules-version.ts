import { refusal, type Refusal } from '@dondoc/workflow';
import { type EntityManager } from 'typeorm';
import { WorkingRulesEntity } from '../persistence/entities/working-time.entities';
import { type WorkingRules } from '../working-rules/working-rules';
import { enforcedIn, officeFacts, type OfficeTransaction } from './office-facts';
import { BODY_HASH, storedRules } from './stored-versions';

const loaded = new WeakMap<EntityManager, Map<string, Promise<WorkingRules>>>();

/**
 * The version of the working rules that a directive lives under; looked up once in each transaction.
 * @param reference `id@version`
 * @throws when there is no such version.
 */
export function rulesOfVersion(tx: OfficeTransaction, reference: string): Promise<WorkingRules> {
  const known = loaded.get(tx.manager) ?? new Map<string, Promise<WorkingRules>>();
  loaded.set(tx.manager, known);
  const rules = known.get(reference) ?? load(tx, reference);
  known.set(reference, rules);
  return rules;
}

async function load(tx: OfficeTransaction, reference: string): Promise<WorkingRules> {
  const version = Number(reference.split('@').at(-1));
  const [row] = await tx.manager.query<{ hash: string }[]>(
    `select ${BODY_HASH} as hash from dondoc.working_rules v where v.organization_id = $1 and v.version = $2`,
    [tx.organization, version],
  );
  if (!row) throw new Error(`there are no working rules ${reference} in ${tx.organization}`);
  const rules = await storedRules(tx.manager, tx.organization, { version, hash: row.hash });
  return enforcedIn(await officeFacts(tx, 'rulesEnforcedFrom'), rules);
}

/**
 * The rules that a directive is to be moved to: those in force, or a version that there is. Refuses `unknown-rules`,
 * with field `version`.
 */
export async function rulesToMoveTo(
  tx: OfficeTransaction,
  version: number | undefined,
): Promise<WorkingRules | Refusal> {
  const { rules } = await officeFacts(tx, 'rules');
  if (version === undefined || version === rules.version) return rules;
  const there = await tx.manager.existsBy(WorkingRulesEntity, { organizationId: tx.organization, version });
  if (there) return rulesOfVersion(tx, `${rules.id}@${version}`);
  return refusal(
    'unknown-rules',
    { vi: `Không có phiên bản ${version} của quy chế.`, en: `There is no version ${version} of the rules.` },
    { field: 'version' },
  );
}
