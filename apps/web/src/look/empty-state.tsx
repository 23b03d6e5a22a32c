import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  /** What to do about it. */
  readonly action?: ReactNode;
  /** It is all that there is: its title is the page's. */
  readonly isPage?: boolean;
}

export function EmptyState({ icon, title, hint, action, isPage = false }: Props) {
  return (
    <div className="card empty">
      <Icon name={icon} size={36} />
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{hint}</p>
      {action !== undefined && <div className="empty-action">{action}</div>}
    </div>
  );
}
