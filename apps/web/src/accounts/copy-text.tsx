import { Button, CopyButton } from '@mantine/core';
import { useWords } from '../words/words';

/** A button that takes a text along. */
export function CopyText({ text }: { readonly text: string }) {
  const { say } = useWords();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button variant="default" size="compact-sm" className="self-start" onClick={copy}>
          {say(copied ? 'word.copied' : 'word.copy')}
        </Button>
      )}
    </CopyButton>
  );
}
