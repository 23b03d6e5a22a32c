import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { requireText, versionOf, type ActFacts } from '../lifecycles/act-facts';
import { DIRECTIVE_NAME } from '../directives/directive-name';
import { countedFor } from '../lifecycles/counted-for';
import { directiveState } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { enforcedIn, officeFacts } from './office-facts';
import { readNextRules } from './rules-document';
import { rulesVersion, type RulesVersion } from './rules-versions';
import { WorkingRulesEntity } from '../persistence/entities/working-time.entities';
import { type WorkingRules } from '../working-rules/rules-form';
import { rulesDifference, type RuleChange } from '../working-rules/rules-difference';
import {
  changesAnything,
  countMove,
  noMoves,
  previewMove,
  type MovePreview,
  type MoveTotals,
} from '../lifecycles/preview-rules-move';

/** What a document would say otherwise than the rules in force. */
export interface RulesCheck {
  /** `id@version` of the version in force today, and of the new one. */
  readonly inForce: string;
  readonly next: string;
  readonly validFrom: string;
  /** What new directives will be judged by otherwise. */
  readonly changes: readonly RuleChange[];
}

/** What a new version would do, before it is put in force. */
export interface RulesPreview extends RulesCheck {
  /**
   * Open directives keep their version and their deadlines: nothing of this happens by putting the rules in force, only
   * by moving directives to them on purpose.
   */
  readonly ifMoved: {
    readonly totals: MoveTotals;
    readonly items: readonly ({ readonly id: string; readonly name: string } & MovePreview)[];
    /** Directives that would change and are not among `items`. */
    readonly leftOff: number;
  };
}

interface OpenDirective {
  readonly id: string;
  readonly context: DirectiveContext;
  readonly value: unknown;
}

const OPEN = `
  select i.id, i.snapshot -> 'context' as context, i.snapshot -> 'value' as value from workflow.instance i
  where i.organization_id = $1 and i.lifecycle = 'directive' and i.status = 'active'
    and ($2::uuid is null or i.id > $2::uuid)
  order by i.id limit $3`;

const AT_ONCE = 500;

async function* openDirectives(tx: PostgresTransaction): AsyncGenerator<OpenDirective> {
  let after: string | null = null;
  for (;;) {
    const rows: OpenDirective[] = await tx.query<OpenDirective>(OPEN, [tx.organization, after, AT_ONCE]);
    yield* rows;
    after = rows.at(-1)?.id ?? null;
    if (rows.length < AT_ONCE) return;
  }
}

async function effectOf(
  tx: PostgresTransaction,
  rules: WorkingRules,
  most: number,
): Promise<RulesPreview['ifMoved']> {
  const office = await officeFacts(tx, 'calendar', 'calendars', 'directory');
  const facts: ActFacts = { now: tx.now, ...office, rules };
  let totals = noMoves;
  const items: ({ readonly id: string } & MovePreview)[] = [];
  for await (const { id, context, value } of openDirectives(tx)) {
    const preview = previewMove(context, directiveState(value), countedFor(facts, context.lead));
    totals = countMove(totals, preview);
    if (changesAnything(preview) && items.length < most) items.push({ id, ...preview });
  }
  const names = await namesOf(tx, items);
  const named = items.map((item) => ({ ...item, name: names.get(item.id) ?? item.id }));
  return { totals, items: named, leftOff: totals.changed - items.length };
}

/** What people call these directives. */
async function namesOf(
  tx: PostgresTransaction,
  directives: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (directives.length === 0) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(
    `select d.id, ${DIRECTIVE_NAME} as name from dondoc.directive d
     join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
     left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
     where d.organization_id = $1 and d.id = any($2)`,
    [tx.organization, directives.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/**
 * What a document would do as the next version of the rules: to what comes, and to every open directive if it were moved.
 * Changes nothing. Refuses `invalid-working-rules`.
 * @param most how many directives are shown one by one
 */
export async function previewRules(
  tx: PostgresTransaction,
  document: string,
  most: number,
): Promise<RulesPreview | Refusal> {
  const read = await readNextRules(tx, document);
  if (isRefusal(read)) return read;
  const office = await officeFacts(tx, 'rules', 'rulesEnforcedFrom');
  const next = enforcedIn(office, read.rules);
  return { ...changesTo(office.rules, next), ifMoved: await effectOf(tx, next, most) };
}

/**
 * Whether a document could be the next version, and what it would say otherwise: quick enough to be asked while somebody
 * writes it. Refuses `invalid-working-rules`.
 */
export async function checkRules(tx: PostgresTransaction, document: string): Promise<RulesCheck | Refusal> {
  const read = await readNextRules(tx, document);
  if (isRefusal(read)) return read;
  const office = await officeFacts(tx, 'rules', 'rulesEnforcedFrom');
  return changesTo(office.rules, enforcedIn(office, read.rules));
}

const changesTo = (rules: WorkingRules, next: WorkingRules): RulesCheck => ({
  inForce: versionOf(rules),
  next: versionOf(next),
  validFrom: next.validFrom,
  changes: rulesDifference(rules, next),
});

export interface PuttingInForce {
  readonly document: string;
  /** Why, in the words of who does it; for the decision that the rules come from, for example. */
  readonly note: string;
  /** The person who does it. */
  readonly by: string;
}

/**
 * Makes a document the next version of the rules: from its first day on, new directives live under it. Kept with who did
 * it, when, why, and what it changed; never taken back, only followed by another version. Refuses
 * `invalid-working-rules`, `missing-text`.
 */
export async function putRulesInForce(
  tx: PostgresTransaction,
  { document, note, by }: PuttingInForce,
): Promise<RulesVersion | Refusal> {
  const words = requireText(note, 'note');
  if (isRefusal(words)) return words;
  // Two at the same time would each count their version from the same last one.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `working-rules/${tx.organization}`,
  ]);
  const read = await readNextRules(tx, document);
  if (isRefusal(read)) return read;
  const { rules } = read;
  const office = await officeFacts(tx, 'rules', 'rulesEnforcedFrom');
  const next = enforcedIn(office, rules);
  const { totals } = await effectOf(tx, next, 0);
  await tx.manager.insert(WorkingRulesEntity, {
    organizationId: tx.organization,
    version: rules.version,
    validFrom: rules.validFrom,
    body: rules,
    document,
    replaces: office.rules.version,
    effect: { changes: rulesDifference(office.rules, next), ifMoved: totals },
    note: words,
    putInForceById: by,
    putInForceAt: tx.now,
  });
  return rulesVersion(tx, rules.version);
}
