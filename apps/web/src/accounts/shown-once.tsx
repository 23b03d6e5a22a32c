import { CopyText } from './copy-text';

interface Props {
  readonly title: string;
  readonly hint: string;
  readonly secret: string;
}

/** What is shown once and never again. */
export function ShownOnce({ title, hint, secret }: Props) {
  return (
    <div className="notice tone-warn" role="status">
      <div className="stack-tight">
        <strong>{title}</strong>
        <p className="secret-shown">{secret}</p>
        <p className="small">{hint}</p>
        <CopyText text={secret} />
      </div>
    </div>
  );
}
