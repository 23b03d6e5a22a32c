import { Button } from '@mantine/core';
import { useWords } from '../words/words';

interface FormButtonsProps {
  /** What sending the form does, in words. */
  readonly submit: string;
  /** What it does cannot be undone lightly. */
  readonly isGrave?: boolean;
  readonly disabled?: boolean;
  readonly isLoading?: boolean;
  /** While this goes on it cannot be left; as long as it is loading unless said otherwise. */
  readonly isSending?: boolean;
  /** Leaves the form; without it there is nowhere to go. */
  readonly close?: (() => void) | undefined;
}

/** The end of a form: send it or leave it. */
export function FormButtons({
  submit,
  isGrave = false,
  disabled = false,
  isLoading = false,
  isSending = isLoading,
  close,
}: FormButtonsProps) {
  const { say } = useWords();
  return (
    <div className="row">
      <Button type="submit" loading={isLoading} disabled={disabled} {...(isGrave && { color: 'red.9' })}>
        {submit}
      </Button>
      {close && (
        <Button variant="default" onClick={close} disabled={isSending}>
          {say('word.cancel')}
        </Button>
      )}
    </div>
  );
}
