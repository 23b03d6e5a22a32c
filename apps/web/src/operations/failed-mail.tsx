import { useQuery } from '@tanstack/react-query';
import { failedMailQuery } from '../administration/admin-queries';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import type { components } from '../api/schema';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { DecideFailed } from './decide-failed';

type Failed = components['schemas']['OutgoingMailsDto']['items'][number];

/** Mail that did not reach its reader after the last attempt, until somebody decides; nothing where there is none. */
export function FailedMail() {
  const { say } = useWords();
  const failed = useQuery(failedMailQuery);
  return (
    <Reading query={failed} lines={1}>
      {({ items }) =>
        items.length > 0 && (
          <section className="stack-tight" aria-labelledby="failed-mail">
            <h2 id="failed-mail">{say('operations.failedMail')}</h2>
            <ul className="card record-list">
              {items.map((mail) => (
                <FailedMailRow key={mail.id} mail={mail} />
              ))}
            </ul>
          </section>
        )
      }
    </Reading>
  );
}

function FailedMailRow({ mail }: { readonly mail: Failed }) {
  const { say } = useWords();
  const time = useOfficeTime();
  const { id, recipient, subject, address, failure, sendAt, messages } = mail;
  return (
    <li>
      <span className="row spread">
        <strong>{subject ?? say('operations.mailNotComposed', { count: messages })}</strong>
        <Badge tone="bad" icon="alert">
          {say('operations.mailFailed')}
        </Badge>
      </span>
      <span>
        {recipient.name}
        {address !== null && ` <${address}>`}
      </span>
      {failure !== null && <code>{failure}</code>}
      <span className="small soft">{say('operations.dueAt', { time: time.moment(sendAt) })}</span>
      <DecideFailed
        dropHint="operations.mailDropHint"
        sendAgainHint="operations.mailAgainHint"
        send={(decision, reason, { key }) =>
          answerOf(
            client.POST(`/api/v1/outgoing-mail/{id}/${decision}`, {
              params: { path: { id }, header: { 'Idempotency-Key': key } },
              body: { reason },
            }),
          )
        }
      />
    </li>
  );
}
