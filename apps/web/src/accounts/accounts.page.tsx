import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { accountsQuery } from '../administration/admin-queries';
import { RecordForm } from '../administration/record-form';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { peopleQuery, refreshAll } from '../api/queries';
import type { components } from '../api/schema';
import { PageHead } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { OpenSessions } from './open-sessions';
import { ShownOnce } from './shown-once';
import { Tokens } from './tokens';
import '../administration/admin.css';

type Account = components['schemas']['AccountsDto']['items'][number];
type Secret = components['schemas']['AccountSecretDto'];

/** How people log in: accounts are made, locked and reset here, their passwords never seen. */
export default function AccountsPage() {
  const { say } = useWords();
  const time = useOfficeTime();
  const [secret, setSecret] = useState<Secret | null>(null);
  const accounts = useQuery(accountsQuery);
  const { data: people = [] } = useQuery(peopleQuery);
  const known = new Set(accounts.data?.map(({ person }) => person));
  return (
    <>
      <PageHead title={say('nav.accounts')} lead={say('accounts.lead')} />
      <div className="two-sides">
        <Reading query={accounts}>
          {(items) => (
            <ul className="card record-list">
              {items.map((account) => (
                <AccountRow key={account.id} account={account} given={setSecret} />
              ))}
            </ul>
          )}
        </Reading>
        <div className="side stack">
          {secret && (
            <ShownOnce
              title={say('accounts.secret', { login: secret.account.login })}
              hint={say('accounts.secretHint', { time: time.moment(secret.expiresAt) })}
              secret={secret.secret}
            />
          )}
          {accounts.data && (
            <div className="card">
              <RecordForm
                key={secret?.account.id ?? 'first'}
                title="accounts.new"
                submit="accounts.new"
                said="accounts.done"
                fields={[
                  {
                    path: 'person',
                    label: 'accounts.person',
                    kind: 'choice',
                    isRequired: true,
                    options: people
                      .filter(({ id }) => !known.has(id))
                      .map(({ id, name }) => ({ value: id, label: name })),
                  },
                  { path: 'login', label: 'accounts.login', kind: 'line', isRequired: true },
                ]}
                send={(body) =>
                  answerOf(
                    client.POST('/api/v1/auth/accounts', { body: body as { person: string; login: string } }),
                  )
                }
                done={setSecret}
              />
            </div>
          )}
        </div>
      </div>
    </>
  );
}

/** What is looked up only when somebody wants to see it. */
function OnOpening({ summary, children }: { readonly summary: string; readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="record-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="small">{summary}</summary>
      {isOpen && children}
    </details>
  );
}

type Act = 'renew' | 'disable' | 'enable' | 'unlock';

interface RowProps {
  readonly account: Account;
  readonly given: (secret: Secret) => void;
}

function AccountRow({ account, given }: RowProps) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const { data: people = [] } = useQuery(peopleQuery);
  const [sure, setSure] = useState<Act | null>(null);
  const params = { path: { id: account.id } };
  const act = useMutation({
    mutationFn: async (what: Act) => {
      if (what === 'renew')
        given(await answerOf(client.POST('/api/v1/auth/accounts/{id}/renew', { params })));
      else await answerOf(client.POST(`/api/v1/auth/accounts/{id}/${what}`, { params }));
    },
    onSuccess: async () => {
      setSure(null);
      await refreshAll();
      notifications.show({ color: 'green', message: say('accounts.done') });
    },
  });
  const offices = people.find(({ id }) => id === account.person)?.offices ?? [];
  const button = (what: Act) => (
    <Button
      variant="default"
      size="compact-sm"
      loading={act.isPending && act.variables === what}
      aria-label={`${say(sure === what ? 'accounts.sure' : `accounts.${what}`)}: ${account.login}`}
      onClick={() => {
        // Both end sessions at once: a slip of the hand should not.
        if ((what === 'renew' || what === 'disable') && sure !== what) setSure(what);
        else act.mutate(what);
      }}
      onBlur={() => setSure(null)}
    >
      {say(sure === what ? 'accounts.sure' : `accounts.${what}`)}
    </Button>
  );
  return (
    <li>
      <span className="row spread">
        <span className="row">
          <strong>{account.name}</strong>
          <span className="soft">{account.login}</span>
        </span>
        <span className="row">
          {account.kind === 'service' && (
            <Badge tone="info" icon="key">
              {say('accounts.service')}
            </Badge>
          )}
          {account.secondFactor && (
            <Badge tone="good" icon="shield">
              {say('accounts.factor')}
            </Badge>
          )}
          {account.lockedUntil !== null && (
            <Badge tone="bad" icon="lock">
              {say('accounts.locked', { time: time.moment(account.lockedUntil) })}
            </Badge>
          )}
          {!account.enabled ? (
            <Badge tone="bad" icon="lock">
              {say('accounts.disabled')}
            </Badge>
          ) : account.active || account.kind === 'service' ? (
            <Badge tone="good" icon="check">
              {say('accounts.active')}
            </Badge>
          ) : (
            <Badge tone="warn" icon="hourglass">
              {say('accounts.inactive')}
            </Badge>
          )}
        </span>
      </span>
      <span className="row spread">
        <span className="small soft">
          {offices.length === 0
            ? say('office.noOffice')
            : [...new Set(offices.map(({ role }) => sayCode('role', role)))].join(', ')}
        </span>
        <span className="row">
          {account.lockedUntil !== null && button('unlock')}
          {account.kind === 'person' && button('renew')}
          {account.enabled ? button('disable') : button('enable')}
        </span>
      </span>
      <OnOpening summary={say(account.kind === 'service' ? 'accounts.tokens' : 'accounts.sessions')}>
        {account.kind === 'service' ? <Tokens account={account.id} /> : <OpenSessions account={account.id} />}
      </OnOpening>
      <ProblemNotice error={act.error} />
    </li>
  );
}
