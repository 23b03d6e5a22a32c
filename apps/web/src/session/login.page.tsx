import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { client, type Installation } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';
import { installationQuery, meQuery, queryClient } from '../api/queries';
import { Icon } from '../look/icon';
import { useWindowTitle } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { LanguageSwitch, ThemeSwitch } from '../shell/preferences';
import { useWords } from '../words/words';
import { TourStart } from '../tour/tour-start';
import './login.css';

type LogIn = Installation['logIns'][number];

/** One of each role, to begin with. */
const FIRST_ROLES = ['chair', 'clerk', 'staff', 'vice-chair', 'agency-head', 'administrator'];

function firstOfEachRole(logIns: readonly LogIn[]): LogIn[] {
  const found = FIRST_ROLES.map((role) => logIns.find(({ offices }) => offices[0]?.role === role));
  return found.filter((one) => one !== undefined);
}

export function LoginPage() {
  const { say } = useWords();
  const { data: installation } = useQuery(installationQuery);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  useWindowTitle(say('login.title'));
  const enter = useMutation({
    mutationFn: (body: { login: string; password: string; code?: string }) =>
      answerOf(client.POST('/api/v1/auth/login', { body })),
    onSuccess: async () => {
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    enter.mutate({ login, password, ...(code !== '' && { code }) });
  };
  const wantsCode = enter.error instanceof ApiProblem && enter.error.code.includes('second-factor');
  const logIns = installation?.logIns ?? [];
  const first = firstOfEachRole(logIns);
  const others = logIns.filter((one) => !first.includes(one));
  const offer = (one: LogIn) => (
    <SampleAccount
      key={one.login}
      account={one}
      isBusy={enter.isPending}
      enter={(who) => enter.mutate(who)}
    />
  );
  return (
    <div className="login">
      <header className="login-head">
        <div className="row">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main className="login-main">
        <div className="login-brand">
          <img src="/icon.svg" alt="" width={52} height={52} />
          <h1>{say('app.name')}</h1>
          <p className="soft">{say('app.tagline')}</p>
        </div>
        <form className="card card-body stack" onSubmit={submit} aria-label={say('login.title')}>
          <TextInput
            label={say('login.login')}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            autoComplete="username"
            autoCapitalize="none"
            size="md"
            required
            withAsterisk={false}
          />
          <PasswordInput
            label={say('login.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            size="md"
            required
            withAsterisk={false}
          />
          {(wantsCode || code !== '') && (
            <TextInput
              label={say('login.code')}
              description={say('login.codeHint')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              autoComplete="one-time-code"
              size="md"
            />
          )}
          <ProblemNotice error={enter.error} />
          <Button type="submit" size="md" loading={enter.isPending}>
            {say('login.submit')}
          </Button>
        </form>
        {logIns.length > 0 && <TourStart />}
        {logIns.length > 0 && (
          <section aria-labelledby="sample-accounts">
            <h2 id="sample-accounts">{say('login.sample')}</h2>
            <p className="soft small">{say('login.sampleHint')}</p>
            <ul className="login-accounts">{first.map(offer)}</ul>
            <details className="login-others">
              <summary>{say('login.others')}</summary>
              <ul className="login-accounts">{others.map(offer)}</ul>
            </details>
          </section>
        )}
      </main>
    </div>
  );
}

interface AccountProps {
  readonly account: LogIn;
  readonly isBusy: boolean;
  readonly enter: (who: { login: string; password: string }) => void;
}

function SampleAccount({ account: { login, password, name, offices }, isBusy, enter }: AccountProps) {
  const { sayCode } = useWords();
  const [office] = offices;
  const role = office ? sayCode('role', office.role) : '';
  return (
    <li>
      <button
        type="button"
        className="login-account"
        disabled={isBusy}
        onClick={() => enter({ login, password })}
      >
        <span className="login-face" aria-hidden="true">
          {name.split(' ').at(-1)?.slice(0, 1)}
        </span>
        <span>
          <strong>{name}</strong>
          <span className="small soft">{office?.agency ? `${role}, ${office.agency}` : role}</span>
        </span>
        <Icon name="right" />
      </button>
    </li>
  );
}
