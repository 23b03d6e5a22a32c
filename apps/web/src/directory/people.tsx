import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { RecordForm } from '../administration/record-form';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import type { DirectoryHistory, PersonEntry } from './directory.page';
import { sendTo } from './send-directory';

interface Props {
  readonly directory: DirectoryHistory;
  readonly id?: string;
}

const ROLES = ['clerk', 'staff', 'agency-head', 'vice-chair', 'chair', 'administrator'] as const;

/** Letters without their marks: "Hạnh" is found by "hanh". */
const plain = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLocaleLowerCase('vi');

export function People({ directory, id }: Props) {
  const { say, sayCode } = useWords();
  const go = useNavigate();
  const [words, setWords] = useState('');
  const nameOf = (agency: string | null) => directory.agencies.find((one) => one.id === agency)?.name ?? '';
  const chosen = directory.people.find((person) => person.id === id);
  const shown = directory.people.filter(({ name, login }) =>
    plain(`${name} ${login ?? ''}`).includes(plain(words)),
  );
  return (
    <div className="two-sides">
      <div className="stack-tight">
        <TextInput
          type="search"
          label={say('person.find')}
          leftSection={<Icon name="search" />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {shown.length === 0 ? (
          <EmptyState icon="people" title={say('field.noMatch')} hint={say('person.noneHint')} />
        ) : (
          <ul className="card record-list">
            {shown.map((person) => {
              const now = person.offices.filter((office) => office.now);
              return (
                <li key={person.id}>
                  <span className="row spread">
                    <Link to={`/directory/people/${person.id}`}>{person.name}</Link>
                    {person.login !== null && <span className="small soft">{person.login}</span>}
                  </span>
                  <span className="small soft">
                    {now.length === 0
                      ? say('office.noOffice')
                      : now
                          .map(({ role, agency }) =>
                            [sayCode('role', role), nameOf(agency)].filter(Boolean).join(', '),
                          )
                          .join('; ')}
                  </span>
                </li>
              );
            })}
          </ul>
        )}
      </div>
      <div className="side stack">
        {chosen ? (
          <Chosen key={chosen.id} person={chosen} today={directory.today} nameOf={nameOf} />
        ) : id === undefined ? (
          <div className="card">
            <RecordForm
              title="person.add"
              submit="person.add"
              said="directory.done"
              fields={[
                { path: 'name', label: 'person.name', kind: 'line', isRequired: true },
                { path: 'email', label: 'person.email', kind: 'line' },
              ]}
              send={sendTo('people')}
              done={(made) => void go(`/directory/people/${made.id}`)}
            />
          </div>
        ) : (
          <EmptyState icon="search" title={say('state.notFound')} hint={say('state.notFoundHint')} />
        )}
      </div>
    </div>
  );
}

interface ChosenProps {
  readonly person: PersonEntry;
  readonly today: string;
  readonly nameOf: (agency: string | null) => string;
}

function Chosen({ person, today, nameOf }: ChosenProps) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const [form, setForm] = useState<string | null>(null);
  const close = () => setForm(null);
  const lastDay = { path: 'lastDay', label: 'directory.lastDay', kind: 'date', isRequired: true } as const;
  return (
    <article className="card" aria-labelledby="person-name">
      <div className="card-body stack-tight">
        <Link to="/directory/people" className="small">
          {say('person.add')}
        </Link>
        <h2 id="person-name">{person.name}</h2>
        <p className="small soft">{person.email ?? say('person.noEmail')}</p>
        <ul className="stack-tight">
          {person.offices.map(({ id, role, agency, from, to, now }) => (
            <li key={id} className="row spread">
              <span>
                <span className="row">
                  <strong>{[sayCode('role', role), nameOf(agency)].filter(Boolean).join(', ')}</strong>
                  {!now && <Badge tone="plain">{say('directory.notNow')}</Badge>}
                </span>
                <span className="small soft">
                  {time.shortDay(from)} – {to === null ? say('directory.still') : time.shortDay(to)}
                </span>
              </span>
              {to === null && (
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={`${say('office.end')}: ${sayCode('role', role)}`}
                  onClick={() => setForm(id)}
                >
                  {say('office.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {form === null && (
          <div className="row">
            <Button variant="default" onClick={() => setForm('give')}>
              {say('office.give')}
            </Button>
            <Button variant="default" onClick={() => setForm('change')}>
              {say('person.change')}
            </Button>
          </div>
        )}
      </div>
      {form === 'change' && (
        <RecordForm
          title="person.change"
          submit="word.save"
          said="directory.done"
          fields={[
            { path: 'name', label: 'person.name', kind: 'line', isRequired: true },
            { path: 'email', label: 'person.email', kind: 'line' },
          ]}
          values={{ name: person.name, email: person.email ?? '' }}
          send={sendTo(`people/${person.id}/change`)}
          done={close}
          close={close}
        />
      )}
      {form === 'give' && (
        <RecordForm
          title="office.give"
          submit="office.give"
          said="directory.done"
          fields={[
            {
              path: 'role',
              label: 'office.role',
              kind: 'choice',
              isRequired: true,
              options: ROLES.map((value) => ({ value, label: sayCode('role', value) })),
            },
            { path: 'agency', label: 'office.agency', kind: 'agency' },
            { path: 'from', label: 'office.from', kind: 'date', isRequired: true },
            { path: 'to', label: 'office.to', kind: 'date' },
          ]}
          values={{ from: today }}
          send={sendTo(`people/${person.id}/offices`)}
          done={close}
          close={close}
        />
      )}
      {person.offices.some(({ id }) => id === form) && (
        <RecordForm
          key={form}
          title="office.end"
          submit="office.end"
          said="directory.done"
          isGrave
          fields={[lastDay]}
          values={{ lastDay: today }}
          send={sendTo(`offices/${form ?? ''}/end`)}
          done={close}
          close={close}
        />
      )}
    </article>
  );
}
