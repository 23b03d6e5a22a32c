import { Button, Popover, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

interface Props {
  /** Of the office, where the clock stands now. */
  readonly today: string;
  readonly isBusy: boolean;
  readonly isMoving: boolean;
  readonly go: (date: string) => void;
}

/** Moves the clock to the opening of a day that is chosen; everything due on the way happens. */
export function SandboxDate({ today, isBusy, isMoving, go }: Props) {
  const { say } = useWords();
  const time = useOfficeTime();
  const [isOpen, setOpen] = useState(false);
  const [date, setDate] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (date <= today) return;
    setOpen(false);
    go(date);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="white"
          color="dark"
          className="sandbox-button"
          disabled={isBusy}
          loading={isMoving}
          onClick={() => setOpen((before) => !before)}
        >
          <Icon name="calendar" size={16} />
          <span className="wide-only sandbox-to">{say('sandbox.toDateShort')}</span>
          <span className="narrow-only">
            <span className="unseen">{say('sandbox.toDateShort')}</span>
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('sandbox.toDate')}>
        <form className="stack" onSubmit={submit}>
          <TextInput
            type="date"
            label={say('sandbox.toDate')}
            value={date}
            min={today}
            onChange={(event) => setDate(event.currentTarget.value)}
            description={date === '' ? say('sandbox.toDateHint') : time.day(date)}
            error={date !== '' && date <= today ? say('sandbox.onlyForward') : null}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          <Button type="submit">{say('sandbox.go')}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
