import { type ReactNode, useEffect } from 'react';
import { useWords } from '../words/words';

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}

/** The heading of a page, which is also the title of the window. */
export function PageHead({ title, lead, children }: Props) {
  useWindowTitle(title);
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {lead !== undefined && <p>{lead}</p>}
      </div>
      {children}
    </header>
  );
}

export function useWindowTitle(title: string): void {
  const { say } = useWords();
  useEffect(() => {
    document.title = `${title} · ${say('app.name')}`;
  }, [title, say]);
}
