import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { delegationsQuery } from '../administration/admin-queries';
import { RecordForm } from '../administration/record-form';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { refreshAll } from '../api/queries';
import { PageHead } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { useMe } from '../session/session';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { OpenSessions } from './open-sessions';
import { SecondFactor } from './second-factor';
import { Tokens } from './tokens';
import '../administration/admin.css';

/** What people see to themselves: password, second factor, sessions, tokens, delegation. */
export default function ProfilePage() {
  const { say, sayCode } = useWords();
  const me = useMe();
  return (
    <>
      <PageHead
        title={say('nav.profile')}
        lead={[me.name, ...new Set(me.offices.map(({ role }) => sayCode('role', role)))].join(', ')}
      />
      <div className="two-sides">
        <div className="stack">
          <Delegations />
          <Sessions />
          <section className="card card-body stack-tight" aria-labelledby="my-tokens">
            <h2 id="my-tokens">{say('profile.tokens')}</h2>
            <Tokens account={null} />
          </section>
        </div>
        <div className="stack">
          <section className="card">
            <RecordForm
              title="profile.password"
              hint="profile.passwordHint"
              submit="profile.password"
              said="profile.passwordDone"
              fields={[
                {
                  path: 'current',
                  label: 'profile.current',
                  kind: 'secret',
                  isRequired: true,
                  autoComplete: 'current-password',
                },
                {
                  path: 'password',
                  label: 'profile.next',
                  kind: 'secret',
                  isRequired: true,
                  autoComplete: 'new-password',
                },
              ]}
              send={(body) =>
                answerOf(
                  client.POST('/api/v1/auth/password', {
                    body: body as { current: string; password: string },
                  }),
                )
              }
              done={() => undefined}
            />
          </section>
          <SecondFactor />
        </div>
      </div>
    </>
  );
}

function Sessions() {
  const { say } = useWords();
  return (
    <section className="card card-body stack-tight" aria-labelledby="my-sessions">
      <h2 id="my-sessions">{say('profile.sessions')}</h2>
      <OpenSessions account={null} />
    </section>
  );
}

function Delegations() {
  const { say } = useWords();
  const time = useOfficeTime();
  const me = useMe();
  const query = useQuery(delegationsQuery);
  const end = useMutation({
    mutationFn: ({ id, revision }: { id: string; revision: number }) =>
      answerOf(
        client.POST('/api/v1/delegations/{id}/end', {
          params: {
            path: { id },
            header: { 'Idempotency-Key': crypto.randomUUID(), 'If-Match': `"${revision}"` },
          },
          body: { reason: null },
        }),
      ),
    onSettled: () => refreshAll(),
  });
  return (
    <section className="card" aria-labelledby="my-delegations">
      <div className="card-body stack-tight">
        <h2 id="my-delegations">{say('profile.delegation')}</h2>
        <Reading query={query} lines={1}>
          {(all) => {
            const mine = all.filter(({ from, to }) => from.id === me.person || to.id === me.person);
            if (mine.length === 0) return <p className="soft small">{say('profile.noDelegation')}</p>;
            return (
              <ul className="stack-tight">
                {mine.map(({ id, revision, from, to, start, end: last, reason, endedAt }) => (
                  <li key={id} className="side-by-side">
                    <span>
                      <strong>
                        {from.id === me.person
                          ? say('profile.givenTo', { name: to.name })
                          : say('profile.takenFrom', { name: from.name })}
                      </strong>
                      <span className="small soft">
                        {' '}
                        {time.shortDay(start)} – {time.shortDay(last)}
                        {reason !== null && `, ${reason}`}
                      </span>
                    </span>
                    {endedAt === null && from.id === me.person && revision > 0 && (
                      <Button
                        variant="default"
                        size="compact-sm"
                        loading={end.isPending && end.variables.id === id}
                        onClick={() => end.mutate({ id, revision })}
                      >
                        {say('profile.endDelegation')}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            );
          }}
        </Reading>
        <ProblemNotice error={end.error} />
      </div>
      <RecordForm
        title="profile.delegate"
        hint="profile.delegateHint"
        submit="profile.delegate"
        said="profile.delegated"
        fields={[
          { path: 'to', label: 'profile.delegateTo', kind: 'person', isRequired: true },
          { path: 'start', label: 'profile.start', kind: 'date', isRequired: true },
          { path: 'end', label: 'profile.end', kind: 'date', isRequired: true },
          { path: 'reason', label: 'field.reason', kind: 'line' },
        ]}
        send={(body, { key }) =>
          answerOf(
            client.POST('/api/v1/delegations', {
              params: { header: { 'Idempotency-Key': key } },
              body: body as { to: string; start: string; end: string; reason: null },
            }),
          )
        }
        done={() => undefined}
      />
    </section>
  );
}
