import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

export interface Selection {
  readonly ids: readonly string[];
  readonly size: number;
  readonly has: (id: string) => boolean;
  readonly set: (ids: readonly string[]) => void;
  /** One more or less; `isRange`: all from the one before to this one. */
  readonly toggle: (id: string, isRange: boolean) => void;
}

/** Which rows of a list are chosen, as the list shows them; what has left the list is chosen no more. */
export function useSelection(listed: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const order = useRef(listed);
  useEffect(() => {
    order.current = listed;
  }, [listed]);
  const toggle = useCallback((id: string, isRange: boolean) => {
    setChosen((before) => {
      const next = new Set(before);
      const [from, to] = [order.current.indexOf(last.current ?? ''), order.current.indexOf(id)];
      const range =
        isRange && from >= 0 ? order.current.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
      for (const one of range) {
        if (before.has(id)) next.delete(one);
        else next.add(one);
      }
      return next;
    });
    last.current = id;
  }, []);
  return useMemo(() => {
    const ids = listed.filter((id) => chosen.has(id));
    return {
      ids,
      size: ids.length,
      has: (id) => chosen.has(id),
      set: (all) => setChosen(new Set(all)),
      toggle,
    };
  }, [listed, chosen, toggle]);
}
