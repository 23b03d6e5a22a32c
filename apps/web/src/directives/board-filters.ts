import type { DirectivesQuery } from '../api/client';
import { useAddress } from '../look/use-address';

export const states = [
  'assigned',
  'returned',
  'in-progress',
  'awaiting-head',
  'suspended',
  'reported',
  'closed',
  'cancelled',
  'replaced',
] as const;
export const latenesses = ['overdue', 'near-due', 'within', 'no-deadline', 'on-time', 'late'] as const;

/** What narrows the list; `order` and `show` only turn it. */
const days = ['dueFrom', 'dueTo', 'closedFrom', 'closedTo'] as const;
const narrowing = ['q', 'state', 'lateness', 'lead', 'open', ...days] as const;
const kept = [...narrowing, 'order', 'show'] as const;

export type Show = 'table' | 'columns';

/** Pages of long lists are large, so that a fast scroll needs few of them. */
const PAGE = 100;

/** What narrows and turns the lists of directives. */
export function useFilters() {
  const { search, set, setSearch } = useAddress();
  const given = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : [])));
  const narrowed = given(narrowing);
  return {
    search,
    set,
    /** All of them at once, as a saved view has them. */
    replace: (filters: Readonly<Record<string, string>>) => setSearch(filters),
    /** Without these, all at once. */
    drop: (names: readonly string[]) => setSearch(given(kept.filter((name) => !names.includes(name)))),
    clear: () => setSearch(given(['order', 'show'])),
    narrowed: narrowed as Omit<DirectivesQuery, 'limit' | 'order' | 'cursor'>,
    query: { limit: PAGE, order: search.get('order') ?? 'due', ...narrowed } as DirectivesQuery,
    show: search.get('show') === 'columns' ? 'columns' : 'table',
    filters: given(kept),
    isFiltered: Object.keys(narrowed).length > 0,
  };
}

export type Filters = ReturnType<typeof useFilters>;
