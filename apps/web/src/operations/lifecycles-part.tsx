import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lifecyclesQuery } from '../administration/admin-queries';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useWords } from '../words/words';

/** Versions of lifecycles with what is open on them, each drawn when somebody asks. */
export function LifecyclesPart() {
  const { say, sayCode } = useWords();
  const query = useQuery(lifecyclesQuery);
  return (
    <Reading query={query}>
      {(items) => (
        <ul className="card record-list">
          {items.map(({ id, version, open, known }) => (
            <li key={`${id}@${version}`}>
              <span className="row spread">
                <strong>
                  {sayCode('lifecycle', id)}{' '}
                  <span className="soft small">
                    {id}@{version}
                  </span>
                </strong>
                <span className="row">
                  {!known && (
                    <Badge tone="bad" icon="alert">
                      {say('operations.unknownVersion')}
                    </Badge>
                  )}
                  <Badge tone={open > 0 ? 'info' : 'plain'}>{say('operations.open', { count: open })}</Badge>
                </span>
              </span>
              {known && <Drawing id={id} version={version} />}
            </li>
          ))}
        </ul>
      )}
    </Reading>
  );
}

function Drawing({ id, version }: { readonly id: string; readonly version: number }) {
  const { say, sayCode, language } = useWords();
  const [isShown, setShown] = useState(false);
  const address = `/api/v1/operations/lifecycles/${id}/${version}/drawing?language=${language}`;
  const name = `${say('operations.drawing')}: ${sayCode('lifecycle', id)}`;
  return (
    <details onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary className="small">
        {say('operations.drawing')}
        <span className="unseen">: {sayCode('lifecycle', id)}</span>
      </summary>
      {isShown && (
        <figure className="stack-tight">
          <div className="drawing" tabIndex={0} role="group" aria-label={name}>
            <img src={address} alt={name} />
          </div>
          <figcaption className="small">
            <a href={address} target="_blank" rel="noreferrer">
              {say('page.lifecycleOpen')}
            </a>
          </figcaption>
        </figure>
      )}
    </details>
  );
}
