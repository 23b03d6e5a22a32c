import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Directive } from '../api/client';
import { useWords } from '../words/words';
import { ActForm } from './act-form';
import { actForms } from './act-forms';
import { type ActKey, actWords } from './act-words-of';
import './act-form.css';

/** What the reader can do with a directive now, as the API says; one form open at a time. */
export function ActPanel({ directive }: { readonly directive: Directive }) {
  const { say } = useWords();
  const [open, setOpen] = useState<ActKey | null>(null);
  const allowed: readonly string[] = directive.allowed;
  const acts = (Object.keys(actForms) as ActKey[]).filter((act) => allowed.includes(act));
  const heading = <h2 id="acts">{say('page.acts')}</h2>;
  if (acts.length === 0)
    return (
      <section className="card card-body no-print" aria-labelledby="acts">
        {heading}
        <p className="act-none">{say('page.noActs')}</p>
        <p className="soft small">{say('page.noActsHint')}</p>
      </section>
    );
  const shown = open !== null && acts.includes(open) ? open : null;
  const main = acts.find((act) => actForms[act].tone === 'main');
  return (
    <section className="card card-body no-print" aria-labelledby="acts">
      {heading}
      <div className="acts">
        {acts.map((act) => (
          <Button
            key={act}
            variant={act === main ? 'filled' : 'default'}
            onClick={() => setOpen(act === shown ? null : act)}
            aria-expanded={act === shown}
            {...(actForms[act].tone === 'grave' && { c: 'var(--bad)' })}
          >
            {say(actWords(act).name)}
          </Button>
        ))}
      </div>
      {shown && (
        <ActForm
          key={shown}
          act={shown}
          directive={directive}
          done={() => setOpen(null)}
          close={() => setOpen(null)}
        />
      )}
    </section>
  );
}
