import { type ReactNode, type SubmitEvent, useState } from 'react';
import { bodyOf, type FieldValue, missingOf } from '../acts/act-body';
import { ActFieldInput } from '../acts/act-field-input';
import type { ActField } from '../acts/act-forms';
import { ApiProblem } from '../api/problem';
import { FormButtons } from '../look/form-buttons';
import { ProblemNotice } from '../look/problem-notice';
import { useWords } from '../words/words';

interface Props {
  readonly title: string;
  readonly fields: readonly ActField[];
  readonly error: Error | null;
  readonly isSending: boolean;
  readonly decide: (body: object) => void;
  readonly close: () => void;
  readonly children?: ReactNode;
}

/** What a decision needs to be told, and the two ways out of it. */
export function DecideForm({ title, fields, error, isSending, decide, close, children }: Props) {
  const { say, told } = useWords();
  const [values, setValues] = useState<Record<string, FieldValue>>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const lacking = missingOf(fields, values);
    setMissing(lacking);
    if (lacking.length === 0) decide(bodyOf(fields, values) ?? {});
  };
  const refused = error instanceof ApiProblem ? error : null;
  const errorOf = (path: string) => {
    if (missing.includes(path) && missingOf(fields, values).includes(path)) return say('field.required');
    const [named] = [
      ...(refused?.errorsOf(path) ?? []),
      ...(refused?.errorsOf(path.split('.')[0] ?? '') ?? []),
    ];
    return named ? told(named) : null;
  };
  return (
    <form className="act-form stack" onSubmit={submit} aria-label={title} noValidate>
      <h3>{title}</h3>
      {children}
      {fields.map((field) => (
        <ActFieldInput
          key={field.path}
          field={field}
          value={values[field.path] ?? ''}
          error={errorOf(field.path)}
          change={(value) => setValues((before) => ({ ...before, [field.path]: value }))}
        />
      ))}
      <ProblemNotice error={error} shown={fields.map(({ path }) => path)} />
      <FormButtons submit={say('decisions.confirm')} isLoading={isSending} close={close} />
    </form>
  );
}
