import { isRefusal } from '@dondoc/workflow';
import { WorkingRulesEntity } from '../persistence/entities/working-time.entities';
import { checkWorkingRules } from '../working-rules/parse-working-rules';
import { type WorkingRules } from '../working-rules/working-rules';
import { type OfficeTransaction } from './office-facts';

/**
 * The version of the working rules that a directive lives under. Versions never change, but are read anew in each
 * transaction: nothing about an organization outlives the wall around it.
 * @param reference `id@version`
 * @throws when there is no such version.
 */
export async function rulesOfVersion(tx: OfficeTransaction, reference: string): Promise<WorkingRules> {
  const version = Number(reference.split('@').at(-1));
  const kept = await tx.manager.findOneByOrFail(WorkingRulesEntity, {
    organizationId: tx.organization,
    version,
  });
  const rules = checkWorkingRules(kept.body);
  if (isRefusal(rules)) throw new Error(`working rules ${reference}: ${rules.en}`);
  return rules;
}
