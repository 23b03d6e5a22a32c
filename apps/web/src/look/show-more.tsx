import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useWords } from '../words/words';

interface Props {
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly load: () => void;
}

/** The next page of a list: asked for when its end comes into sight, or by the button. */
export function ShowMore({ hasMore, isLoading, load }: Props) {
  const { say } = useWords();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || !hasMore || isLoading) return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) load();
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, isLoading, load]);
  if (!hasMore) return null;
  return (
    <div className="more" ref={end}>
      <Button variant="default" onClick={load} loading={isLoading}>
        {say('state.more')}
      </Button>
    </div>
  );
}
