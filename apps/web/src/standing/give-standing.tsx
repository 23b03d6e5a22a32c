import { Checkbox, Select, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { AgenciesPicker, AgencyPicker } from '../acts/agency-picker';
import { useAct } from '../api/act';
import { client } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';
import { peopleQuery, periodicReportsQuery } from '../api/queries';
import { FormButtons } from '../look/form-buttons';
import { plainFilter } from '../look/plain-filter';
import { ProblemNotice } from '../look/problem-notice';
import { useWords } from '../words/words';

interface Standing {
  readonly text: string;
  readonly lead: readonly string[];
  readonly coordinating: readonly string[];
  readonly assigningLeader: string | null;
  readonly reports: readonly string[];
}

const leaders = ['chair', 'vice-chair'];

export function GiveStanding({ close }: { readonly close: () => void }) {
  const { say, told } = useWords();
  const { data: people = [] } = useQuery(peopleQuery);
  const { data: reports = [] } = useQuery(periodicReportsQuery);
  const [text, setText] = useState('');
  const [lead, setLead] = useState<string | null>(null);
  const [coordinating, setCoordinating] = useState<string[]>([]);
  const [leader, setLeader] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [isTried, setTried] = useState(false);
  const give = useAct(
    (body: Standing, { key }) =>
      answerOf(
        client.POST('/api/v1/standing-directives', {
          params: { header: { 'Idempotency-Key': key } },
          body: body as never,
        }),
      ),
    () => {
      notifications.show({ color: 'green', message: say('standing.given') });
      close();
    },
  );
  const refused = give.error instanceof ApiProblem ? give.error : null;
  const errorOf = (field: string, isEmpty: boolean) => {
    if (isTried && isEmpty) return say('field.required');
    const [named] = [...(refused?.errorsOf(field) ?? []), ...(refused?.errorsWithin(field) ?? [])];
    return named ? told(named) : null;
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (text.trim() === '' || lead === null || chosen.length === 0) return;
    give.mutate({ text, lead: [lead], coordinating, assigningLeader: leader, reports: chosen });
  };
  return (
    <form className="card card-body stack give-standing" onSubmit={submit} noValidate>
      <div>
        <h2>{say('standing.give')}</h2>
        <p className="soft small">{say('standing.giveHint')}</p>
      </div>
      <Textarea
        label={say('draft.text')}
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        error={errorOf('text', text.trim() === '')}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <AgencyPicker
        label={say('draft.lead')}
        value={lead}
        onChange={setLead}
        error={errorOf('lead', lead === null)}
      />
      <AgenciesPicker
        label={`${say('draft.coordinating')} (${say('word.optional')})`}
        value={coordinating}
        onChange={setCoordinating}
        error={errorOf('coordinating', false)}
      />
      <Select
        label={`${say('hand.givenBy')} (${say('word.optional')})`}
        placeholder={say('field.choose')}
        searchable
        clearable
        filter={plainFilter()}
        nothingFoundMessage={say('field.noMatch')}
        data={people
          .filter(({ offices }) => offices.some(({ role }) => leaders.includes(role)))
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={leader}
        onChange={setLeader}
        error={errorOf('assigningLeader', false)}
      />
      <Checkbox.Group
        label={say('standing.reports')}
        value={chosen}
        onChange={setChosen}
        error={errorOf('reports', chosen.length === 0)}
      >
        <div className="stack-tight choice">
          {reports.map(({ id, title }) => (
            <Checkbox key={id} value={id} label={told(title)} />
          ))}
        </div>
      </Checkbox.Group>
      <ProblemNotice
        error={give.error}
        shown={['text', 'lead', 'coordinating', 'assigningLeader', 'reports']}
      />
      <FormButtons submit={say('standing.give')} isLoading={give.isPending} close={close} />
    </form>
  );
}
