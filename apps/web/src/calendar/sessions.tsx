import { Button, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SubmitEvent, useState } from 'react';
import { type Sending, useAct } from '../api/act';
import { client } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';
import { FormButtons } from '../look/form-buttons';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { useOfficeTime } from '../time/office-time';
import { type Words, useWords } from '../words/words';
import { type CalendarVersion, contentOf, type Session } from './calendar-shape';
import { Weekdays } from './weekdays';

const hours = ({ periods }: Session) => periods.map(({ opens, closes }) => `${opens}–${closes}`).join(', ');

function seasonOf({ from, to }: Session, { say }: Words, shortDay: (date: string) => string): string {
  if (from === null && to === null) return say('sessions.always');
  return [
    from && say('sessions.fromDay', { date: shortDay(from) }),
    to && say('sessions.toDay', { date: shortDay(to) }),
  ]
    .filter(Boolean)
    .join(' ');
}

interface Props {
  readonly version: CalendarVersion;
  readonly mayWrite: boolean;
}

/** The hours of the office by season, each with the decision that set them. */
export function Sessions({ version, mayWrite }: Props) {
  const words = useWords();
  const { say, sayCode } = words;
  const time = useOfficeTime();
  const [isEditing, setEditing] = useState(false);
  const { sessions } = contentOf(version);
  // A calendar that inherits says only what differs, which is not what is shown here.
  const mayEdit = mayWrite && version.inherits === null;
  return (
    <section className="card card-body stack" aria-labelledby="sessions">
      <div className="row spread">
        <h2 id="sessions">{say('sessions.title')}</h2>
        {mayEdit && !isEditing && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Icon name="edit" size={15} />}
            onClick={() => setEditing(true)}
          >
            {say('sessions.edit')}
          </Button>
        )}
      </div>
      {isEditing ? (
        <SessionsForm version={version} close={() => setEditing(false)} />
      ) : (
        <ul className="session-list">
          {sessions.map((session, index) => (
            <li key={index}>
              <strong>{hours(session)}</strong>
              <span className="small soft">
                {seasonOf(session, words, time.shortDay)}
                {session.days && `, ${session.days.map((day) => sayCode('weekday', String(day))).join(', ')}`}
              </span>
              <span className="small soft">{session.basis}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface Row {
  readonly key: number;
  readonly from: string;
  readonly to: string;
  readonly hours: string;
  readonly basis: string;
  readonly days: readonly number[] | undefined;
}

/** "07:30–11:30, 13:30–17:00" as sessions; what is not of that form is the API's to refuse. */
const periodsOf = (text: string) =>
  text
    .split(/[,;]/)
    .map((part) => part.split(/[–-]/).map((clock) => clock.trim()))
    .filter((part) => part.some((clock) => clock !== ''))
    .map(([opens = '', closes = '']) => ({ opens, closes }));

const put = (
  {
    version,
    note,
    ...hours
  }: {
    readonly version: CalendarVersion;
    readonly sessions: readonly object[];
    readonly restDays: readonly number[];
    readonly note: string;
  },
  { key }: Sending,
) => {
  const { id: _id, version: _version, ...content } = version.calendar;
  return answerOf(
    client.POST('/api/v1/calendars/{id}/versions', {
      params: { path: { id: version.id }, header: { 'Idempotency-Key': key } },
      body: { calendar: { ...content, ...hours }, note },
    }),
  );
};

function SessionsForm({ version, close }: { readonly version: CalendarVersion; readonly close: () => void }) {
  const { say, told } = useWords();
  const [rows, setRows] = useState<readonly Row[]>(() =>
    contentOf(version).sessions.map((session, key) => ({
      key,
      from: session.from ?? '',
      to: session.to ?? '',
      hours: hours(session),
      basis: session.basis,
      days: session.days,
    })),
  );
  const [restDays, setRestDays] = useState(contentOf(version).restDays);
  const [note, setNote] = useState('');
  const send = useAct(put, () => {
    notifications.show({ color: 'green', message: say('sessions.done') });
    close();
  });
  const refused = send.error instanceof ApiProblem ? send.error : null;
  const errorsAt = (start: string) =>
    (refused?.body?.errors ?? []).filter(({ field }) => field === start || field.startsWith(`${start}.`));
  const errorOf = (start: string) => errorsAt(start).map(told)[0] ?? null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const sessions = rows.map(({ from, to, hours: written, basis, days }) => ({
      from: from === '' ? null : from,
      to: to === '' ? null : to,
      ...(days && days.length > 0 && { days }),
      periods: periodsOf(written),
      basis,
    }));
    send.mutate({ version, sessions, restDays, note });
  };
  const change = (key: number, part: Partial<Row>) =>
    setRows((all) => all.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <form className="stack" onSubmit={submit} aria-label={say('sessions.edit')} noValidate>
      <p className="small soft">{say('sessions.hint')}</p>
      {rows.map((row, index) => (
        <fieldset key={row.key} className="session-row">
          <legend>{say('sessions.season', { number: index + 1 })}</legend>
          <TextInput
            label={say('sessions.hours')}
            value={row.hours}
            onChange={(event) => change(row.key, { hours: event.currentTarget.value })}
            error={errorOf(`sessions[${index}].periods`) ?? errorOf(`sessions[${index}]`)}
          />
          <div className="row session-dates">
            <TextInput
              type="date"
              label={`${say('sessions.from')} (${say('word.optional')})`}
              value={row.from}
              onChange={(event) => change(row.key, { from: event.currentTarget.value })}
              error={errorOf(`sessions[${index}].from`)}
            />
            <TextInput
              type="date"
              label={`${say('sessions.to')} (${say('word.optional')})`}
              value={row.to}
              onChange={(event) => change(row.key, { to: event.currentTarget.value })}
              error={errorOf(`sessions[${index}].to`)}
            />
          </div>
          <Weekdays
            label={say('sessions.days')}
            hint={say('sessions.daysHint')}
            value={row.days ?? []}
            change={(days) => change(row.key, { days })}
            error={errorOf(`sessions[${index}].days`)}
          />
          <TextInput
            label={say('sessions.basis')}
            value={row.basis}
            onChange={(event) => change(row.key, { basis: event.currentTarget.value })}
            error={errorOf(`sessions[${index}].basis`)}
          />
          {rows.length > 1 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<Icon name="close" size={15} />}
              onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
            >
              {say('sessions.remove')}
            </Button>
          )}
        </fieldset>
      ))}
      <Button
        variant="default"
        leftSection={<Icon name="plus" size={16} />}
        onClick={() =>
          setRows([
            ...rows,
            { key: (rows.at(-1)?.key ?? 0) + 1, from: '', to: '', hours: '', basis: '', days: undefined },
          ])
        }
      >
        {say('sessions.add')}
      </Button>
      <Weekdays
        label={say('sessions.restDays')}
        value={restDays}
        change={setRestDays}
        error={errorOf('restDays') ?? errorOf('sessions')}
      />
      <Textarea
        label={say('calendar.note')}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={errorOf('note')}
      />
      <ProblemNotice error={send.error} shown={['note']} />
      <FormButtons submit={say('sessions.putInForce')} isLoading={send.isPending} close={close} />
    </form>
  );
}
