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

export function fromStored(machine: AnyStateMachine, stored: StoredSnapshot): AnyMachineSnapshot {
  const historyValue: Record<string, AnyStateNode[]> = {};
  for (const [id, ids] of Object.entries(stored.historyValue ?? {}))
    historyValue[id] = ids.map((nodeId) => machine.getStateNodeById(nodeId));
  return machine.resolveState({
    value: stored.value,
    context: stored.context,
    historyValue: historyValue as never,
    ...(stored.status === 'done' && { status: 'done', output: stored.output }),
  }) as AnyMachineSnapshot;
}
