import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { AgenciesPicker } from '../acts/agency-picker';
import type { DraftItem } from '../api/client';
import { FormButtons } from '../look/form-buttons';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { DraftWork } from './use-draft';

const kinds = ['task', 'standing', 'guidance'] as const;
const urgencies = ['normal', 'urgent', 'very-urgent', 'immediate'] as const;

interface Props {
  readonly item: DraftItem;
  readonly work: DraftWork;
  readonly close: () => void;
}

export function DraftItemForm({ item, work, close }: Props) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const [text, setText] = useState(item.text);
  const [lead, setLead] = useState<string[]>([...item.lead]);
  const [coordinating, setCoordinating] = useState<string[]>([...item.coordinating]);
  const [date, setDate] = useState(item.deadline?.date ?? '');
  const [urgency, setUrgency] = useState<DraftItem['urgency']>(item.urgency);
  const [kind, setKind] = useState<DraftItem['kind']>(item.kind);
  const frame = useRef<HTMLFormElement>(null);
  // Whoever began by the keyboard goes on by the keyboard.
  useEffect(() => frame.current?.querySelector('textarea')?.focus(), []);
  const phrase = item.deadline?.phrase ?? null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const deadline = date === '' && phrase === null ? null : { phrase, date: date === '' ? null : date };
    work.edit(
      [{ op: 'edit', item: item.id, set: { text, lead, coordinating, deadline, urgency, kind } }],
      close,
    );
  };
  return (
    <form ref={frame} className="stack" onSubmit={submit}>
      <Textarea
        label={say('draft.text')}
        autosize
        minRows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <AgenciesPicker
        label={say('draft.lead')}
        value={lead}
        onChange={setLead}
        {...(item.leadNames.length > 0 && {
          description: say('draft.leadNamed', { names: item.leadNames.join(', ') }),
        })}
      />
      <AgenciesPicker label={say('draft.coordinating')} value={coordinating} onChange={setCoordinating} />
      <div className="draft-form-row">
        <TextInput
          type="date"
          label={say('draft.deadline')}
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
          description={
            phrase !== null
              ? say('draft.deadlinePhrase', { phrase })
              : date === ''
                ? undefined
                : time.day(date)
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        <NativeSelect
          label={say('draft.kind')}
          data={kinds.map((code) => ({ value: code, label: sayCode('kind', code) }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as DraftItem['kind'])}
        />
        <NativeSelect
          label={say('draft.urgency')}
          data={urgencies.map((code) => ({ value: code, label: sayCode('urgency', code) }))}
          value={urgency}
          onChange={(event) => setUrgency(event.currentTarget.value as DraftItem['urgency'])}
        />
      </div>
      <FormButtons submit={say('word.save')} isLoading={work.isBusy} close={close} />
    </form>
  );
}
