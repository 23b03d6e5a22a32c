import { useMemo, useSyncExternalStore } from 'react';
import type { Directive, DirectiveRow } from '../api/client';
import { queryClient } from '../api/queries';

/*
 * Lists of directives are read one by one, so that the same directive may be known in two revisions for a moment, and
 * in a long list, which is not read anew, for longer. Revisions only grow: the newest one that any answer told holds.
 */
const newest = new Map<string, DirectiveRow>();
const listeners = new Set<() => void>();
/** Grows whenever a directive that was known becomes known in a newer revision. */
let changes = 0;

function learn(rows: readonly DirectiveRow[]): void {
  const before = changes;
  for (const row of rows) {
    const known = newest.get(row.id);
    if (known && known.revision >= row.revision) continue;
    newest.set(row.id, row);
    if (known) changes += 1;
  }
  if (changes > before) for (const listener of listeners) listener();
}

function rowsOf(key: readonly unknown[], data: unknown): readonly DirectiveRow[] {
  if (key[0] === 'directive' && key.length === 2) return [data as Directive];
  if (key[0] !== 'directives' || !data) return [];
  const { pages } = data as { pages?: readonly { readonly items: readonly DirectiveRow[] }[] };
  return pages?.flatMap(({ items }) => items) ?? [];
}

const cache = queryClient.getQueryCache();

cache.subscribe((event) => {
  if (event.type === 'updated' && event.action.type === 'success')
    learn(rowsOf(event.query.queryKey as readonly unknown[], event.query.state.data));
  // Whoever logs out leaves nothing behind.
  else if (event.type === 'removed' && cache.getAll().length === 0) newest.clear();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Each of these as it is known best. */
export function useNewest(rows: readonly DirectiveRow[]): readonly DirectiveRow[] {
  const at = useSyncExternalStore(subscribe, () => changes);
  return useMemo(
    // Looked up anew whenever something newer has been told.
    () => (at >= 0 ? rows.map((row) => newerOf(row)) : rows),
    [rows, at],
  );
}

function newerOf(row: DirectiveRow): DirectiveRow {
  const known = newest.get(row.id);
  return known && known.revision > row.revision ? known : row;
}
