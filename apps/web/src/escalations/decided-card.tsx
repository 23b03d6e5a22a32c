import { Link } from 'react-router';
import type { Escalation } from '../api/client';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';

/** A matter that is over: what was decided about it, and with what words. */
export function DecidedCard({ escalation }: { readonly escalation: Escalation }) {
  const { sayCode } = useWords();
  const time = useOfficeTime();
  const { directive, decision, decidedAt, note } = escalation;
  return (
    <li className="card card-body matter">
      <div className="row spread">
        <Badge tone="good" icon="check">
          {sayCode('decision', decision ?? '')}
        </Badge>
        {decidedAt !== null && <time className="small soft">{time.moment(decidedAt)}</time>}
      </div>
      <p className="small soft">{directive.lead}</p>
      <Link to={`/directives/${directive.id}`} className="matter-text matter-text-short">
        {directive.text}
      </Link>
      {note !== null && <blockquote className="message-note">{note}</blockquote>}
    </li>
  );
}
