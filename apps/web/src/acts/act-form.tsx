import { notifications } from '@mantine/notifications';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useAct } from '../api/act';
import type { DirectiveChoices } from '../api/client';
import { ApiProblem } from '../api/problem';
import { FormButtons } from '../look/form-buttons';
import { ProblemNotice } from '../look/problem-notice';
import { useWords, type WordKey } from '../words/words';
import { bodyOf, type FieldValue, missingOf } from './act-body';
import { ActFieldInput } from './act-field-input';
import type { ActForm as Form } from './act-forms';
import { sendAct } from './send-act';
import './act-form.css';

export interface FormWords {
  readonly name: WordKey;
  readonly hint: WordKey;
  readonly done: WordKey;
}

interface Props {
  readonly form: Form;
  readonly words: FormWords;
  /** Where it is sent, and the revision that it is about. */
  readonly path: string;
  readonly revision?: number;
  /** What is sent besides what is asked for. */
  readonly fixed?: object;
  /** Who can be named, of a directive. */
  readonly choices?: DirectiveChoices | undefined;
  /** What is to be known before sending: what somebody else has done meanwhile. */
  readonly news?: ReactNode;
  /** Whether it takes the focus when it opens: whoever came by the keyboard goes on by the keyboard. */
  readonly isFocused?: boolean;
  readonly done: () => void;
  readonly close: () => void;
}

/** The form of one act. What was typed stays until the server has said that it is done. */
export function ActForm(props: Props) {
  const { form, words, path, revision, fixed, choices, news, isFocused = false, done, close } = props;
  const { fields, tone } = form;
  const { say, told } = useWords();
  const [values, setValues] = useState<Record<string, FieldValue>>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const frame = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (isFocused) frame.current?.querySelector<HTMLElement>('input, textarea, button')?.focus();
  }, [isFocused]);
  const send = useAct(sendAct, () => {
    notifications.show({ color: 'green', message: say(words.done) });
    done();
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const lacking = missingOf(fields, values);
    setMissing(lacking);
    if (lacking.length > 0) return;
    const filled = bodyOf(fields, values);
    const body = fixed || filled ? { ...filled, ...fixed } : undefined;
    send.mutate({ path, body, ...(revision !== undefined && { revision }) });
  };
  const refused = send.error instanceof ApiProblem ? send.error : null;
  const errorOf = (name: string) => {
    if (missing.includes(name) && missingOf(fields, values).includes(name)) return say('field.required');
    // A refusal may name the whole ("deadline") where the form asks for its part ("deadline.date"), or a part of it.
    const [named] = [
      ...(refused?.errorsOf(name) ?? []),
      ...(refused?.errorsOf(name.split('.')[0] ?? name) ?? []),
      ...(refused?.errorsWithin(name) ?? []),
    ];
    return named ? told(named) : null;
  };
  return (
    <form ref={frame} className="act-form stack" onSubmit={submit} aria-label={say(words.name)} noValidate>
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
          choices={choices}
          change={(value) => setValues((before) => ({ ...before, [field.path]: value }))}
        />
      ))}
      <ProblemNotice error={send.error} shown={fields.map((field) => field.path)} />
      {news}
      <FormButtons
        submit={say(words.name)}
        isGrave={tone === 'grave'}
        isLoading={send.isPending}
        close={close}
      />
    </form>
  );
}
