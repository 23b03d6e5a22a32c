import { useQuery } from '@tanstack/react-query';
import { historyQuery } from '../api/queries';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

interface Props {
  readonly id: string;
  /** The revision that the reader had before them. */
  readonly since: number;
}

/** What others have done with a directive since the reader began: who, what and when. */
export function WhatChanged({ id, since }: Props) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const { data: history = [] } = useQuery(historyQuery(id));
  const newer = history.filter(({ revision, actor }) => revision > since && actor.kind === 'person');
  if (newer.length === 0) return null;
  return (
    <div className="notice tone-warn" role="status">
      <div>
        <p>
          <strong>{say('page.changedMeanwhile')}</strong>
        </p>
        <ul>
          {newer.map(({ revision, at, event, actor, state }) => (
            <li key={revision}>
              {say('page.changedBy', {
                who: actor.name ?? '',
                what: sayCode('act', event),
                time: time.moment(at),
                state: sayCode('work', state.work),
              })}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
