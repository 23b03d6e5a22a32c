import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { installationQuery, refreshAll } from '../api/queries';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { SandboxDate } from './sandbox-date';

type Move = 'day' | 'event' | { readonly date: string };

/** When an office that keeps usual hours is open; only where the clock of a sandbox goes, no rule. */
const MORNING = 'T08:00:00';

function moved(how: Move, offset: string): Promise<{ now: string }> {
  if (how === 'event') return answerOf(client.POST('/api/v1/sandbox/clock/next'));
  const body = how === 'day' ? { by: '1wd' } : { to: `${how.date}${MORNING}${offset}` };
  return answerOf(client.POST('/api/v1/sandbox/clock/advance', { body }));
}

/** In a sandbox only: what time it is, and the buttons that move it. */
export function SandboxBar() {
  const { say, told, language } = useWords();
  const { data: installation } = useQuery(installationQuery);
  const time = useOfficeTime();
  const move = useMutation({
    mutationFn: (how: Move) => moved(how, time.offset),
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
  const button = (how: 'day' | 'event', long: string, short: string) => (
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
        <SandboxDate
          today={time.dateOf(installation.now)}
          isBusy={move.isPending}
          isMoving={move.isPending && typeof move.variables === 'object'}
          go={(date) => move.mutate({ date })}
        />
      </span>
    </section>
  );
}
