import { type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode, type StateValue } from 'xstate';

/** What is kept of a machine's snapshot: members that are empty for a machine are not stored at all. */
export interface StoredSnapshot {
  readonly value: StateValue;
  readonly context: Record<string, unknown>;
  /** History state id → ids of the state nodes it remembers. */
  readonly historyValue?: Record<string, string[]>;
  readonly status?: 'done';
  readonly output?: unknown;
}

export function toStored(snapshot: AnyMachineSnapshot): StoredSnapshot {
  const historyValue: Record<string, string[]> = {};
  for (const [id, nodes] of Object.entries(snapshot.historyValue as Record<string, { id: string }[]>))
    historyValue[id] = nodes.map((node) => node.id);
  return {
    value: snapshot.value as StateValue,
    context: snapshot.context as Record<string, unknown>,
    ...(Object.keys(historyValue).length > 0 && { historyValue }),
    ...(snapshot.status === 'done' && { status: 'done' as const, output: snapshot.output ?? null }),
  };
}

const MOST_TEMPLATES = 1_000;
const templates = new WeakMap<AnyStateMachine, Map<string, AnyMachineSnapshot>>();

/**
 * A snapshot of the machine in a state value, without context: finding the nodes of a value is most of the cost of
 * `resolveState`, and a machine has few values.
 */
function template(machine: AnyStateMachine, value: StateValue): AnyMachineSnapshot {
  const known = templates.get(machine) ?? new Map<string, AnyMachineSnapshot>();
  templates.set(machine, known);
  const key = JSON.stringify(value);
  const found = known.get(key);
  if (found) return found;
  const made = machine.resolveState({ value, context: {} }) as AnyMachineSnapshot;
  if (known.size < MOST_TEMPLATES) known.set(key, made);
  return made;
}

export function fromStored(machine: AnyStateMachine, stored: StoredSnapshot): AnyMachineSnapshot {
  const { value, context } = stored;
  if (!stored.historyValue && !stored.status) {
    const empty: object = template(machine, value);
    return { ...empty, children: {}, historyValue: {}, context } as AnyMachineSnapshot;
  }
  const historyValue: Record<string, AnyStateNode[]> = {};
  for (const [id, ids] of Object.entries(stored.historyValue ?? {}))
    historyValue[id] = ids.map((nodeId) => machine.getStateNodeById(nodeId));
  return machine.resolveState({
    value,
    context,
    historyValue: historyValue as never,
    ...(stored.status === 'done' && { status: 'done', output: stored.output }),
  }) as AnyMachineSnapshot;
}
