import { Button, Textarea, TextInput } from '@mantine/core';
import type { DirectiveChoices } from '../api/client';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { PartValue } from './act-body';
import { AgenciesPicker } from './agency-picker';

interface Props {
  readonly label: string;
  readonly parts: readonly PartValue[];
  readonly choices: DirectiveChoices | undefined;
  readonly error: string | null;
  readonly change: (parts: readonly PartValue[]) => void;
}

/** To whom a directive is handed on, with words and a day of their own where they differ. */
export function PartsField({ label, parts, choices, error, change }: Props) {
  const { say } = useWords();
  const time = useOfficeTime();
  const subordinates = choices?.subordinates ?? [];
  const nameOf = (id: string) => subordinates.find((one) => one.id === id)?.name ?? id;
  const choose = (leads: readonly string[]) =>
    change(leads.map((lead) => parts.find((part) => part.lead === lead) ?? { lead, text: '', date: '' }));
  const set = (lead: string, more: Partial<PartValue>) =>
    change(parts.map((part) => (part.lead === lead ? { ...part, ...more } : part)));
  if (choices && subordinates.length === 0)
    return (
      <div className="notice tone-plain" role="note">
        <Icon name="people" />
        <p>{say('field.noSubordinates')}</p>
      </div>
    );
  return (
    <>
      <AgenciesPicker
        label={label}
        only={subordinates.map(({ id }) => id)}
        value={parts.map(({ lead }) => lead)}
        onChange={choose}
        error={error}
        required
        withAsterisk={false}
      />
      {subordinates.length > parts.length && subordinates.length > 1 && (
        <Button
          variant="subtle"
          size="compact-sm"
          className="self-start"
          onClick={() => choose(subordinates.map(({ id }) => id))}
        >
          {say('field.allSubordinates', { count: subordinates.length })}
        </Button>
      )}
      {parts.map(({ lead, text, date }) => (
        <fieldset key={lead} className="part">
          <legend>{nameOf(lead)}</legend>
          <Textarea
            label={`${say('field.partText')} (${say('word.optional')})`}
            autosize
            minRows={1}
            maxRows={8}
            value={text}
            onChange={(event) => set(lead, { text: event.currentTarget.value })}
          />
          <TextInput
            label={`${say('field.partDate')} (${say('word.optional')})`}
            type="date"
            value={date}
            onChange={(event) => set(lead, { date: event.currentTarget.value })}
            description={date === '' ? undefined : time.day(date)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        </fieldset>
      ))}
    </>
  );
}
