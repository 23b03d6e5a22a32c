import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explanationQuery } from '../api/queries';
import { useWords } from '../words/words';

const SHOWN = 8;

/** Everything that happened, newest first, each with the article that it followed. */
export function Timeline({ id }: { readonly id: string }) {
  const { say, told } = useWords();
  const { data: explanation } = useQuery(explanationQuery(id));
  const [isWhole, setWhole] = useState(false);
  if (!explanation || explanation.past.length === 0) return null;
  const newest = explanation.past.toReversed();
  const shown = isWhole ? newest : newest.slice(0, SHOWN);
  return (
    <section className="card card-body" aria-labelledby="timeline">
      <h2 id="timeline">{say('page.timeline')}</h2>
      <ol className="timeline">
        {shown.map((event, index) => (
          <li key={`${event.at} ${index}`}>
            <p>{told(event)}</p>
          </li>
        ))}
      </ol>
      {newest.length > shown.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          {say('page.timelineAll', { count: newest.length })}
        </Button>
      )}
    </section>
  );
}
