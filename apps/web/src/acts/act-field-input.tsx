import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { agenciesQuery, peopleQuery } from '../api/queries';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { FieldValue } from './act-body';
import type { ActField } from './act-forms';
import { FileField } from './file-field';

interface Props {
  readonly field: ActField;
  readonly value: FieldValue;
  readonly error: string | null;
  readonly change: (value: FieldValue) => void;
}

export function ActFieldInput({ field: { kind, label, isRequired }, value, error, change }: Props) {
  const { say } = useWords();
  const time = useOfficeTime();
  const { data: agencies = [] } = useQuery(agenciesQuery);
  const { data: people = [] } = useQuery({ ...peopleQuery, enabled: kind === 'person' });
  const text = typeof value === 'string' ? value : '';
  const common = {
    label: isRequired ? say(label) : `${say(label)} (${say('word.optional')})`,
    error,
    required: isRequired ?? false,
    withAsterisk: false,
  };
  const choice = {
    ...common,
    searchable: true,
    clearable: !isRequired,
    nothingFoundMessage: say('field.noMatch'),
  };
  const inForce = agencies
    .filter((agency) => agency.inForce)
    .map(({ id, name }) => ({ value: id, label: name }));
  switch (kind) {
    case 'words':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={10}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'line':
      return <TextInput {...common} value={text} onChange={(event) => change(event.currentTarget.value)} />;
    case 'time':
      return (
        <TextInput
          {...common}
          type="time"
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          description={text === '' ? undefined : time.day(text)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
      );
    case 'agency':
    case 'one-agency':
      return (
        <Select
          {...choice}
          data={inForce}
          value={text === '' ? null : text}
          onChange={(chosen) => change(chosen ?? '')}
          placeholder={say('field.choose')}
        />
      );
    case 'agencies':
      return (
        <MultiSelect
          {...choice}
          data={inForce}
          value={typeof value === 'string' ? [] : [...value]}
          onChange={change}
          placeholder={say('field.choose')}
        />
      );
    case 'person':
      return (
        <Select
          {...choice}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={text === '' ? null : text}
          onChange={(chosen) => change(chosen ?? '')}
          placeholder={say('field.choose')}
        />
      );
    case 'file':
      return <FileField label={common.label} kept={change} />;
  }
}
