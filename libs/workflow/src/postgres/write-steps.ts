import { type InstanceChange, type TimerRecord } from '../engine/records';
import { activeTraceparent } from '../observation/spans';
import { moveOne } from './move-one';
import { shardOf } from './shards';
import { type Statement, type Step } from './statement-batch';
import { ASK, CANCEL, END, HISTORY, MOVE, SEPARATOR, SET, START } from './statements';
import { assertName, assertUuid, eventText, uuidArray } from './stored-names';
import { timersGone } from './timers-gone';

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
    ({ after }) => after.dueFrom,
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
    ({ after }) => after.dueFrom,
  ]).map(({ statement, values }) => ({ statement, values: [...values, String(changes.length)] }));

interface SetTimer {
  readonly instance: string;
  readonly timer: TimerRecord;
}

function partsOf(organization: string, changes: readonly InstanceChange[], trace: string | null): Step[] {
  const history = changes.flatMap((change) => change.history);
  const ended = changes.filter(({ before, after }) => before !== null && after.status === 'done');
  const gone = changes
    .filter(({ after }) => after.status !== 'done')
    .flatMap((change) => timersGone(change).map((timer) => ({ instance: change.after.id, timer })));
  const set: SetTimer[] = changes.flatMap(({ after, timersSet }) =>
    timersSet.map((timer) => ({ instance: after.id, timer })),
  );
  const ids = ended.map(({ after }) => after.id);
  return [
    ...lists(HISTORY, organization, history, [
      ({ instance }) => instance,
      ({ revision }) => revision,
      ({ at }) => at,
      ({ entry }) => entry,
      ({ hash }) => hash,
    ]),
    ...lists(CANCEL, organization, gone, [({ instance }) => instance, ({ timer }) => assertName(timer)]),
    ...(ids.length > 0 ? [{ statement: END, values: [organization, uuidArray(ids)] }] : []),
    ...lists(SET, organization, set, [
      ({ instance }) => instance,
      ({ timer }) => assertName(timer.id),
      ({ instance }) => shardOf(instance),
      ({ timer }) => timer.dueAt,
      ({ timer }) => timer.sequence,
      ({ timer }) => eventText(timer),
    ]),
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
