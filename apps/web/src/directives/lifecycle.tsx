import { useState } from 'react';
import type { Directive } from '../api/client';
import { Icon } from '../look/icon';
import { useWords } from '../words/words';

/** The way from assigned to verified, as everybody knows it. What turns off the way has a name of its own. */
const way = ['assigned', 'in-progress', 'reported', 'closed'] as const;

export function Steps({ directive: { state } }: { readonly directive: Directive }) {
  const { say, sayCode } = useWords();
  const at = way.findIndex((step) => step === state);
  if (at < 0) return null;
  return (
    <ol className="steps" aria-label={say('page.lifecycle')}>
      {way.map((step, index) => {
        const isDone = index < at || state === 'closed';
        const isNow = index === at && !isDone;
        return (
          <li
            key={step}
            className={isNow ? 'step step-now' : isDone ? 'step step-done' : 'step'}
            {...(isNow && { 'aria-current': 'step' })}
          >
            <span className="step-mark">{isDone ? <Icon name="check" size={14} /> : index + 1}</span>
            <span>{sayCode('page.step', step)}</span>
            {(isDone || isNow) && (
              <span className="unseen">{say(isDone ? 'page.step.done' : 'page.step.now')}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The whole machine, drawn by the server for this directive; only when somebody asks for it. */
export function Lifecycle({ directive }: { readonly directive: Directive }) {
  const { say, language, sayCode } = useWords();
  const [isShown, setShown] = useState(false);
  const address = `/api/v1/directives/${directive.id}/drawing?language=${language}&revision=${directive.revision}`;
  return (
    <details
      className="card card-body lifecycle no-print"
      onToggle={(event) => setShown(event.currentTarget.open)}
    >
      <summary>{say('page.lifecycleShow')}</summary>
      {isShown && (
        <figure>
          <div className="lifecycle-drawing" tabIndex={0} role="group" aria-label={say('page.lifecycle')}>
            <img src={address} alt={`${say('page.lifecycle')}: ${sayCode('work', directive.state)}`} />
          </div>
          <figcaption className="small soft row spread">
            {say('page.lifecycleHint')}
            <a href={address} target="_blank" rel="noreferrer">
              {say('page.lifecycleOpen')}
            </a>
          </figcaption>
        </figure>
      )}
    </details>
  );
}
