import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Directive } from '../api/client';
import { choicesQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { useWords } from '../words/words';
import { ActForm } from './act-form';
import { actForms } from './act-forms';
import { type ActKey, actWords } from './act-words-of';
import { WhatChanged } from './what-changed';
import './act-form.css';

/** What the reader can do with a directive now, as the API says; one form open at a time. */
export function ActPanel({ directive }: { readonly directive: Directive }) {
  const { say } = useWords();
  const { data: choices } = useQuery(choicesQuery(directive.id));
  const [open, setOpen] = useState<ActKey | null>(null);
  const [since, setSince] = useState(directive.revision);
  const withheld = new Set<string>(choices?.withheld.map(({ act }) => act));
  const allowed: readonly string[] = directive.allowed;
  const acts = (Object.keys(actForms) as ActKey[]).filter(
    (act) => allowed.includes(act) && !withheld.has(act),
  );
  // A form that somebody is filling in stays when the act is no longer there: what was typed is not thrown away.
  const choose = (act: ActKey | null) => {
    setOpen(act);
    setSince(directive.revision);
  };
  const main = acts.find((act) => actForms[act].tone === 'main');
  return (
    <section className="card card-body no-print" aria-labelledby="acts">
      <h2 id="acts">{say('page.acts')}</h2>
      {acts.length === 0 && (
        <>
          <p className="act-none">{say('page.noActs')}</p>
          <p className="soft small">{say('page.noActsHint')}</p>
        </>
      )}
      <div className="acts">
        {acts.map((act) => (
          <Button
            key={act}
            variant={act === main ? 'filled' : 'default'}
            onClick={() => choose(act === open ? null : act)}
            aria-expanded={act === open}
            {...(actForms[act].tone === 'grave' && { c: 'var(--bad)' })}
          >
            {say(actWords(act).name)}
          </Button>
        ))}
      </div>
      {open && (
        <ActForm
          key={open}
          form={actForms[open]}
          words={actWords(open)}
          path={`/directives/${directive.id}/${open}`}
          revision={directive.revision}
          choices={choices}
          news={directive.revision > since && <WhatChanged id={directive.id} since={since} />}
          done={() => choose(null)}
          close={() => choose(null)}
        />
      )}
      <Withheld directive={directive.id} />
    </section>
  );
}

/** What cannot be done now, and why: behind one line, for whoever wonders. */
function Withheld({ directive }: { readonly directive: string }) {
  const { say, told } = useWords();
  const { data: choices } = useQuery(choicesQuery(directive));
  const shown = (choices?.withheld ?? []).filter(({ act }) => act in actForms);
  if (shown.length === 0) return null;
  return (
    <details className="withheld">
      <summary>{say('page.withheld', { count: shown.length })}</summary>
      <dl>
        {shown.map((one) => (
          <div key={one.act}>
            <dt className="row">
              <Icon name={one.code === 'not-permitted' ? 'person' : 'clock'} size={15} />
              {say(actWords(one.act).name)}
            </dt>
            <dd>{told(one)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
