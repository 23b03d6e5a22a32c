import { CopyButton, Button } from '@mantine/core';
import { useWords } from '../words/words';

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly secret: string;
}

/** What is shown once and never again. */
export function ShownOnce({ title, hint, secret }: Props) {
  const { say } = useWords();
  return (
    <div className="notice tone-warn" role="status">
      <div className="stack-tight">
        <strong>{title}</strong>
        <p className="secret-shown">{secret}</p>
        <p className="small">{hint}</p>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-sm" className="self-start" onClick={copy}>
              {say(copied ? 'word.copied' : 'word.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
