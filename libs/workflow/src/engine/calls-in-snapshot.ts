import { type AnyMachineSnapshot } from 'xstate';
import { isInvocation } from '../lifecycle/invoked-effect';

type Children = Readonly<Record<string, unknown>>;

/** Calls that have not answered, by child id; `null` when there are none. */
export function callsOf(snapshot: AnyMachineSnapshot): Record<string, string> | null {
  let calls: Record<string, string> | null = null;
  const children = snapshot.children as Children;
  for (const id in children) {
    const child = children[id];
    if (isInvocation(child)) (calls ??= {})[id] = child.call;
  }
  return calls;
}

export function childrenOf(invoked: Readonly<Record<string, string>> | undefined): Children {
  if (!invoked) return {};
  return Object.fromEntries(Object.entries(invoked).map(([id, call]) => [id, { id, call }]));
}

/** The snapshot once this call has come to its end: its state may be left later without ending it again. */
export function withoutCall(snapshot: AnyMachineSnapshot, id: string): AnyMachineSnapshot {
  const { [id]: _over, ...children } = snapshot.children as Children;
  return { ...(snapshot as object), children } as unknown as AnyMachineSnapshot;
}
