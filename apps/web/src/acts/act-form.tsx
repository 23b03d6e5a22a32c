import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SubmitEvent, useState } from 'react';
import { useAct } from '../api/act';
import type { Directive } from '../api/client';
import { ApiProblem } from '../api/problem';
import { ProblemNotice } from '../look/problem-notice';
import { useWords } from '../words/words';
import { bodyOf, type FieldValue, missingOf } from './act-body';
import { ActFieldInput } from './act-field-input';
import { actForms } from './act-forms';
import { type ActKey, actWords } from './act-words-of';
import { sendAct } from './send-act';
import './act-form.css';

interface Props {
  readonly act: ActKey;
  readonly directive: Directive;
  readonly done: () => void;
  readonly close: () => void;
}

/** The form of one act. What was typed stays until the server has said that it is done. */
export function ActForm({ act, directive, done, close }: Props) {
  const { say, told } = useWords();
  const { fields, tone } = actForms[act];
  const words = actWords(act);
  const [values, setValues] = useState<Record<string, FieldValue>>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const send = useAct(sendAct, () => {
    notifications.show({ color: 'green', message: say(words.done) });
    done();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const lacking = missingOf(fields, values);
    setMissing(lacking);
    if (lacking.length > 0) return;
    send.mutate({ directive: directive.id, act, revision: directive.revision, body: bodyOf(fields, values) });
  };
  const refused = send.error instanceof ApiProblem ? send.error : null;
  const errorOf = (path: string) => {
    if (missing.includes(path) && missingOf(fields, values).includes(path)) return say('field.required');
    // A refusal may name the whole ("deadline") where the form asks for its part ("deadline.date").
    const [named] = [
      ...(refused?.errorsOf(path) ?? []),
      ...(refused?.errorsOf(path.split('.')[0] ?? path) ?? []),
    ];
    return named ? told(named) : null;
  };
  return (
    <form className="act-form stack" onSubmit={submit} aria-label={say(words.name)} noValidate>
      <div>
        <h3>{say(words.name)}</h3>
        <p className="soft small">{say(words.hint)}</p>
      </div>
      {fields.map((field) => (
        <ActFieldInput
          key={field.path}
          field={field}
          value={values[field.path] ?? ''}
          error={errorOf(field.path)}
          change={(value) => setValues((before) => ({ ...before, [field.path]: value }))}
        />
      ))}
      <ProblemNotice error={send.error} shown={fields.map(({ path }) => path)} />
      <div className="row">
        <Button type="submit" loading={send.isPending} {...(tone === 'grave' && { color: 'red.9' })}>
          {say(words.name)}
        </Button>
        <Button variant="default" onClick={close} disabled={send.isPending}>
          {say('word.cancel')}
        </Button>
      </div>
    </form>
  );
}
