import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { type Sending, useAct } from '../api/act';
import { client } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';
import type { components } from '../api/schema';
import { FormButtons } from '../look/form-buttons';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { DayKind } from './calendar-shape';
import { Touched } from './touched';

type Order = components['schemas']['EnterOrderDto'];

interface DayRow {
  readonly key: number;
  readonly date: string;
  readonly kind: DayKind;
  readonly vi: string;
  readonly en: string;
  readonly inPlaceOf: string;
}

const kinds: readonly DayKind[] = ['holiday', 'make-up-off', 'worked'];

interface Props {
  readonly id: string;
  readonly year: number;
  /** Whether the organization keeps other calendars, for which it may count as well. */
  readonly hasOthers: boolean;
  readonly close: () => void;
}

const enter = ({ id, order }: { id: string; order: Order }, { key }: Sending) =>
  answerOf(
    client.POST('/api/v1/calendars/{id}/orders', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: order,
    }),
  );

/** The official notice of a year: what it orders is seen before it counts, with the deadlines that it touches. */
export function NoticeForm({ id, year, hasOthers, close }: Props) {
  const { say, sayCode, told } = useWords();
  const time = useOfficeTime();
  const [head, setHead] = useState({ number: '', issuer: '', issuedOn: '', note: '', withdraws: '' });
  const [isComplete, setComplete] = useState(true);
  const [isForAll, setForAll] = useState(hasOthers);
  const [rows, setRows] = useState<readonly DayRow[]>([blankRow(0)]);
  const [previewed, setPreviewed] = useState('');
  const order: Order = {
    notice: {
      number: head.number,
      issuer: head.issuer,
      issuedOn: head.issuedOn === '' ? null : head.issuedOn,
    },
    year,
    complete: isComplete,
    everywhere: hasOthers && isForAll,
    days: rows
      .filter(({ date }) => date !== '')
      .map(({ date, kind, vi, en, inPlaceOf }) => ({
        date,
        kind,
        name: { vi, en: en === '' ? vi : en },
        ...(inPlaceOf !== '' && { inPlaceOf }),
      })),
    ...(head.withdraws !== '' && { withdraws: head.withdraws.split(/[\s,;]+/).filter(Boolean) }),
    note: head.note,
  };
  const asked = JSON.stringify(order);
  const preview = useMutation({
    mutationFn: ({ note: _note, ...body }: Order) =>
      answerOf(client.POST('/api/v1/calendars/{id}/orders/preview', { params: { path: { id } }, body })),
    onSuccess: () => setPreviewed(asked),
  });
  const send = useAct(enter, () => {
    notifications.show({ color: 'green', message: say('calendar.entered') });
    close();
  });
  const isSeen = previewed === asked && preview.data !== undefined;
  const refused = [send.error, preview.error].find((error) => error instanceof ApiProblem);
  const shown: string[] = [];
  const errorOf = (field: string) => {
    shown.push(field);
    const [named] = refused?.errorsOf(field) ?? [];
    return named ? told(named) : null;
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isSeen) send.mutate({ id, order });
    else {
      send.reset();
      preview.mutate(order);
    }
  };
  const change = (key: number, part: Partial<DayRow>) =>
    setRows((all) => all.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const text = (name: keyof typeof head) => ({
    value: head[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setHead((before) => ({ ...before, [name]: value }));
    },
  });
  const sent = rows.filter(({ date }) => date !== '');
  return (
    <form className="card card-body stack" onSubmit={submit} aria-label={say('calendar.enter')} noValidate>
      <div>
        <h2>{say('calendar.enterFor', { year })}</h2>
        <p className="small soft">{say('calendar.enterHint')}</p>
      </div>
      <div className="notice-head">
        <TextInput label={say('calendar.number')} {...text('number')} error={errorOf('notice.number')} />
        <TextInput label={say('calendar.issuer')} {...text('issuer')} error={errorOf('notice.issuer')} />
        <TextInput
          type="date"
          label={`${say('calendar.issuedOn')} (${say('word.optional')})`}
          {...text('issuedOn')}
          error={errorOf('notice.issuedOn')}
        />
      </div>
      <fieldset className="notice-days">
        <legend>{say('calendar.ordered')}</legend>
        {rows.map((row, index) => {
          const at = `days[${sent.indexOf(row)}]`;
          const name = (label: string) => `${label}, ${say('calendar.dayNumber', { number: index + 1 })}`;
          return (
            <div key={row.key} className="notice-day">
              <TextInput
                type="date"
                label={say('calendar.date')}
                aria-label={name(say('calendar.date'))}
                value={row.date}
                onChange={(event) => change(row.key, { date: event.currentTarget.value })}
                error={errorOf(`${at}.date`)}
                description={
                  row.date === '' ? undefined : <span className="capital">{time.day(row.date)}</span>
                }
                inputWrapperOrder={['label', 'input', 'description', 'error']}
              />
              <NativeSelect
                label={say('calendar.kind')}
                aria-label={name(say('calendar.kind'))}
                data={kinds.map((value) => ({ value, label: sayCode('dayKind', value) }))}
                value={row.kind}
                onChange={(event) => change(row.key, { kind: event.currentTarget.value as DayKind })}
              />
              <TextInput
                label={say('calendar.name')}
                aria-label={name(say('calendar.name'))}
                value={row.vi}
                onChange={(event) => change(row.key, { vi: event.currentTarget.value })}
                error={errorOf(`${at}.name.vi`)}
              />
              <TextInput
                label={say('calendar.nameEn')}
                aria-label={name(say('calendar.nameEn'))}
                value={row.en}
                onChange={(event) => change(row.key, { en: event.currentTarget.value })}
              />
              <TextInput
                type="date"
                label={say('calendar.for')}
                aria-label={name(say('calendar.for'))}
                value={row.inPlaceOf}
                onChange={(event) => change(row.key, { inPlaceOf: event.currentTarget.value })}
                error={errorOf(`${at}.inPlaceOf`)}
              />
              <Button
                variant="subtle"
                color="gray"
                disabled={rows.length === 1}
                aria-label={name(say('calendar.removeDay'))}
                onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
              >
                <Icon name="close" />
              </Button>
            </div>
          );
        })}
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setRows([...rows, blankRow((rows.at(-1)?.key ?? 0) + 1)])}
        >
          {say('calendar.addDay')}
        </Button>
      </fieldset>
      <TextInput
        label={`${say('calendar.withdraws')} (${say('word.optional')})`}
        description={say('calendar.withdrawsHint')}
        {...text('withdraws')}
        error={errorOf('withdraws[0]')}
      />
      <Checkbox
        label={say('calendar.complete', { year })}
        checked={isComplete}
        onChange={(event) => setComplete(event.currentTarget.checked)}
      />
      {hasOthers && (
        <Checkbox
          label={say('calendar.everywhere')}
          checked={isForAll}
          onChange={(event) => setForAll(event.currentTarget.checked)}
        />
      )}
      <Textarea label={say('calendar.note')} autosize minRows={2} {...text('note')} error={errorOf('note')} />
      {isSeen && <Touched touched={preview.data.touched} />}
      <ProblemNotice error={preview.error ?? send.error} shown={shown} />
      <FormButtons
        submit={say(isSeen ? 'calendar.putInForce' : 'calendar.preview')}
        isLoading={preview.isPending || send.isPending}
        isSending={send.isPending}
        close={close}
      />
    </form>
  );
}

function blankRow(key: number): DayRow {
  return { key, date: '', kind: 'holiday', vi: '', en: '', inPlaceOf: '' };
}
