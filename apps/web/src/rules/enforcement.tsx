import { Button, Checkbox, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Link } from 'react-router';
import { type Sending, useAct } from '../api/act';
import { client } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';
import { ProblemNotice } from '../look/problem-notice';
import { Lines } from '../look/reading';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { RulesCheck, RulesPreview } from './rules-shape';

interface Props {
  readonly document: string;
  readonly next: RulesCheck;
  readonly done: (version: number) => void;
}

const putInForce = (body: { document: string; note: string }, { key }: Sending) =>
  answerOf(client.POST('/api/v1/working-rules', { body, params: { header: { 'Idempotency-Key': key } } }));

/** First what it would do, then why; only then is a text put in force. */
export function Enforcement({ document, next, done }: Props) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  const [note, setNote] = useState('');
  const [isSure, setSure] = useState(false);
  const [wasTried, setTried] = useState(false);
  const preview = useMutation({
    mutationFn: () =>
      answerOf(client.POST('/api/v1/working-rules/preview', { body: { document, most: 50 } })),
  });
  const enforce = useAct(putInForce, ({ version }) => {
    notifications.show({ color: 'green', message: say('rulesEditor.done', { version }) });
    done(version);
  });
  if (!preview.data)
    return (
      <div className="stack-tight">
        <Button
          variant="default"
          loading={preview.isPending}
          onClick={() => preview.mutate()}
          className="self-start"
        >
          {say('rulesEditor.preview')}
        </Button>
        {preview.isPending && <Lines count={2} />}
        <ProblemNotice error={preview.error} />
      </div>
    );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (isSure && note.trim() !== '') enforce.mutate({ document, note });
  };
  const [named] = enforce.error instanceof ApiProblem ? enforce.error.errorsOf('note') : [];
  const noteError = named ? told(named) : wasTried && note.trim() === '' ? say('field.required') : null;
  return (
    <div className="stack">
      <Effect preview={preview.data} />
      <form
        className="card card-body stack"
        onSubmit={submit}
        aria-label={say('rulesEditor.enforce')}
        noValidate
      >
        <Textarea
          label={say('rulesEditor.note')}
          description={say('rulesEditor.noteHint')}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={noteError}
          required
          withAsterisk={false}
        />
        <Checkbox
          label={say('rulesEditor.confirm', { next: next.next, date: time.shortDay(next.validFrom) })}
          checked={isSure}
          onChange={(event) => setSure(event.currentTarget.checked)}
          error={wasTried && !isSure ? say('field.required') : null}
        />
        <ProblemNotice error={enforce.error} shown={['note']} />
        <Button type="submit" loading={enforce.isPending} className="self-start">
          {say('rulesEditor.enforce')}
        </Button>
      </form>
    </div>
  );
}

function Effect({ preview: { ifMoved } }: { readonly preview: RulesPreview }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const { totals, items, leftOff } = ifMoved;
  const counts = (['rungsAdded', 'rungsDropped', 'rungsMoved', 'rungsChanged'] as const)
    .filter((name) => totals[name] > 0)
    .map((name) => say(`rulesEditor.${name}`, { count: totals[name] }));
  return (
    <div className="stack-tight">
      <h2>{say('rulesEditor.effect')}</h2>
      <p className="small soft">{say('rulesEditor.effectHint')}</p>
      <p>
        <strong>
          {say('rulesEditor.open', { count: totals.open })},{' '}
          {say('rulesEditor.changed', { count: totals.changed })}
        </strong>
        {counts.length > 0 && ` (${counts.join(', ')})`}
      </p>
      {items.length > 0 && (
        <ul className="card rule-changes">
          {items.map(({ id, name, rules, nearDue, returnBy, rungs }) => (
            <li key={id}>
              <span className="row spread">
                <Link to={`/directives/${id}`}>{name}</Link>
                <span className="small soft">{rules}</span>
              </span>
              <ul className="small effect-rungs">
                {nearDue && (
                  <li>
                    {say('rulesEditor.nearDueMoved', {
                      from: time.moment(nearDue.from),
                      to: time.moment(nearDue.to),
                    })}
                  </li>
                )}
                {returnBy && (
                  <li>
                    {say('rulesEditor.returnMoved', {
                      from: time.moment(returnBy.from),
                      to: time.moment(returnBy.to),
                    })}
                  </li>
                )}
                {(['added', 'dropped', 'moved', 'changed'] as const).flatMap((change) =>
                  rungs[change].map((rung) => (
                    <li key={`${change} ${rung.id}`}>
                      {say(`rulesEditor.${change}Rung`, { rung: rung.id })}: {time.moment(rung.at)},{' '}
                      {rung.article}
                    </li>
                  )),
                )}
              </ul>
            </li>
          ))}
        </ul>
      )}
      {leftOff > 0 && <p className="small soft">{say('rulesEditor.leftOff', { count: leftOff })}</p>}
    </div>
  );
}
