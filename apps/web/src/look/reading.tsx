import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../words/words';
import { ProblemNotice } from './problem-notice';

export function Lines({ count = 4, height = 76 }: { readonly count?: number; readonly height?: number }) {
  const { say } = useWords();
  return (
    <div className="stack" role="status" aria-label={say('state.loading')}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} radius={12} />
      ))}
    </div>
  );
}

interface Props<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  readonly children: (data: T) => ReactNode;
  readonly lines?: number;
}

/** What is shown while something is read, when it could not be, and when it is there. */
export function Reading<T>({ query, children, lines }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />;
  return <Lines {...(lines !== undefined && { count: lines })} />;
}
