import { isRefusal, type HistoryEntry, type Refusal } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { directiveState, type DirectiveState } from '../lifecycles/directive-state';
import { historyOf } from './directive-explanation';
import { relationsOf } from './directive-facts';
import { permissionTo } from '../authorization/abilities';
import { visibleDirective } from './directives.service';

/** One step of a directive, as it stands in the chain. Instants are ISO 8601, UTC. */
export interface HistoryView {
  readonly revision: number;
  readonly at: string;
  /** Later than `at` when the worker was down. */
  readonly processedAt: string;
  readonly event: string;
  /** What people said with it. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly actor: { readonly kind: string; readonly name: string | null; readonly onBehalfOf: string | null };
  readonly state: DirectiveState;
  readonly hash: string;
}

/** Members of an event that only the machine needs. */
const inner = new Set(['type', 'input', 'rungs', 'summarized', 'by']);

/** Who leads from a step on; undefined where it leaves that as it is. */
function leadFrom({ event }: HistoryEntry): string | undefined {
  if (event.type === 'xstate.init') return (event['input'] as unknown as { readonly lead: string }).lead;
  return event.type === 'reassign' || event.type === 'transfer' ? (event['lead'] as string) : undefined;
}

/**
 * Revisions of what goes to and fro between an agency and its head, reports that did not leave it and why, with the agency
 * that led then. Whoever is not of that agency, a later lead included, learns that it happened, and nothing of what was
 * said.
 */
function withinAgency(entries: readonly HistoryEntry[]): ReadonlyMap<number, string> {
  const kept = new Map<number, string>();
  let lead = '';
  let draft: number | null = null;
  for (const entry of entries) {
    const { revision, event } = entry;
    lead = leadFrom(entry) ?? lead;
    if (event.type === 'report') {
      draft = event['needsApproval'] === true ? revision : null;
      if (draft !== null) kept.set(draft, lead);
    }
    if (event.type === 'approve-report' && draft !== null) kept.delete(draft);
    if (event.type === 'return-report') kept.set(revision, lead);
  }
  return kept;
}

/** Everything that ever happened to a directive, oldest first. */
export async function directiveHistory(
  tx: PostgresWork,
  caller: Caller,
  id: string,
): Promise<{ readonly items: readonly HistoryView[] } | Refusal> {
  const found = await visibleDirective(tx, caller, id, 'directive.history', 'look');
  if (isRefusal(found)) return found;
  const rows = await historyOf(tx, id);
  const names = new Map(found.facts.directory.people.map((person) => [person.id, person.name]));
  const named = (person: string | undefined) => (person === undefined ? null : (names.get(person) ?? null));
  const within = withinAgency(rows.map(({ entry }) => entry));
  const isHidden = (revision: number): boolean => {
    const lead = within.get(revision);
    if (lead === undefined) return false;
    const relations = relationsOf({ ...found.context, lead }, found.facts);
    return permissionTo(caller, 'directive', 'see-inside', relations) === null;
  };
  const items = rows.map(({ entry, hash }) => {
    const { revision, at, processedAt, event, actor, to } = entry;
    const said = isHidden(revision) ? [] : Object.entries(event).filter(([name]) => !inner.has(name));
    return {
      revision,
      at: new Date(at).toISOString(),
      processedAt: new Date(processedAt).toISOString(),
      event: event.type === 'xstate.init' ? 'assigned' : event.type,
      details: Object.fromEntries(said),
      actor: {
        kind: actor.kind,
        name: actor.kind === 'person' ? named(actor.id) : null,
        onBehalfOf: named(actor.onBehalfOf),
      },
      state: directiveState(to),
      hash,
    };
  });
  return { items };
}
