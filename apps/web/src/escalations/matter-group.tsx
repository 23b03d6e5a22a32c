import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act';
import type { Matter } from '../api/client';
import { Icon } from '../look/icon';
import { useWords } from '../words/words';
import { DecideForm } from './decide-form';
import { DecisionCard } from './decision-card';
import { decisionForms, type DecisionForm } from './decision-forms';
import { sendDecisions, undoDecisions } from './send-decision';
import { useDecided } from './use-held';

/** Everything of one agency: each by itself, or several at once by the same decision. */
export function MatterGroup({ matter: { agency, escalations } }: { readonly matter: Matter }) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const isSeveral = escalations.length > 1;
  return (
    <section className="matters" aria-labelledby={`agency-${agency.id}`}>
      <div className="group-head matters-head">
        <Icon name="people" />
        <h2 id={`agency-${agency.id}`}>{agency.name}</h2>
        <span className="badge">{escalations.length}</span>
        {isSeveral && !isOpen && (
          <Button variant="default" size="compact-sm" className="matters-all" onClick={() => setOpen(true)}>
            {say('decisions.together')}
          </Button>
        )}
      </div>
      {isOpen && isSeveral && (
        <Together matter={{ agency, escalations, since: '' }} close={() => setOpen(false)} />
      )}
      <ul className="matters-list">
        {escalations.map((escalation) => (
          <DecisionCard key={escalation.id} escalation={escalation} />
        ))}
      </ul>
    </section>
  );
}

/** Those that are the same for every directive. */
const forms: readonly DecisionForm[] = decisionForms.filter(({ isForSeveral }) => isForSeveral);

function Together({ matter, close }: { readonly matter: Matter; readonly close: () => void }) {
  const { say, told, sayCode } = useWords();
  const decided = useDecided();
  const all = matter.escalations;
  const [left, setLeft] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState(forms[0]?.decision ?? '');
  const form = forms.find(({ decision }) => decision === chosen);
  const ids = all.map(({ id }) => id).filter((id) => !left.includes(id));
  const send = useAct(sendDecisions, ({ items }, { decision }) => {
    const done = items.flatMap((item) => (item.decided ? [item.decided] : []));
    if (done.length > 0) decided(done, 'decision', decision, () => undoDecisions(done.map(({ id }) => id)));
    if (items.every(({ refused }) => refused === null)) close();
  });
  const refusals = (send.data?.items ?? []).flatMap(({ escalation, refused }) =>
    refused ? [{ refused, text: all.find(({ id }) => id === escalation)?.directive.text ?? '' }] : [],
  );
  if (!form) return null;
  return (
    <div className="card card-body matters-together">
      <DecideForm
        key={chosen}
        title={say('decisions.togetherTitle', { agency: matter.agency.name })}
        fields={form.fields}
        error={send.error}
        isSending={send.isPending}
        decide={(body) => {
          if (ids.length > 0) send.mutate({ escalations: ids, decision: chosen, body });
        }}
        close={close}
      >
        <fieldset className="matters-ticks">
          <legend>{say('decisions.chosen', { count: ids.length, total: all.length })}</legend>
          {all.map(({ id, directive }) => (
            <Checkbox
              key={id}
              label={directive.text}
              checked={!left.includes(id)}
              onChange={(event) => {
                const isIn = event.currentTarget.checked;
                setLeft((before) => (isIn ? before.filter((one) => one !== id) : [...before, id]));
              }}
            />
          ))}
        </fieldset>
        <NativeSelect
          label={say('decisions.which')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={forms.map(({ decision }) => ({ value: decision, label: sayCode('decision', decision) }))}
        />
        {refusals.length > 0 && (
          <div className="notice tone-bad" role="alert">
            <Icon name="alert" />
            <ul>
              {refusals.map(({ text, refused }) => (
                <li key={text}>
                  <strong>{told(refused)}</strong> {text}
                </li>
              ))}
            </ul>
          </div>
        )}
      </DecideForm>
    </div>
  );
}
