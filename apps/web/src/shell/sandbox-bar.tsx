import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { installationQuery, refreshAll } from '../api/queries';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

type Move = 'day' | 'event';

const moves: Readonly<Record<Move, () => Promise<{ now: string }>>> = {
  day: () => answerOf(client.POST('/api/v1/sandbox/clock/advance', { body: { by: '1wd' } })),
  event: () => answerOf(client.POST('/api/v1/sandbox/clock/next')),
};

/** In a sandbox only: what time it is, and the buttons that move it. */
export function SandboxBar() {
  const { say, told, language } = useWords();
  const { data: installation } = useQuery(installationQuery);
  const time = useOfficeTime();
  const move = useMutation({
    mutationFn: (how: Move) => moves[how](),
    onSuccess: async ({ now }) => {
      await refreshAll();
      notifications.show({ message: say('sandbox.moved', { time: time.clock(now) }), autoClose: 4_000 });
    },
    onError: (error) => {
      const words = 'words' in error ? (error.words as { vi: string; en: string }) : null;
      notifications.show({ color: 'red', message: words ? told(words) : say('state.crashed') });
    },
  });
  if (installation?.mode !== 'sandbox') return null;
  const button = (how: Move, long: string, short: string) => (
    <Button
      size="compact-sm"
      variant="white"
      color="dark"
      className="sandbox-button"
      onClick={() => move.mutate(how)}
      loading={move.isPending && move.variables === how}
      disabled={move.isPending}
      leftSection={<Icon name={how === 'day' ? 'right' : 'forward'} size={15} />}
    >
      <span className="wide-only">{long}</span>
      <span className="narrow-only">{short}</span>
    </Button>
  );
  return (
    <section className="sandbox no-print" aria-label={say('sandbox.label')} lang={language}>
      <span className="sandbox-time">
        <span className="sandbox-mode">{say('sandbox.mode')}</span>
        <time aria-live="polite">
          {move.isPending ? say('sandbox.moving') : time.clock(installation.now)}
        </time>
      </span>
      <span className="row sandbox-buttons">
        {button('day', say('sandbox.nextDay'), say('sandbox.nextDayShort'))}
        {button('event', say('sandbox.nextEvent'), say('sandbox.nextEventShort'))}
      </span>
    </section>
  );
}
