import { Radio, Select, Textarea, TextInput } from '@mantine/core';
import type { DirectiveChoices } from '../api/client';
import { plainFilter } from '../look/plain-filter';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { type FieldValue, isParts } from './act-body';
import type { ActField } from './act-forms';
import { AgenciesPicker, AgencyPicker } from './agency-picker';
import { DirectivePicker } from './directive-picker';
import { FileField } from './file-field';
import { PartsField } from './parts-field';

interface Props {
  readonly field: ActField;
  readonly value: FieldValue;
  readonly error: string | null;
  readonly choices?: DirectiveChoices | undefined;
  readonly change: (value: FieldValue) => void;
}

export function ActFieldInput({ field, value, error, choices, change }: Props) {
  const { kind, label, isRequired } = field;
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const text = typeof value === 'string' ? value : '';
  const many = typeof value === 'string' || isParts(value) ? [] : [...value];
  const common = {
    label: isRequired ? say(label) : `${say(label)} (${say('word.optional')})`,
    error,
    required: isRequired ?? false,
    withAsterisk: false,
  };
  const typed = { ...common, value: text };
  const chosen = {
    ...common,
    value: text === '' ? null : text,
    onChange: (id: string | null) => change(id ?? ''),
    clearable: !isRequired,
  };
  switch (kind) {
    case 'words':
      return (
        <Textarea
          {...typed}
          autosize
          minRows={3}
          maxRows={10}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'line':
      return <TextInput {...typed} onChange={(event) => change(event.currentTarget.value)} />;
    case 'time':
      return <TextInput {...typed} type="time" onChange={(event) => change(event.currentTarget.value)} />;
    case 'date':
      return (
        <TextInput
          {...typed}
          type="date"
          onChange={(event) => change(event.currentTarget.value)}
          description={text === '' ? undefined : time.day(text)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
      );
    case 'agency':
    case 'one-agency':
      return <AgencyPicker {...chosen} />;
    case 'agencies':
      return <AgenciesPicker {...common} value={many} onChange={change} />;
    case 'asked':
      return (
        <AgenciesPicker
          {...common}
          only={(choices?.coordinating ?? []).map(({ id }) => id)}
          value={many}
          onChange={change}
        />
      );
    case 'person':
      return (
        <Select
          {...chosen}
          searchable
          filter={plainFilter()}
          nothingFoundMessage={say('field.noMatch')}
          placeholder={say('field.choose')}
          data={(choices?.people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    case 'directive':
      return <DirectivePicker {...chosen} />;
    case 'parts':
      return (
        <PartsField
          label={common.label}
          error={error}
          choices={choices}
          parts={isParts(value) ? value : []}
          change={change}
        />
      );
    case 'choice':
      return (
        <Radio.Group {...common} value={text} onChange={change}>
          <div className="stack-tight choice">
            {(field.choices?.codes ?? []).map((code) => (
              <Radio key={code} value={code} label={sayCode(field.choices?.family ?? '', code)} />
            ))}
          </div>
        </Radio.Group>
      );
    case 'file':
      return <FileField label={common.label} kept={change} />;
  }
}
