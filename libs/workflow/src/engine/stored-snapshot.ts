import { type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode, type StateValue } from 'xstate';
import { callsOf, childrenOf } from './calls-in-snapshot';
import { activeNodes } from './configuration';
import { canonicalJson } from './canonical-json';
import { statesWithin } from '../lifecycle/reachable-states';

/** What is kept of a machine's snapshot: members that are empty for a machine are not stored at all. */
export interface StoredSnapshot {
  readonly value: StateValue;
  readonly context: Record<string, unknown>;
  /** History state id → ids of the state nodes it remembers. */
  readonly historyValue?: Record<string, string[]>;
  /**
   * Document orders of the active state nodes as they were entered, where that is not the order of the document and
   * the machine could tell: XState asks the `always` of regions in this order.
   */
  readonly entered?: readonly number[];
  /** Child id → call (id of the outbox row) of each invoked effect that has not answered yet. */
  readonly invoked?: Readonly<Record<string, string>>;
  readonly status?: 'done';
  readonly output?: unknown;
}

const tellsOrder = new WeakMap<AnyStateMachine, boolean>();

/** Whether it makes a difference in which order the states of this machine were entered. */
function orderMatters(machine: AnyStateMachine): boolean {
  const known = tellsOrder.get(machine);
  if (known !== undefined) return known;
  const nodes = statesWithin(machine.root);
  const matters = nodes.some(({ type }) => type === 'parallel') && nodes.some(({ always }) => always);
  tellsOrder.set(machine, matters);
  return matters;
}

function orderOfEntry(snapshot: AnyMachineSnapshot): readonly number[] | null {
  if (snapshot.status !== 'active' || !orderMatters(snapshot.machine as AnyStateMachine)) return null;
  const orders = activeNodes(snapshot).map(({ order }) => order);
  return orders.every((order, index) => index === 0 || order > (orders[index - 1] ?? 0)) ? null : orders;
}

/** The nodes of a resolved snapshot as a live actor has them; an order that does not fit them is left aside. */
function inOrderOfEntry(snapshot: AnyMachineSnapshot, entered: readonly number[] = []): AnyMachineSnapshot {
  const nodes = [...activeNodes(snapshot)].sort((a, b) => a.order - b.order);
  const places = new Map(entered.map((order, place) => [order, place]));
  if (nodes.length === places.size && nodes.every(({ order }) => places.has(order)))
    nodes.sort((a, b) => (places.get(a.order) ?? 0) - (places.get(b.order) ?? 0));
  return Object.assign(snapshot, { _nodes: nodes });
}

export function toStored(snapshot: AnyMachineSnapshot): StoredSnapshot {
  const historyValue: Record<string, string[]> = {};
  for (const [id, nodes] of Object.entries(snapshot.historyValue as Record<string, { id: string }[]>))
    historyValue[id] = nodes.map((node) => node.id);
  const entered = orderOfEntry(snapshot);
  const invoked = callsOf(snapshot);
  return {
    value: snapshot.value as StateValue,
    context: snapshot.context as Record<string, unknown>,
    ...(Object.keys(historyValue).length > 0 && { historyValue }),
    ...(entered && { entered }),
    ...(invoked && { invoked }),
    ...(snapshot.status === 'done' && { status: 'done' as const, output: snapshot.output ?? null }),
  };
}

const MOST_VALUES = 10_000;
const valueTexts = new Map<string, string>();
/** Of each state value, the text is asked for twice: for the snapshot, then for the history. */
let last: { readonly value: StateValue; readonly text: string } | null = null;

/** Canonical text of a state value. Machines have few of them, and XState gives their keys in an order of its own. */
export function valueText(value: StateValue): string {
  if (last?.value === value) return last.text;
  const key = JSON.stringify(value);
  const known = valueTexts.get(key);
  const text = known ?? canonicalJson(value);
  if (known === undefined && valueTexts.size < MOST_VALUES) valueTexts.set(key, text);
  last = { value, text };
  return text;
}

