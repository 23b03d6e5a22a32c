import { type InstanceChange } from '../engine/records';
import { activeTraceparent } from '../observation/spans';
import { moveOne } from './move-one';
import { type Statement, type Step } from './statement-batch';
import { ASK, HISTORY, MOVE, SEPARATOR, START } from './statements';
import { assertName, assertUuid } from './stored-names';
import { firesAt, hasParked, timersText } from './stored-timers';

/** One list per column, over the given rows. */
function lists<TRow>(
  statement: Statement,
  organization: string,
  rows: readonly TRow[],
  columns: readonly ((row: TRow) => string | number | null)[],
): Step[] {
  if (rows.length === 0) return [];
  const values = columns.map((of) => rows.map((row) => of(row) ?? '').join(SEPARATOR));
  return [{ statement, values: [organization, ...values] }];
}

const startSteps = (organization: string, changes: readonly InstanceChange[]): Step[] =>
  lists(START, organization, changes, [
    ({ after }) => assertUuid(after.id),
    ({ after }) => after.lifecycle,
    ({ after }) => after.version,
    ({ after }) => after.revision,
    ({ after }) => after.status,
    ({ after }) => after.at,
    ({ after }) => after.startedAt,
    ({ snapshotText }) => snapshotText,
    ({ after }) => after.head,
    ({ after }) => timersText(after),
    ({ after }) => firesAt(after),
    ({ after }) => after.parent && assertUuid(after.parent),
  ]);

const moveSteps = (organization: string, changes: readonly InstanceChange[]): Step[] =>
  lists(MOVE, organization, changes, [
    ({ after }) => after.id,
    ({ before }) => before?.revision ?? null,
    ({ after }) => after.version,
    ({ after }) => after.revision,
    ({ after }) => after.status,
    ({ after }) => after.at,
    ({ snapshotText }) => snapshotText,
    ({ after }) => after.head,
    ({ after }) => timersText(after),
    ({ after }) => firesAt(after),
    ({ after }) => String(hasParked(after)),
  ]).map(({ statement, values }) => ({ statement, values: [...values, String(changes.length)] }));

function partsOf(organization: string, changes: readonly InstanceChange[], trace: string | null): Step[] {
  return [
    ...lists(
      HISTORY,
      organization,
      changes.flatMap((change) => change.history),
      [
        ({ instance }) => instance,
        ({ revision }) => revision,
        ({ at }) => at,
        ({ entry }) => entry,
        ({ hash }) => hash,
      ],
    ),
    ...lists(
      ASK,
      organization,
      changes.flatMap((change) => change.outbox),
      [
        ({ id }) => id,
        ({ instance }) => instance,
        ({ lifecycle }) => lifecycle,
        ({ revision }) => revision,
        ({ effect }) => assertName(effect),
        ({ invocation }) => (invocation === undefined ? null : assertName(invocation)),
        ({ at }) => at,
        ({ payload }) => JSON.stringify(payload),
        () => trace,
      ],
    ),
  ];
}

const byId = (a: InstanceChange, b: InstanceChange): number => (a.after.id < b.after.id ? -1 : 1);

/**
 * The statements that write changes: all of them or, when one instance has changed meanwhile, none. Rows are reached
 * in id order, so that two writers cannot wait for each other.
 */
export function writeSteps(organization: string, changes: readonly InstanceChange[]): readonly Step[] {
  const [only] = changes;
  const trace = changes.some(({ outbox }) => outbox.length > 0) ? activeTraceparent() : null;
  const one = changes.length === 1 && only ? moveOne(organization, only, trace) : null;
  if (one) return [one];
  const inOrder = [...changes].sort(byId);
  const moved = inOrder.filter(({ before }) => before !== null);
  const started = inOrder.filter(({ before }) => before === null);
  return [
    ...moveSteps(organization, moved),
    ...startSteps(organization, started),
    ...partsOf(organization, inOrder, trace),
  ];
}
