import { Button, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { AgenciesPicker, AgencyPicker } from '../acts/agency-picker';
import { useAct } from '../api/act';
import { ApiProblem } from '../api/problem';
import { installationQuery, peopleQuery, queryClient, resolvedQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { plainFilter } from '../look/plain-filter';
import { ProblemNotice } from '../look/problem-notice';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { DeadlineWords } from './deadline-words';
import { type ByHand, type ItemByHand, sendByHand } from './send-by-hand';
import './intake.css';
import './by-hand.css';

const kinds = ['oral', 'note', 'letter', 'notice'] as const;
const urgencies = ['normal', 'urgent', 'very-urgent', 'immediate'] as const;
const leaders = ['chair', 'vice-chair'];

type Writing = Omit<ItemByHand, 'deadline'> & {
  readonly id: number;
  readonly phrase: string;
  readonly date: string;
};

const blank = (id: number): Writing => ({
  id,
  text: '',
  lead: [],
  coordinating: [],
  urgency: 'normal',
  phrase: '',
  date: '',
});

/** Directives that no document brought: who gave them, when, and each with its lead and deadline. */
export default function ByHandPage() {
  const { say } = useWords();
  const time = useOfficeTime();
  const { data: installation } = useQuery(installationQuery);
  const [givenOn, setGivenOn] = useState<string | null>(null);
  const today = installation ? time.dateOf(installation.now) : '';
  return (
    <>
      <Link to="/intake" className="draft-back no-print">
        <Icon name="left" size={16} />
        {say('intake.title')}
      </Link>
      <PageHead title={say('hand.title')} lead={say('hand.lead')} />
      <Form givenOn={givenOn ?? today} setGivenOn={setGivenOn} />
    </>
  );
}

interface FormProps {
  readonly givenOn: string;
  readonly setGivenOn: (date: string) => void;
}

function Form({ givenOn, setGivenOn }: FormProps) {
  const { say, told, sayCode } = useWords();
  const time = useOfficeTime();
  const go = useNavigate();
  const { data: people = [] } = useQuery(peopleQuery);
  const [kind, setKind] = useState<(typeof kinds)[number]>('oral');
  const [givenBy, setGivenBy] = useState<string | null>(null);
  const [reference, setReference] = useState('');
  const [note, setNote] = useState('');
  const [items, setItems] = useState<readonly Writing[]>([blank(0)]);
  const [isTried, setTried] = useState(false);
  const send = useAct(sendByHand, ({ draft, assigned, error }) => {
    if (assigned !== null)
      notifications.show({ color: 'green', message: say('hand.done', { count: assigned }) });
    // What was not taken stands in its draft, with the reasons beside it.
    void go(assigned === null ? `/intake/${draft}` : '/directives?order=assigned', {
      ...(error && { state: { problem: told(error.words) } }),
    });
  });
  const change = (id: number, more: Partial<Writing>) =>
    setItems((before) => before.map((one) => (one.id === id ? { ...one, ...more } : one)));
  const isLacking = givenBy === null || givenOn === '' || items.some(({ text }) => text.trim() === '');
  const submit = async (isConfirmed: boolean) => {
    setTried(true);
    if (isLacking || send.isPending) return;
    const body: ByHand = {
      source: { kind, givenBy, givenOn, note: note.trim() || null, reference: reference.trim() || null },
      items: await Promise.all(
        items.map(async ({ text, lead, coordinating, urgency, phrase, date }) => ({
          text,
          lead,
          coordinating,
          urgency,
          deadline: await deadlineOf({ phrase: phrase.trim(), date }, givenOn, lead[0] ?? null),
        })),
      ),
    };
    send.mutate({ body, isConfirmed });
  };
  const refused = send.error instanceof ApiProblem ? send.error : null;
  const errorOf = (field: string, isEmpty: boolean) => {
    if (isTried && isEmpty) return say('field.required');
    const [named] = refused?.errorsOf(field) ?? [];
    return named ? told(named) : null;
  };
  const shown = [
    ...['source.givenBy', 'source.givenOn', 'source.reference', 'source.note'],
    ...items.flatMap((_, index) =>
      ['text', 'lead', 'coordinating', 'deadline'].map((name) => `items[${index}].${name}`),
    ),
  ];
  return (
    <form
      className="stack by-hand"
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        void submit(true);
      }}
    >
      <section className="card card-body stack" aria-labelledby="source">
        <h2 id="source">{say('hand.source')}</h2>
        <div className="by-hand-row">
          <NativeSelect
            label={say('hand.kind')}
            data={kinds.map((code) => ({ value: code, label: sayCode('source', code) }))}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as (typeof kinds)[number])}
          />
          <Select
            label={say('hand.givenBy')}
            placeholder={say('field.choose')}
            searchable
            filter={plainFilter()}
            nothingFoundMessage={say('field.noMatch')}
            data={people
              .filter(({ offices }) => offices.some(({ role }) => leaders.includes(role)))
              .map(({ id, name, offices }) => ({
                value: id,
                label: `${name} – ${sayCode('role', offices.find(({ role }) => leaders.includes(role))?.role ?? '')}`,
              }))}
            value={givenBy}
            onChange={setGivenBy}
            error={errorOf('source.givenBy', givenBy === null)}
          />
          <TextInput
            type="date"
            label={say('hand.givenOn')}
            value={givenOn}
            onChange={(event) => setGivenOn(event.currentTarget.value)}
            error={errorOf('source.givenOn', givenOn === '')}
            description={givenOn === '' ? undefined : time.day(givenOn)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          <TextInput
            label={`${say('hand.reference')} (${say('word.optional')})`}
            value={reference}
            maxLength={60}
            onChange={(event) => setReference(event.currentTarget.value)}
            error={errorOf('source.reference', false)}
            description={say('hand.referenceHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        </div>
        <Textarea
          label={`${say('hand.note')} (${say('word.optional')})`}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={errorOf('source.note', false)}
        />
      </section>
      {items.map((item, index) => (
        <section key={item.id} className="card card-body stack" aria-labelledby={`item-${item.id}`}>
          <div className="row spread">
            <h2 id={`item-${item.id}`}>{say('hand.item', { number: index + 1 })}</h2>
            {items.length > 1 && (
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={say('hand.removeItem', { number: index + 1 })}
                onClick={() => setItems((before) => before.filter(({ id }) => id !== item.id))}
              >
                <Icon name="close" size={16} />
              </Button>
            )}
          </div>
          <Textarea
            label={say('draft.text')}
            autosize
            minRows={2}
            maxRows={12}
            value={item.text}
            error={errorOf(`items[${index}].text`, item.text.trim() === '')}
            onChange={(event) => change(item.id, { text: event.currentTarget.value })}
          />
          <div className="by-hand-row">
            <AgencyPicker
              label={say('draft.lead')}
              value={item.lead[0] ?? null}
              onChange={(id) => change(item.id, { lead: id === null ? [] : [id] })}
              error={errorOf(`items[${index}].lead`, false)}
              clearable
            />
            <AgenciesPicker
              label={`${say('draft.coordinating')} (${say('word.optional')})`}
              value={[...item.coordinating]}
              onChange={(coordinating) => change(item.id, { coordinating })}
              error={errorOf(`items[${index}].coordinating`, false)}
            />
            <NativeSelect
              label={say('draft.urgency')}
              data={urgencies.map((code) => ({ value: code, label: sayCode('urgency', code) }))}
              value={item.urgency}
              onChange={(event) =>
                change(item.id, { urgency: event.currentTarget.value as Writing['urgency'] })
              }
            />
          </div>
          <DeadlineWords
            phrase={item.phrase}
            date={item.date}
            from={givenOn}
            lead={item.lead[0] ?? null}
            error={errorOf(`items[${index}].deadline`, false)}
            change={(deadline) => change(item.id, deadline)}
          />
        </section>
      ))}
      <Button
        variant="default"
        className="self-start"
        onClick={() => setItems((before) => [...before, blank((before.at(-1)?.id ?? 0) + 1)])}
      >
        {say('hand.addItem')}
      </Button>
      <ProblemNotice error={send.error} shown={shown} />
      <div className="row by-hand-send">
        <Button type="submit" size="md" loading={send.isPending}>
          {say('hand.assign', { count: items.length })}
        </Button>
        <Button size="md" variant="default" disabled={send.isPending} onClick={() => void submit(false)}>
          {say('hand.draft')}
        </Button>
      </div>
    </form>
  );
}

/** The words with the day that they mean; a day that was chosen goes before what the words mean. */
async function deadlineOf(
  { phrase, date }: { readonly phrase: string; readonly date: string },
  from: string,
  lead: string | null,
): Promise<ItemByHand['deadline']> {
  if (phrase === '' && date === '') return null;
  if (date !== '' || phrase === '') return { phrase: phrase || null, date };
  const resolved = await queryClient.query(resolvedQuery(phrase, from, lead)).catch(() => null);
  return { phrase, date: resolved?.date ?? null };
}
