import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { refreshAll } from '../api/queries';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

/** "Chromium, Linux" of what a browser says of itself; as it stands where nothing is known in it. */
function browserIn(userAgent: string): string {
  const first = (known: readonly (readonly [RegExp, string])[]) =>
    known.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = first([
    [/Edg\//, 'Edge'],
    [/coc_coc/i, 'Cốc Cốc'],
    [/Firefox\//, 'Firefox'],
    [/Chrom(e|ium)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = first([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return [browser, system].filter(Boolean).join(', ') || userAgent.slice(0, 60);
}

/** Where somebody is logged in, oneself or the holder of an account, and how to end it there. */
export function OpenSessions({ account }: { readonly account: string | null }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const query = useQuery({
    queryKey: ['sessions', account],
    queryFn: async () =>
      (
        await answerOf(
          account === null
            ? client.GET('/api/v1/auth/sessions')
            : client.GET('/api/v1/auth/accounts/{id}/sessions', { params: { path: { id: account } } }),
        )
      ).items,
  });
  const end = useMutation({
    mutationFn: (session: string) =>
      answerOf(
        account === null
          ? client.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id: session } } })
          : client.DELETE('/api/v1/auth/accounts/{id}/sessions/{session}', {
              params: { path: { id: account, session } },
            }),
      ),
    onSettled: () => refreshAll(),
  });
  return (
    <div className="stack-tight">
      <Reading query={query} lines={1}>
        {(items) =>
          items.length === 0 ? (
            <p className="soft small">{say('sessions.none')}</p>
          ) : (
            <ul className="stack-tight">
              {items.map(({ id, lastSeenAt, address, userAgent, current }) => (
                <li key={id} className="side-by-side">
                  <span>
                    <span className="row">
                      <strong>{userAgent === null ? (address ?? '') : browserIn(userAgent)}</strong>
                      {current && <Badge tone="good">{say('profile.thisOne')}</Badge>}
                    </span>
                    <span className="small soft">
                      {[say('profile.lastSeen', { time: time.moment(lastSeenAt) }), address]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </span>
                  {!current && (
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={`${say('profile.endSession')}: ${address ?? ''} ${time.moment(lastSeenAt)}`}
                      onClick={() => end.mutate(id)}
                      loading={end.isPending && end.variables === id}
                    >
                      {say('profile.endSession')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
      <ProblemNotice error={end.error} />
    </div>
  );
}
