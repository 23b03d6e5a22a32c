import { notifications } from '@mantine/notifications';
import { holdAct } from '../undo/held-acts';
import { useWords } from '../words/words';

interface Decided {
  readonly undoUntil: string | null;
  readonly decidedAt: string | null;
}

/** Says what was decided; for as long as it can be taken back with the button for that. */
export function useDecided() {
  const { say, sayCode } = useWords();
  return (
    decided: readonly (Decided | null)[],
    family: 'decision' | 'request',
    decision: string,
    undo: () => Promise<void>,
  ) => {
    const named = sayCode(family, decision);
    const count = decided.length;
    const what =
      count > 1
        ? say('decision.doneMany', { decision: named, count })
        : say('decision.done', { decision: named });
    const held = decided.find((one) => one?.undoUntil && one.decidedAt);
    if (!held?.undoUntil || !held.decidedAt) {
      notifications.show({ color: 'green', message: what });
      return;
    }
    const seconds = Math.round((Date.parse(held.undoUntil) - Date.parse(held.decidedAt)) / 1_000);
    holdAct({ key: crypto.randomUUID(), what, seconds, undo });
  };
}
