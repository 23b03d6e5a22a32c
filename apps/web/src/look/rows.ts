import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { More } from './paged';

/** Rows before the end of what is loaded at which more is asked for. */
const AHEAD = 40;
/** Rows above and below those in sight. */
const OVERSCAN = 10;

interface Layout {
  /** Pixels of a row, as most of them are; each is measured when it is there. */
  readonly estimate: number | ((index: number) => number);
  /** Pixels between two rows, as the style has it. */
  readonly gap?: number;
}

export interface Rows {
  /** Places in the list of the rows that are there. */
  readonly places: readonly number[];
  /** Pixels of those above and below, that are not. */
  readonly before: number;
  readonly after: number;
  /** Of every row that is there, beside its `data-index`. */
  readonly measure: (row: Element | null) => void;
  readonly scrollTo: (index: number) => void;
}

/** Only the rows in sight are in the page, however long the list is; more is read before its end is reached. */
export function useWindowRows(keys: readonly string[], more: More, layout: Layout) {
  const top = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const look = () =>
      setOffset(Math.round((top.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    look();
    // What stands above the list comes and goes.
    const observer = new ResizeObserver(look);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtualizer = useWindowVirtualizer<Element>({ ...options(keys, layout), scrollMargin: offset });
  useMore(virtualizer, keys.length, more);
  return { top, ...rowsOf(virtualizer, offset) };
}

/** The same for a list that scrolls within a frame of its own, at whose top it begins. */
export function useFramedRows(
  frame: RefObject<HTMLElement | null>,
  keys: readonly string[],
  more: More,
  layout: Layout,
): Rows {
  // eslint-disable-next-line react-hooks/incompatible-library -- what it returns is read in this render and kept nowhere
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    ...options(keys, layout),
    getScrollElement: () => frame.current,
  });
  useMore(virtualizer, keys.length, more);
  return rowsOf(virtualizer, 0);
}

function options(keys: readonly string[], { estimate, gap = 0 }: Layout) {
  return {
    count: keys.length,
    estimateSize: typeof estimate === 'number' ? () => estimate : estimate,
    overscan: OVERSCAN,
    gap,
    getItemKey: (index: number) => keys[index] ?? index,
  };
}

function rowsOf(
  virtualizer: Virtualizer<Window, Element> | Virtualizer<HTMLElement, Element>,
  offset: number,
) {
  const items = virtualizer.getVirtualItems();
  return {
    places: items.map(({ index }) => index),
    before: Math.max(0, (items[0]?.start ?? offset) - offset),
    after: Math.max(0, virtualizer.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset)),
    measure: virtualizer.measureElement,
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}

function useMore(
  virtualizer: Virtualizer<Window, Element> | Virtualizer<HTMLElement, Element>,
  count: number,
  { hasMore, isLoading, failure, load }: More,
): void {
  const last = virtualizer.getVirtualItems().at(-1)?.index ?? 0;
  const isNear = last >= count - AHEAD;
  // What could not be read is asked for again by a person, not for ever.
  const isWanted = hasMore && !isLoading && failure === null && isNear;
  useEffect(() => {
    if (isWanted) load();
  }, [isWanted, load]);
}
