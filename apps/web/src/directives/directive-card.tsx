import { Link } from 'react-router';
import type { DirectiveRow } from '../api/client';
import { Icon } from '../look/icon';
import { TimeBadge, timeLeft, UrgencyBadge, WorkBadge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import './directive-list.css';

/** When it is due, and how long that is: one line that answers the first question of everybody. */
export function DueLine({ directive }: { readonly directive: DirectiveRow }) {
  const words = useWords();
  const time = useOfficeTime();
  const { deadline, deadlinePhrase, lateness } = directive;
  if (!deadline)
    return <span className="due soft">{deadlinePhrase ?? words.say('directive.noDeadline')}</span>;
  const left = timeLeft(directive, words);
  const tone = lateness.overdue ? 'due-bad' : lateness.time === 'near-due' ? 'due-near' : '';
  return (
    <span className={`due ${tone}`}>
      <time dateTime={deadline.date}>{time.day(deadline.date)}</time>
      {left !== null && <span className="due-left">{left}</span>}
    </span>
  );
}

interface CardProps {
  readonly directive: DirectiveRow;
  /** Where the list keeps only what is in sight. */
  readonly index?: number;
  readonly measure?: (element: Element | null) => void;
}

export function DirectiveCard({ directive, index, measure }: CardProps) {
  const { lead, name, text, state, urgency, id } = directive;
  return (
    <li className="directive card" data-index={index} ref={measure}>
      <div className="directive-top">
        <span className="directive-name">{name}</span>
        <span className="row">
          <UrgencyBadge urgency={urgency} />
          <TimeBadge directive={directive} />
          <WorkBadge state={state} />
        </span>
      </div>
      <Link to={`/directives/${id}`} className="directive-text">
        {text}
      </Link>
      <div className="directive-foot">
        <span className="row">
          <Icon name="people" size={16} />
          {lead.name}
        </span>
        <span className="row">
          <Icon name="calendar" size={16} />
          <DueLine directive={directive} />
        </span>
      </div>
    </li>
  );
}
