import { useSyncExternalStore } from 'react';

/** Something done that can be taken back for some seconds; nothing follows from it before. */
export interface HeldAct {
  readonly key: string;
  /** What was done, in the reader's words. */
  readonly what: string;
  /** How many seconds there are in all, and when they end by this device's clock. */
  readonly seconds: number;
  readonly endsAt: number;
  readonly undo: () => Promise<void>;
}

let held: HeldAct | null = null;
const listeners = new Set<() => void>();

function set(next: HeldAct | null): void {
  held = next;
  listeners.forEach((tell) => tell());
}

/** The newest act takes the place of the one before. */
export function holdAct(act: Omit<HeldAct, 'endsAt'>): void {
  set({ ...act, endsAt: Date.now() + act.seconds * 1_000 });
}

export function forgetAct(key: string): void {
  if (held?.key === key) set(null);
}

export function useHeldAct(): HeldAct | null {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => held,
  );
}