/** Canonical text (RFC 8785) of a stored snapshot: what is kept, and what its hash is made of. */
export function storedText({
  context,
  entered,
  historyValue,
  invoked,
  output,
  status,
  value,
}: StoredSnapshot): string {
  const order = entered ? `,"entered":[${entered.join(',')}]` : '';
  const history = historyValue ? `,"historyValue":${canonicalJson(historyValue, 'historyValue')}` : '';
  const calls = invoked ? `,"invoked":${canonicalJson(invoked, 'invoked')}` : '';
  const end = status ? `,"output":${canonicalJson(output, 'output')},"status":"${status}"` : '';
  return `{"context":${canonicalJson(context, 'context')}${order}${history}${calls}${end},"value":${valueText(value)}}`;
}

/**
 * The same state value with its regions in the order of the machine: XState takes transitions in the order of these
 * keys, and `jsonb` gives them back in another.
 */
function inMachineOrder(node: AnyStateNode, value: StateValue): StateValue {
  if (typeof value === 'string') return value;
  const ordered: Record<string, StateValue | undefined> = {};
  for (const [key, child] of Object.entries(node.states)) {
    const within = value[key];
    if (within !== undefined) ordered[key] = inMachineOrder(child, within);
  }
  // A state that the machine does not have is left to it to refuse.
  return Object.assign(ordered, { ...value, ...ordered });
}

const nodesById = new WeakMap<AnyStateMachine, ReadonlyMap<string, AnyStateNode>>();

/** Not `getStateNodeById`, which takes what stands behind a dot in an id for a path. */
function nodeById(machine: AnyStateMachine, id: string): AnyStateNode {
  const nodes = nodesById.get(machine) ?? new Map(statesWithin(machine.root).map((node) => [node.id, node]));
  nodesById.set(machine, nodes);
  const found = nodes.get(id);
  if (!found) throw new Error(`the machine ${machine.id} has no state ${id}, which was remembered`);
  return found;
}

const MOST_TEMPLATES = 1_000;
const templates = new WeakMap<AnyStateMachine, Map<string, AnyMachineSnapshot>>();

/**
 * A snapshot of the machine in a state value, without context: finding the nodes of a value is most of the cost of
 * `resolveState`, and a machine has few values.
 */
function template(machine: AnyStateMachine, stored: StoredSnapshot): AnyMachineSnapshot {
  const { value, entered, historyValue } = stored;
  const known = templates.get(machine) ?? new Map<string, AnyMachineSnapshot>();
  templates.set(machine, known);
  const key = JSON.stringify(entered || historyValue ? [value, entered, historyValue] : value);
  const found = known.get(key);
  if (found) return found;
  const made = resolved(machine, { ...stored, context: {} });
  if (known.size < MOST_TEMPLATES) known.set(key, made);
  return made;
}

function resolved(
  machine: AnyStateMachine,
  { value, context, entered, historyValue = {}, status, output }: StoredSnapshot,
): AnyMachineSnapshot {
  const remembered: Record<string, AnyStateNode[]> = {};
  for (const [id, ids] of Object.entries(historyValue))
    remembered[id] = ids.map((nodeId) => nodeById(machine, nodeId));
  const made = machine.resolveState({
    value: inMachineOrder(machine.root, value),
    context,
    historyValue: remembered as never,
    ...(status === 'done' && { status, output }),
  }) as AnyMachineSnapshot;
  return inOrderOfEntry(made, entered);
}

export function fromStored(machine: AnyStateMachine, stored: StoredSnapshot): AnyMachineSnapshot {
  const children = childrenOf(stored.invoked);
  if (stored.status) return { ...resolved(machine, stored), children } as AnyMachineSnapshot;
  const empty: object = template(machine, stored);
  return { ...empty, children, context: stored.context } as AnyMachineSnapshot;
}
