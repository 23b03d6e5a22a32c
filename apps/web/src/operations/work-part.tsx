import { useQuery } from '@tanstack/react-query';
import { parkedQuery, workStateQuery } from '../administration/admin-queries';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import type { components } from '../api/schema';
import { EmptyState } from '../look/empty-state';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { type Words, useWords } from '../words/words';
import { DecideFailed } from './decide-failed';
import { FailedMail } from './failed-mail';

type Parked = components['schemas']['ParkedItemsDto']['items'][number];

/** "2 phút", of seconds. */
function spanWords(seconds: number, { say }: Words): string {
  if (seconds < 60) return say('operations.seconds', { count: Math.round(seconds) });
  if (seconds < 7_200) return say('operations.minutes', { count: Math.round(seconds / 60) });
  return say('operations.hours', { count: Math.round(seconds / 3_600) });
}

/** What waits and for how long; what failed too often, with the error, until somebody decides. */
export function WorkPart() {
  const words = useWords();
  const { say } = words;
  const time = useOfficeTime();
  const work = useQuery(workStateQuery);
  const parked = useQuery(parkedQuery);
  return (
    <div className="stack">
      <Reading query={work} lines={1}>
        {({ effects, timers, delivered }) => (
          <dl className="states">
            <Figure
              name={say('operations.effectsWaiting')}
              value={String(effects.waiting)}
              note={
                effects.waiting === 0
                  ? say('operations.nothingWaits')
                  : say('operations.oldest', { span: spanWords(effects.oldestSeconds, words) })
              }
            />
            <Figure
              name={say('operations.timersWaiting')}
              value={String(timers.waiting)}
              note={
                timers.overdueSeconds > 0
                  ? say('operations.late', { span: spanWords(timers.overdueSeconds, words) })
                  : timers.nextDue === null
                    ? say('operations.nothingWaits')
                    : say('operations.nextDue', { time: time.moment(timers.nextDue) })
              }
            />
            <Figure
              name={say('operations.parkedCount')}
              value={String(effects.parked + timers.parked)}
              note={say('operations.parkedNote')}
            />
            <Figure
              name={say('operations.delivered')}
              value={String(delivered.lastDay)}
              note={
                delivered.lastAt === null
                  ? say('operations.nothingYet')
                  : say('operations.lastAt', { time: time.moment(delivered.lastAt) })
              }
            />
          </dl>
        )}
      </Reading>
      <FailedMail />
      <section className="stack-tight" aria-labelledby="parked">
        <h2 id="parked">{say('operations.parked')}</h2>
        <Reading query={parked}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState
                icon="check"
                title={say('operations.noParked')}
                hint={say('operations.noParkedHint')}
              />
            ) : (
              <ul className="card record-list">
                {items.map((item) => (
                  <ParkedRow key={`${item.instance} ${item.id}`} item={item} />
                ))}
              </ul>
            )
          }
        </Reading>
      </section>
    </div>
  );
}

function Figure({
  name,
  value,
  note,
}: {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}) {
  return (
    <div className="card state-figure">
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
      </dd>
      <dd className="small soft">{note}</dd>
    </div>
  );
}

function ParkedRow({ item }: { readonly item: Parked }) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const { kind, instance, id, lifecycle, name, error, at, parkedAt, attempts } = item;
  return (
    <li>
      <span className="row spread">
        <strong>
          {sayCode('lifecycle', lifecycle)}: {name}
        </strong>
        <Badge tone="bad" icon="alert">
          {sayCode('parkedKind', kind)}
        </Badge>
      </span>
      <code>{error}</code>
      <span className="small soft">
        {say('operations.dueAt', { time: time.moment(at) })},{' '}
        {say('operations.parkedAt', { time: time.moment(parkedAt) })}
        {attempts !== null && `, ${say('operations.attempts', { count: attempts })}`}
      </span>
      <DecideFailed
        dropHint="operations.dropHint"
        sendAgainHint="operations.sendAgainHint"
        send={(decision, reason, { key }) =>
          answerOf(
            client.POST(`/api/v1/parked-work/${decision}`, {
              params: { header: { 'Idempotency-Key': key } },
              body: { kind, instance, id, reason },
            }),
          )
        }
      />
    </li>
  );
}
