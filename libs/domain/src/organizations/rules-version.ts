import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { type EntityManager } from 'typeorm';
import { WorkingRulesEntity } from '../persistence/entities/working-time.entities';
import { checkWorkingRules } from '../working-rules/parse-working-rules';
import { type WorkingRules } from '../working-rules/working-rules';
import { enforcedIn, officeFacts, type OfficeTransaction } from './office-facts';

const loaded = new WeakMap<EntityManager, Map<string, Promise<WorkingRules>>>();

/**
 * The version of the working rules that a directive lives under. Versions never change, but are read anew, once, in
 * each transaction: nothing about an organization outlives the wall around it.
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
  const kept = await tx.manager.findOneByOrFail(WorkingRulesEntity, {
    organizationId: tx.organization,
    version,
  });
  const rules = checkWorkingRules(kept.body);
  if (isRefusal(rules)) throw new Error(`working rules ${reference}: ${rules.en}`);
  return enforcedIn(await officeFacts(tx), rules);
}

/**
 * The rules that a directive is to be moved to: those in force, or a version that there is. Refuses `unknown-rules`,
 * with field `version`.
 */
export async function rulesToMoveTo(
  tx: OfficeTransaction,
  version: number | undefined,
): Promise<WorkingRules | Refusal> {
  const { rules } = await officeFacts(tx);
  if (version === undefined || version === rules.version) return rules;
  const there = await tx.manager.existsBy(WorkingRulesEntity, { organizationId: tx.organization, version });
  if (there) return rulesOfVersion(tx, `${rules.id}@${version}`);
  return refusal(
    'unknown-rules',
    { vi: `Không có phiên bản ${version} của quy chế.`, en: `There is no version ${version} of the rules.` },
    { field: 'version' },
  );
}
