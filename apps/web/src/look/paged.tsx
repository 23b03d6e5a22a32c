import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useWords } from '../words/words';
import { ProblemNotice } from './problem-notice';
import { Reading } from './reading';

interface Page<T> {
  readonly items: readonly T[];
}

type PagedQuery<T> = UseInfiniteQueryResult<InfiniteData<Page<T>>>;

/** How a list goes on after what has been read of it. */
export interface More {
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Why the next page could not be read. */
  readonly failure: Error | null;
  readonly load: () => void;
}

/** What has been read of a list, and how it goes on. */
export function usePages<T>(query: PagedQuery<T>): { readonly all: readonly T[]; readonly more: More } {
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query;
  const all = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const more = useMemo<More>(
    () => ({
      hasMore: hasNextPage,
      isLoading: isFetchingNextPage,
      failure: isFetchNextPageError ? error : null,
      load: () => void fetchNextPage({ cancelRefetch: false }),
    }),
    [hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage],
  );
  return { all, more };
}

interface Props<T> {
  readonly query: PagedQuery<T>;
  /** What is shown where there is nothing. */
  readonly empty: ReactNode;
  readonly children: (all: readonly T[], more: More) => ReactNode;
}

/** A list that is read page by page, as far as it has been read. */
export function Paged<T>({ query, empty, children }: Props<T>) {
  const { all, more } = usePages(query);
  return (
    <Reading query={query}>
      {() =>
        all.length === 0 ? (
          empty
        ) : (
          <>
            {children(all, more)}
            <ListEnd more={more} />
          </>
        )
      }
    </Reading>
  );
}

/** The end of what has been read: that there is more, or why it could not be read. */
export function ListEnd({ more: { hasMore, isLoading, failure, load } }: { readonly more: More }) {
  const { say } = useWords();
  if (failure) return <ProblemNotice error={failure} retry={load} />;
  if (!hasMore) return null;
  return (
    <div className="more">
      <Button variant="default" onClick={load} loading={isLoading}>
        {say('state.more')}
      </Button>
    </div>
  );
}
