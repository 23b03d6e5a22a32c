import { isRefusal } from '@dondoc/workflow';
import { type EntityManager } from 'typeorm';
import { checkWorkingRules } from '../working-rules/parse-working-rules';
import { type WorkingRules } from '../working-rules/working-rules';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { keptByHash } from './kept-by-hash';

/** A version of rules or of a calendar, and the hash of what it says. */
export interface VersionMark {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

/** Of the row `v`. */
export const BODY_HASH = `encode(sha256(convert_to(v.body::text, 'UTF8')), 'hex')`;

async function bodyOf<T extends object>(
  manager: EntityManager,
  name: string,
  hash: string,
  statement: string,
  parameters: readonly unknown[],
  prepare: (body: object) => T,
): Promise<T> {
  return keptByHash(name, hash, async () => {
    const [row] = await manager.query<{ body: object; hash: string }[]>(
      `select v.body, ${BODY_HASH} as hash ${statement}`,
      [...parameters],
    );
    if (!row) throw new Error(`there is no ${name}`);
    return { hash: row.hash, value: prepare(row.body) };
  });
}

/** A version of the organization's rules, read and checked where its text is new to this process. */
export function storedRules(
  manager: EntityManager,
  organization: string,
  { version, hash }: Pick<VersionMark, 'version' | 'hash'>,
): Promise<WorkingRules> {
  const from = 'from dondoc.working_rules v where v.organization_id = $1 and v.version = $2';
  const name = `working rules ${version} of ${organization}`;
  return bodyOf(manager, name, hash, from, [organization, version], soundRules);
}

/** A version of one of the organization's calendars. */
export function storedCalendar(
  manager: EntityManager,
  organization: string,
  { id, version, hash }: VersionMark,
): Promise<WorkingCalendar> {
  const from = 'from dondoc.working_calendar v where v.organization_id = $1 and v.id = $2 and v.version = $3';
  const name = `working calendar ${id}@${version} of ${organization}`;
  return bodyOf(
    manager,
    name,
    hash,
    from,
    [organization, id, version],
    (body) => body as unknown as WorkingCalendar,
  );
}

/** @throws when what is stored is not sound by the form that this process knows. */
function soundRules(body: object): WorkingRules {
  const rules = checkWorkingRules(body);
  if (isRefusal(rules)) throw new Error(`working rules: ${rules.en}`);
  return rules;
}
