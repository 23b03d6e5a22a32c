import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Reading } from './reading';
import { ShowMore } from './show-more';

interface Page<T> {
  readonly items: readonly T[];
}

interface Props<T> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  /** What is shown where there is nothing. */
  readonly empty: ReactNode;
  readonly children: (all: readonly T[]) => ReactNode;
}

/** A list that is read page by page, as far as it has been read. */
export function Paged<T>({ query, empty, children }: Props<T>) {
  return (
    <Reading query={query}>
      {({ pages }) => {
        const all = pages.flatMap(({ items }) => items);
        if (all.length === 0) return empty;
        return (
          <>
            {children(all)}
            <ShowMore
              hasMore={query.hasNextPage}
              isLoading={query.isFetchingNextPage}
              load={() => void query.fetchNextPage()}
            />
          </>
        );
      }}
    </Reading>
  );
}
