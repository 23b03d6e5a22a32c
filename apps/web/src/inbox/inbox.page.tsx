import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useAct } from '../api/act';
import { client, type Message } from '../api/client';
import { answerOf } from '../api/problem';
import { useInbox } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { PageHead } from '../look/page-head';
import { type More, Paged } from '../look/paged';
import { useWindowRows } from '../look/rows';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import './inbox.css';

export default function InboxPage() {
  const { say } = useWords();
  const query = useInbox();
  return (
    <>
      <PageHead title={say('nav.inbox')} />
      <Paged
        query={query}
        empty={<EmptyState icon="inbox" title={say('inbox.empty')} hint={say('inbox.emptyHint')} />}
      >
        {(all, more) => <Messages messages={all} more={more} />}
      </Paged>
    </>
  );
}

/** A message, as most are. */
const ROW = 132;

function Messages({ messages, more }: { readonly messages: readonly Message[]; readonly more: More }) {
  const ids = useMemo(() => messages.map(({ id }) => id), [messages]);
  const { top, places, before, after, measure } = useWindowRows(ids, more, { estimate: ROW });
  return (
    <div ref={top} style={{ paddingTop: before, paddingBottom: after }}>
      <ul className="messages card">
        {places.map((index) => {
          const message = messages[index];
          return message && <MessageRow key={message.id} message={message} index={index} measure={measure} />;
        })}
      </ul>
    </div>
  );
}

interface RowProps {
  readonly message: Message;
  readonly index: number;
  readonly measure: (row: Element | null) => void;
}

function MessageRow({ message, index, measure }: RowProps) {
  const { say, told } = useWords();
  const time = useOfficeTime();
  const read = useAct((id: string, { key }) =>
    answerOf(
      client.POST('/api/v1/inbox/{id}/read', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
      }),
    ),
  );
  const { id, heading, demand, article, directive, escalation, note, reason, page, sections, at, readAt } =
    message;
  const isNew = readAt === null;
  const to = escalation !== null ? '/decisions' : directive && `/directives/${directive.id}`;
  return (
    <li className={isNew ? 'message message-new' : 'message'} data-index={index} ref={measure}>
      <div className="row spread">
        <span className="row">
          <strong>{told(heading)}</strong>
          {isNew && <Badge tone="info">{say('inbox.new')}</Badge>}
        </span>
        <time className="small soft" dateTime={at}>
          {time.moment(at)}
        </time>
      </div>
      {demand && <p>{told(demand)}</p>}
      {note !== null && <blockquote className="message-note">{note}</blockquote>}
      {reason && <p className="small soft">{told(reason)}</p>}
      {page !== null &&
        sections.map(({ kind, title, items }) => (
          <div key={kind}>
            <Link to={page} className="message-link" onClick={() => isNew && read.mutate(id)}>
              {told(title)}
            </Link>
            <ul>
              {items.map(({ about, text, note: count }) => (
                <li key={about.instance}>
                  {text}: {told(count)}
                </li>
              ))}
            </ul>
          </div>
        ))}
      {directive && to !== null && (
        <Link to={to} className="message-link" onClick={() => isNew && read.mutate(id)}>
          {directive.text}
        </Link>
      )}
      <div className="row spread small soft">
        <span>{article ?? ''}</span>
        {isNew && (
          <Button size="compact-xs" variant="subtle" onClick={() => read.mutate(id)} loading={read.isPending}>
            {say('inbox.markRead')}
          </Button>
        )}
      </div>
    </li>
  );
}
