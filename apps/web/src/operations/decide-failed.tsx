import { Button } from '@mantine/core';
import { useState } from 'react';
import { RecordForm } from '../administration/record-form';
import type { Sending } from '../api/act';
import { Icon } from '../look/icon';
import { useWords, type WordKey } from '../words/words';

export type FailedDecision = 'send-again' | 'drop';

/** To send again what failed for good, or to give it up; either with a reason. */
export function DecideFailed({
  sendAgainHint,
  dropHint,
  send,
}: {
  readonly sendAgainHint: WordKey;
  readonly dropHint: WordKey;
  readonly send: (decision: FailedDecision, reason: string, sending: Sending) => Promise<unknown>;
}) {
  const { say } = useWords();
  const [decision, setDecision] = useState<FailedDecision | null>(null);
  const close = () => setDecision(null);
  if (decision === null)
    return (
      <span className="row">
        <Button
          size="compact-sm"
          onClick={() => setDecision('send-again')}
          leftSection={<Icon name="back" size={15} />}
        >
          {say('operations.sendAgain')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setDecision('drop')}>
          {say('operations.drop')}
        </Button>
      </span>
    );
  return (
    <RecordForm
      key={decision}
      title={decision === 'drop' ? 'operations.drop' : 'operations.sendAgain'}
      hint={decision === 'drop' ? dropHint : sendAgainHint}
      submit={decision === 'drop' ? 'operations.drop' : 'operations.sendAgain'}
      said="operations.decided"
      isGrave={decision === 'drop'}
      fields={[{ path: 'reason', label: 'field.reason', kind: 'words', isRequired: true }]}
      send={(body, sending) => send(decision, (body as { reason: string }).reason, sending)}
      done={close}
      close={close}
    />
  );
}
