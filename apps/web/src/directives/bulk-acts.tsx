import { Button, Progress } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { bodyOf, type FieldValue, missingOf } from '../acts/act-body';
import { ActFieldInput } from '../acts/act-field-input';
import { actForms } from '../acts/act-forms';
import { type ActKey, actWords } from '../acts/act-words-of';
import { sendAct } from '../acts/send-act';
import { once } from '../api/act';
import type { DirectiveRow } from '../api/client';
import { ApiProblem } from '../api/problem';
import { allowedQuery, refreshAll } from '../api/queries';
import { Dialog } from '../look/dialog';
import { FormButtons } from '../look/form-buttons';
import { Icon } from '../look/icon';
import { useWords } from '../words/words';
import type { Selection } from './selection';

/** Acts that mean the same for each of many; what needs words of its own for each is done one by one. */
const many: readonly ActKey[] = [
  'accept',
  'verify',
  'approve-report',
  'urge',
  'extend',
  'set-deadline',
  'reassign',
  'send-back',
  'suspend',
  'resume',
  'move-rules',
  'cancel',
];

type Outcome = 'waiting' | 'sending' | 'done' | Error;

interface Task {
  readonly directive: DirectiveRow;
  readonly revision: number;
  /** The same at every attempt: sent twice, it is done once. */
  readonly key: string;
}

/** How many are on their way at once. */
const ABREAST = 3;

interface Props {
  readonly directives: readonly DirectiveRow[];
  readonly selection: Selection;
}

/** What can be done with all that are chosen; each has its own answer. */
export function BulkActs({ directives, selection }: Props) {
  const { say } = useWords();
  const [open, setOpen] = useState<{ readonly act: ActKey; readonly tasks: readonly Task[] } | null>(null);
  const { data: allowed = [], isFetching } = useQuery({
    ...allowedQuery(selection.ids),
    placeholderData: keepPreviousData,
  });
  const mayOf = (act: ActKey) =>
    allowed.filter(({ id, allowed: acts }) => selection.has(id) && (acts as readonly string[]).includes(act));
  const offered = many.filter((act) => mayOf(act).length > 0);
  const begin = (act: ActKey) => {
    const tasks = mayOf(act).flatMap(({ id, revision }) => {
      const directive = directives.find((one) => one.id === id);
      return directive ? [{ directive, revision, key: crypto.randomUUID() }] : [];
    });
    setOpen({ act, tasks });
  };
  return (
    <>
      {selection.size > 0 && (
        <section className="bulk no-print" aria-label={say('bulk.title')}>
          <strong role="status">{say('bulk.chosen', { count: selection.size })}</strong>
          <span className="row bulk-acts">
            {offered.map((act) => (
              <Button key={act} size="compact-sm" variant="default" onClick={() => begin(act)}>
                {say(actWords(act).name)}
                {mayOf(act).length < selection.size && ` (${mayOf(act).length})`}
              </Button>
            ))}
            {offered.length === 0 && (
              <span className="soft">{say(isFetching ? 'state.loading' : 'bulk.nothing')}</span>
            )}
          </span>
          <Button size="compact-sm" variant="subtle" onClick={() => selection.set([])}>
            {say('bulk.none')}
          </Button>
        </section>
      )}
      {open && (
        <Dialog
          title={say('bulk.doing', { act: say(actWords(open.act).name), count: open.tasks.length })}
          close={() => setOpen(null)}
        >
          <BulkForm
            act={open.act}
            tasks={open.tasks}
            left={selection.size - open.tasks.length}
            close={() => {
              setOpen(null);
              selection.set([]);
            }}
          />
        </Dialog>
      )}
    </>
  );
}

interface FormProps {
  readonly act: ActKey;
  readonly tasks: readonly Task[];
  readonly left: number;
  readonly close: () => void;
}

function BulkForm({ act, tasks, left, close }: FormProps) {
  const { say, told } = useWords();
  const { fields, tone } = actForms[act];
  const [values, setValues] = useState<Record<string, FieldValue>>({});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome> | null>(null);
  const isBusy = useRef(false);
  const put = (id: string, outcome: Outcome) =>
    setOutcomes((before) => new Map(before ?? []).set(id, outcome));
  const sendAll = async (chosen: readonly Task[]) => {
    if (isBusy.current) return;
    isBusy.current = true;
    for (const { directive } of chosen) put(directive.id, 'waiting');
    const queue = [...chosen];
    const body = bodyOf(fields, values);
    const work = async () => {
      for (let task = queue.shift(); task; task = queue.shift()) {
        const { directive, revision, key } = task;
        put(directive.id, 'sending');
        try {
          await once(() => sendAct({ path: `/directives/${directive.id}/${act}`, revision, body }, { key }));
          put(directive.id, 'done');
        } catch (error) {
          put(directive.id, error instanceof Error ? error : new Error(String(error)));
        }
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, work));
    isBusy.current = false;
    await refreshAll();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const lacking = missingOf(fields, values);
    setMissing(lacking);
    if (lacking.length === 0) void sendAll(tasks);
  };
  const all = [...(outcomes?.values() ?? [])];
  const done = all.filter((one) => one === 'done').length;
  const failed = tasks.filter(({ directive }) => outcomes?.get(directive.id) instanceof Error);
  const lost = failed.filter(({ directive }) => {
    const error = outcomes?.get(directive.id);
    return error instanceof ApiProblem && error.isUnreachable;
  });
  const isOver = outcomes !== null && done + failed.length === tasks.length;
  if (outcomes !== null)
    return (
      <div className="stack">
        <div role="status">
          <p>
            <strong>
              {say(isOver ? 'bulk.over' : 'bulk.sending', {
                done,
                count: tasks.length,
                failed: failed.length,
              })}
            </strong>
          </p>
          {!isOver && (
            <Progress
              value={((done + failed.length) / tasks.length) * 100}
              aria-label={say('bulk.sending', { done, count: tasks.length, failed: failed.length })}
            />
          )}
        </div>
        {failed.length > 0 && (
          <ul className="bulk-failed">
            {failed.map(({ directive }) => {
              const error = outcomes.get(directive.id);
              return (
                <li key={directive.id}>
                  <Icon name="alert" />
                  <span>
                    <Link to={`/directives/${directive.id}`}>{directive.name}</Link>{' '}
                    {error instanceof ApiProblem ? told(error.words) : say('state.crashed')}
                  </span>
                </li>
              );
            })}
          </ul>
        )}
        {isOver && (
          <div className="row">
            {lost.length > 0 && (
              <Button onClick={() => void sendAll(lost)}>{say('bulk.again', { count: lost.length })}</Button>
            )}
            <Button variant="default" onClick={close}>
              {say('word.close')}
            </Button>
          </div>
        )}
      </div>
    );
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="soft">{say(actWords(act).hint)}</p>
      {left > 0 && <p className="soft small">{say('bulk.left', { count: left })}</p>}
      {fields.map((field) => (
        <ActFieldInput
          key={field.path}
          field={field}
          value={values[field.path] ?? ''}
          error={missing.includes(field.path) ? say('field.required') : null}
          change={(value) => {
            setMissing((before) => before.filter((path) => path !== field.path));
            setValues((before) => ({ ...before, [field.path]: value }));
          }}
        />
      ))}
      <FormButtons
        submit={say('bulk.do', { act: say(actWords(act).name), count: tasks.length })}
        isGrave={tone === 'grave'}
        close={close}
      />
    </form>
  );
}
