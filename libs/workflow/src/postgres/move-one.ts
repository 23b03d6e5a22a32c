import { type InstanceChange } from '../engine/records';
import { type Statement, type Step } from './statement-batch';
import { assertName } from './stored-names';
import { firesAt, hasParked, timersText } from './stored-timers';

/** How many rows of each kind one transition writes: what a statement for one instance is made for. */
interface Shape {
  readonly history: number;
  readonly outbox: number;
}

/** Larger changes are rare, and go the way of many. Bounds the number of statements that a connection prepares. */
const MOST = 2;

const instant = (place: number): string => `to_timestamp($${place}::float8 / 1000.0::float8)`;

/** `(values …)` of so many rows, each with the given columns, beginning with parameter `$first`. */
function rows(count: number, first: number, columns: readonly ((place: number) => string)[]): string {
  const row = (index: number): string =>
    `(${columns.map((of, offset) => of(first + index * columns.length + offset)).join(', ')})`;
  return `(values ${Array.from({ length: count }, (_, index) => row(index)).join(', ')})`;
}

const of =
  (type: string) =>
  (place: number): string =>
    `$${place}::${type}`;

const HISTORY_COLUMNS = [of('integer'), instant, of('text'), of('bytea')];
const OUTBOX_COLUMNS = [of('uuid'), of('integer'), of('text'), of('text'), instant, of('jsonb'), of('text')];

function textOf({ history, outbox }: Shape): string {
  const afterInstance = 13;
  const afterHistory = afterInstance + history * HISTORY_COLUMNS.length;
  const parts = [
    `moved as (
       update workflow.instance i
       set version = $4::integer, revision = $5::integer, status = $6::text, at = ${instant(7)},
           snapshot = $8::json, head = $9::bytea, timers = $10::json, due_at = ${instant(11)},
           has_parked = $12::boolean
       where i.organization_id = $1::uuid and i.id = $2::uuid and i.revision = $3::integer
       returning i.id, i.lifecycle)`,
    `history as (
       insert into workflow.history (organization_id, instance_id, revision, at, entry, hash)
       select $1::uuid, moved.id, h.* from moved, ${rows(history, afterInstance, HISTORY_COLUMNS)} as h)`,
  ];
  if (outbox > 0)
    parts.push(`asked as (
      insert into workflow.outbox
        (organization_id, id, instance_id, lifecycle, revision, effect, invocation, at, payload, trace)
      select $1::uuid, o.id, moved.id, moved.lifecycle, o.revision, o.effect, o.invocation, o.at, o.payload, o.trace
      from moved, ${rows(outbox, afterHistory, OUTBOX_COLUMNS)}
        as o(id, revision, effect, invocation, at, payload, trace))`);
  return `with ${parts.join(', ')} select workflow.require_unchanged(count(*) = 1) from moved`;
}

const statements = new Map<string, Statement>();

function statementFor(shape: Shape): Statement {
  const name = `dondoc_move_one_${shape.history}${shape.outbox}`;
  const known = statements.get(name);
  if (known) return known;
  const made = { name, text: textOf(shape) };
  statements.set(name, made);
  return made;
}

/**
 * The one statement that writes the change of a single instance: for somebody alone it is much faster than the
 * statements for many. `null` where the change is not of a usual shape.
 * @param trace traceparent of the transition, kept with what it asks for
 */
export function moveOne(organization: string, change: InstanceChange, trace: string | null): Step | null {
  const { before, after, snapshotText, history, outbox } = change;
  if (before === null || history.length > MOST || outbox.length > MOST) return null;
  const dueAt = firesAt(after);
  return {
    statement: statementFor({ history: history.length, outbox: outbox.length }),
    values: [
      organization,
      after.id,
      String(before.revision),
      String(after.version),
      String(after.revision),
      after.status,
      String(after.at),
      snapshotText,
      `\\x${after.head}`,
      timersText(after),
      dueAt === null ? null : String(dueAt),
      String(hasParked(after)),
      ...history.flatMap(({ revision, at, entry, hash }) => [
        String(revision),
        String(at),
        entry,
        `\\x${hash}`,
      ]),
      ...outbox.flatMap(({ id, revision, effect, invocation, at, payload }) => [
        id,
        String(revision),
        assertName(effect),
        invocation === undefined ? null : assertName(invocation),
        String(at),
        JSON.stringify(payload),
        trace,
      ]),
    ],
  };
}
