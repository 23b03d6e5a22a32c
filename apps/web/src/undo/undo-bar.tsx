import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem } from '../api/problem';
import { refreshAll } from '../api/queries';
import { Icon } from '../look/icon';
import { useWords } from '../words/words';
import { forgetAct, type HeldAct, useHeldAct } from './held-acts';
import './undo-bar.css';

/** Stays on every page for as long as what was done last can be taken back. */
export function UndoBar() {
  const { say } = useWords();
  const held = useHeldAct();
  return (
    <div className="undo-place no-print" role="status" aria-label={say('undo.label')}>
      {held && <Held key={held.key} act={held} />}
    </div>
  );
}

const TICK_MS = 250;

function Held({ act }: { readonly act: HeldAct }) {
  const { say, told } = useWords();
  const { key, what, seconds, endsAt } = act;
  const [left, setLeft] = useState(seconds);
  const undo = useMutation({
    mutationFn: act.undo,
    onSuccess: () => {
      forgetAct(key);
      notifications.show({ message: say('undo.done'), autoClose: 4_000 });
      return refreshAll();
    },
    onError: (error) => {
      forgetAct(key);
      const words = error instanceof ApiProblem ? told(error.words) : say('state.crashed');
      notifications.show({ color: 'red', message: words });
      void refreshAll();
    },
  });
  const { isPending, mutate } = undo;
  useEffect(() => {
    const tick = setInterval(() => {
      const remaining = Math.ceil((endsAt - Date.now()) / 1_000);
      setLeft(Math.max(0, remaining));
      if (remaining > 0 || isPending) return;
      forgetAct(key);
      void refreshAll();
    }, TICK_MS);
    return () => clearInterval(tick);
  }, [endsAt, key, isPending]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || isTyping) return;
      event.preventDefault();
      mutate();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [mutate]);
  return (
    <div className="undo-bar">
      <Icon name="check" />
      <span className="undo-what">{what}</span>
      <Button
        variant="white"
        color="dark"
        size="compact-md"
        loading={isPending}
        onClick={() => mutate()}
        leftSection={<Icon name="back" size={16} />}
      >
        {say('undo.undo')}
        <span className="undo-left" aria-hidden="true">
          {left}
        </span>
      </Button>
      <progress className="undo-time" max={seconds} value={left} aria-hidden="true" />
    </div>
  );
}
