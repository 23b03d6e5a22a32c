import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { stringify } from 'yaml';
import { today } from '../lifecycles/act-facts';
import { WorkingRulesEntity } from '../persistence/entities/working-time.entities';
import { checkWorkingRules } from '../working-rules/parse-working-rules';
import { type WorkingRules } from '../working-rules/rules-form';
import { type CivilDate } from '../working-time/civil-date';
import { versionsAbove } from './inherited-versions';
import { officeFacts, type OfficeTransaction } from './office-facts';

/** A version of the rules as administrators see it in a list. */
export interface RulesVersionView {
  readonly id: string;
  readonly version: number;
  readonly validFrom: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly inherits: { readonly id: string; readonly version: number } | null;
  /** A newer version of the rules that it inherits, which it does not follow. */
  readonly newerAbove: number | null;
  /** Whether new directives live under it today. */
  readonly inForce: boolean;
  readonly replaces: number | null;
  readonly note: string | null;
  readonly putInForceBy: { readonly id: string; readonly name: string } | null;
  /** ISO 8601, UTC. */
  readonly putInForceAt: string | null;
}

export interface RulesVersion extends RulesVersionView {
  readonly rules: WorkingRules;
  /** The text as it was authored. */
  readonly document: string | null;
  /** To write the next version from: as it was authored, else its content as YAML. */
  readonly text: string;
  /** What it changed when it was put in force. */
  readonly effect: object | null;
}

const kept = ({ manager, organization }: OfficeTransaction): Promise<WorkingRulesEntity[]> =>
  manager.find(WorkingRulesEntity, { where: { organizationId: organization }, order: { version: 'DESC' } });

/** The highest version there is, whether or not it counts yet. */
export async function latestRules(tx: OfficeTransaction): Promise<WorkingRulesEntity | undefined> {
  const [latest] = await kept(tx);
  return latest;
}

/** The version that new directives live under on a day. */
function inForceOn(rows: readonly WorkingRulesEntity[], date: CivilDate): number | undefined {
  const [newest] = rows
    .filter(({ validFrom }) => validFrom <= date)
    .sort((a, b) => b.validFrom.localeCompare(a.validFrom) || b.version - a.version);
  return newest?.version;
}

async function viewed(
  tx: OfficeTransaction,
  row: WorkingRulesEntity,
  rows: readonly WorkingRulesEntity[],
): Promise<RulesVersionView> {
  const { id, title, inherits } = row.body as WorkingRules;
  const { directory, calendar } = await officeFacts(tx, 'directory', 'calendar');
  const above = inherits ? await versionsAbove<WorkingRules>(tx, 'working_rules') : [];
  const newest = Math.max(0, ...above.filter((one) => one.id === inherits?.id).map((one) => one.version));
  const inForce = inForceOn(rows, today({ now: tx.now, calendar }));
  const person = directory.people.find((known) => known.id === row.putInForceById);
  return {
    id,
    version: row.version,
    validFrom: row.validFrom,
    title,
    inherits,
    newerAbove: inherits && newest > inherits.version ? newest : null,
    inForce: row.version === inForce,
    replaces: row.replaces,
    note: row.note,
    putInForceBy: person ? { id: person.id, name: person.name } : null,
    putInForceAt: row.putInForceAt === null ? null : new Date(row.putInForceAt).toISOString(),
  };
}

/** All versions of the organization's rules, the newest first. */
export async function listRules(tx: OfficeTransaction): Promise<readonly RulesVersionView[]> {
  const rows = await kept(tx);
  return Promise.all(rows.map((row) => viewed(tx, row, rows)));
}

const textOf = (document: string | null, rules: WorkingRules): string =>
  document ?? stringify(rules, { lineWidth: 110, aliasDuplicateObjects: false });

/** One version with its whole content. Refuses `not-found`. */
export async function rulesVersion(tx: OfficeTransaction, version: number): Promise<RulesVersion | Refusal> {
  const rows = await kept(tx);
  const row = rows.find((one) => one.version === version);
  if (!row)
    return refusal('not-found', {
      vi: `Không có phiên bản ${version} của quy chế.`,
      en: `There is no version ${version} of the working rules.`,
    });
  const rules = checkWorkingRules(row.body);
  if (isRefusal(rules)) return rules;
  return {
    ...(await viewed(tx, row, rows)),
    rules,
    document: row.document,
    text: textOf(row.document, rules),
    effect: row.effect,
  };
}
