import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { parkedQuery, workStateQuery } from '../administration/admin-queries';
import { RecordForm } from '../administration/record-form';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import type { components } from '../api/schema';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useOfficeTime } from '../time/office-time';
import { type Words, useWords } from '../words/words';

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

type Decision = 'send-again' | 'drop';

function ParkedRow({ item }: { readonly item: Parked }) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const [decision, setDecision] = useState<Decision | null>(null);
  const { kind, instance, id, lifecycle, name, error, at, parkedAt, attempts } = item;
  const close = () => setDecision(null);
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
      {decision === null ? (
        <span className="row">
          <Button
            size="compact-sm"
            onClick={() => setDecision('send-again')}
            leftSection={<Icon name="back" size={15} />}
          >
            {say('operations.sendAgain')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDecision('drop')}>
            {say('operations.drop')}
          </Button>
        </span>
      ) : (
        <RecordForm
          key={decision}
          title={decision === 'drop' ? 'operations.drop' : 'operations.sendAgain'}
          hint={decision === 'drop' ? 'operations.dropHint' : 'operations.sendAgainHint'}
          submit={decision === 'drop' ? 'operations.drop' : 'operations.sendAgain'}
          said="operations.decided"
          isGrave={decision === 'drop'}
          fields={[{ path: 'reason', label: 'field.reason', kind: 'words', isRequired: true }]}
          send={(body, { key }) =>
            answerOf(
              client.POST(`/api/v1/parked-work/${decision}`, {
                params: { header: { 'Idempotency-Key': key } },
                body: { kind, instance, id, ...(body as { reason: string }) },
              }),
            )
          }
          done={close}
          close={close}
        />
      )}
    </li>
  );
}
