import { PasswordInput, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SubmitEvent, useState } from 'react';
import { type Sending, useAct } from '../api/act';
import { ApiProblem } from '../api/problem';
import { bodyOf, type FieldValue, type FormValues, missingOf } from '../acts/act-body';
import { ActFieldInput } from '../acts/act-field-input';
import type { ActField } from '../acts/act-forms';
import { FormButtons } from '../look/form-buttons';
import { ProblemNotice } from '../look/problem-notice';
import { useWords, type WordKey } from '../words/words';

/** A field of a form that is data; `choice` has its options beside it, `secret` is not shown. */
export interface RecordField extends Omit<ActField, 'kind'> {
  readonly kind: ActField['kind'] | 'choice' | 'secret';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly autoComplete?: string;
}

interface Props<T> {
  readonly title: WordKey;
  readonly hint?: WordKey;
  readonly submit: WordKey;
  readonly fields: readonly RecordField[];
  readonly values?: FormValues;
  readonly isGrave?: boolean;
  readonly send: (body: object, sending: Sending) => Promise<T>;
  /** Said when the server has answered. */
  readonly said?: WordKey;
  readonly done: (answer: T) => void;
  readonly close?: () => void;
}

const asActField = ({ path, label, isRequired }: RecordField): ActField => ({
  path,
  label,
  kind: 'line',
  ...(isRequired && { isRequired }),
});

/** Asks for what an act needs. What was typed stays until the server has said that it is done. */
export function RecordForm<T>(props: Props<T>) {
  const { title, hint, submit, fields, values: begun = {}, isGrave, send, said, done, close } = props;
  const { say, told } = useWords();
  const [values, setValues] = useState<Record<string, FieldValue>>({ ...begun });
  const [missing, setMissing] = useState<readonly string[]>([]);
  const asked = fields.map(asActField);
  const act = useAct(send, (answer) => {
    if (said) notifications.show({ color: 'green', message: say(said) });
    done(answer);
  });
  const refused = act.error instanceof ApiProblem ? act.error : null;
  const errorOf = (path: string) => {
    if (missing.includes(path) && missingOf(asked, values).includes(path)) return say('field.required');
    const [named] = refused?.errorsOf(path) ?? [];
    return named ? told(named) : null;
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const lacking = missingOf(asked, values);
    setMissing(lacking);
    if (lacking.length === 0) act.mutate(bodyOf(asked, values) ?? {});
  };
  const change = (path: string) => (value: FieldValue) =>
    setValues((before) => ({ ...before, [path]: value }));
  return (
    <form className="record-form stack" onSubmit={onSubmit} aria-label={say(title)} noValidate>
      <div>
        <h2>{say(title)}</h2>
        {hint && <p className="soft small">{say(hint)}</p>}
      </div>
      {fields.map((field) => (
        <RecordFieldInput
          key={field.path}
          field={field}
          value={values[field.path] ?? ''}
          error={errorOf(field.path)}
          change={change(field.path)}
        />
      ))}
      <ProblemNotice error={unlessBeside(act.error, fields)} shown={fields.map(({ path }) => path)} />
      <FormButtons submit={say(submit)} isGrave={isGrave} isLoading={act.isPending} close={close} />
    </form>
  );
}

/** The problem, unless all that it says stands beside the fields already. */
export function unlessBeside(
  error: Error | null,
  fields: readonly { readonly path: string }[],
): Error | null {
  const named = error instanceof ApiProblem ? (error.body?.errors ?? []) : [];
  const isBeside = named.length > 0 && named.every(({ field }) => fields.some(({ path }) => path === field));
  return isBeside ? null : error;
}

interface InputProps {
  readonly field: RecordField;
  readonly value: FieldValue;
  readonly error: string | null;
  readonly change: (value: FieldValue) => void;
}

function RecordFieldInput({ field, value, error, change }: InputProps) {
  const { say } = useWords();
  const { kind, label, isRequired = false, options = [], autoComplete } = field;
  const text = typeof value === 'string' ? value : '';
  const common = {
    label: isRequired ? say(label) : `${say(label)} (${say('word.optional')})`,
    error,
    required: isRequired,
    withAsterisk: false,
  };
  switch (kind) {
    case 'choice':
      return (
        <Select
          {...common}
          data={[...options]}
          value={text === '' ? null : text}
          onChange={(chosen) => change(chosen ?? '')}
          placeholder={say('field.choose')}
          searchable
          clearable={!isRequired}
          nothingFoundMessage={say('field.noMatch')}
        />
      );
    case 'secret':
      return (
        <PasswordInput
          {...common}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          autoComplete={autoComplete ?? 'off'}
        />
      );
    default:
      return <ActFieldInput field={{ ...field, kind }} value={value} error={error} change={change} />;
  }
}
