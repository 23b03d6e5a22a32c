import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { RecordForm } from '../administration/record-form';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { refreshAll } from '../api/queries';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { ShownOnce } from './shown-once';

interface Made {
  readonly name: string;
  readonly token: string;
}

interface WantedToken {
  readonly name: string;
  readonly scopes: string;
  readonly days: string;
}

/** Tokens of oneself, or of a program's account: when each was last used, and how to be rid of it. */
export function Tokens({ account }: { readonly account: string | null }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const query = useQuery({
    queryKey: ['tokens', account],
    queryFn: async () =>
      (
        await answerOf(
          account === null
            ? client.GET('/api/v1/auth/tokens')
            : client.GET('/api/v1/auth/accounts/{id}/tokens', { params: { path: { id: account } } }),
        )
      ).items,
  });
  const revoke = useMutation({
    mutationFn: (token: string) =>
      answerOf(
        account === null
          ? client.DELETE('/api/v1/auth/tokens/{id}', { params: { path: { id: token } } })
          : client.DELETE('/api/v1/auth/accounts/{id}/tokens/{token}', {
              params: { path: { id: account, token } },
            }),
      ),
    onSettled: () => refreshAll(),
  });
  const make = (wanted: WantedToken) => {
    const body = { name: wanted.name, scopes: wanted.scopes.split(' '), days: Number(wanted.days) };
    return answerOf(
      account === null
        ? client.POST('/api/v1/auth/tokens', { body })
        : client.POST('/api/v1/auth/accounts/{id}/tokens', { params: { path: { id: account } }, body }),
    );
  };
  return (
    <div className="stack-tight">
      {made && (
        <ShownOnce
          title={say('tokens.shown', { name: made.name })}
          hint={say('tokens.shownHint')}
          secret={made.token}
        />
      )}
      <Reading query={query} lines={1}>
        {(items) =>
          items.length === 0 ? (
            <p className="soft small">{say('tokens.none')}</p>
          ) : (
            <ul className="stack-tight">
              {items.map(({ id, name, scopes, expiresAt, lastUsedAt }) => (
                <li key={id} className="row spread">
                  <span>
                    <strong>{name}</strong> <code>{scopes.join(' ')}</code>
                    <span className="small soft">
                      {' '}
                      {lastUsedAt === null
                        ? say('tokens.never')
                        : say('tokens.used', { time: time.moment(lastUsedAt) })}
                      , {say('tokens.expires', { time: time.moment(expiresAt) })}
                    </span>
                  </span>
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={`${say('tokens.revoke')}: ${name}`}
                    loading={revoke.isPending && revoke.variables === id}
                    onClick={() => revoke.mutate(id)}
                  >
                    {say('tokens.revoke')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
      <ProblemNotice error={revoke.error} />
      {isMaking ? (
        <RecordForm
          title="tokens.new"
          submit="tokens.new"
          fields={[
            { path: 'name', label: 'tokens.name', kind: 'line', isRequired: true },
            {
              path: 'scopes',
              label: 'tokens.scopes',
              kind: 'choice',
              isRequired: true,
              options: [
                { value: 'read', label: say('tokens.read') },
                { value: 'read act', label: say('tokens.act') },
              ],
            },
            {
              path: 'days',
              label: 'tokens.days',
              kind: 'choice',
              isRequired: true,
              options: ['7', '30', '90', '366'].map((value) => ({ value, label: value })),
            },
          ]}
          values={{ scopes: 'read', days: '90' }}
          send={(body) => make(body as WantedToken)}
          done={(token) => {
            setMade(token);
            setMaking(false);
          }}
          close={() => setMaking(false)}
        />
      ) : (
        <Button variant="default" className="self-start" onClick={() => setMaking(true)}>
          {say('tokens.new')}
        </Button>
      )}
    </div>
  );
}
