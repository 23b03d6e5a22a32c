import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { officeQuery, peopleQuery } from '../api/queries';
import type { components, paths } from '../api/schema';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { Lines } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useAddress } from '../look/use-address';
import { instantIn } from '../time/office-instant';
import { useOfficeTime } from '../time/office-time';
import { useWords, type Words } from '../words/words';
import { AuditChanges } from './audit-changes';
import { Seals } from './seals';
import '../administration/admin.css';

type AuditQuery = NonNullable<paths['/api/v1/audit']['get']['parameters']['query']>;
export type AuditEntry = components['schemas']['AuditEntriesDto']['items'][number];

const dayAfter = (date: string) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Who did what and when, what it was before and after, and whether the seals hold. */
export default function AuditPage() {
  const { say } = useWords();
  const { search, set, setSearch } = useAddress();
  return (
    <>
      <PageHead title={say('nav.audit')} lead={say('audit.lead')} />
      <div className="stack">
        <Seals />
        <Filters search={search} set={set} clear={() => setSearch({})} />
        <Entries search={search} />
      </div>
    </>
  );
}

interface FiltersProps {
  readonly search: URLSearchParams;
  readonly set: (name: string, value: string) => void;
  readonly clear: () => void;
}

function Filters({ search, set, clear }: FiltersProps) {
  const { say } = useWords();
  const { data: people = [] } = useQuery(peopleQuery);
  const [words, setWords] = useState(search.get('words') ?? '');
  const find = useDebouncedCallback((text: string) => set('words', text.trim()), 300);
  const all = { value: '', label: say('word.all') };
  return (
    <search className="stack-tight">
      <div className="audit-filters">
        <TextInput
          type="search"
          label={say('audit.words')}
          leftSection={<Icon name="search" />}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            find(event.currentTarget.value);
          }}
        />
        <NativeSelect
          label={say('audit.person')}
          data={[all, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
          value={search.get('person') ?? ''}
          onChange={(event) => set('person', event.currentTarget.value)}
        />
        <NativeSelect
          label={say('audit.outcome')}
          data={[
            all,
            { value: 'done', label: say('auditOutcome.done') },
            { value: 'refused', label: say('auditOutcome.refused') },
          ]}
          value={search.get('outcome') ?? ''}
          onChange={(event) => set('outcome', event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={say('audit.from')}
          value={search.get('from') ?? ''}
          onChange={(event) => set('from', event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={say('audit.to')}
          value={search.get('to') ?? ''}
          onChange={(event) => set('to', event.currentTarget.value)}
        />
      </div>
      {search.size > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          className="self-start"
          leftSection={<Icon name="close" size={15} />}
          onClick={() => {
            setWords('');
            clear();
          }}
        >
          {say('board.clear')}
        </Button>
      )}
    </search>
  );
}

function Entries({ search }: { readonly search: URLSearchParams }) {
  const { say } = useWords();
  const { data: office } = useQuery(officeQuery);
  const of = (name: string) => search.get(name) ?? '';
  const zone = office?.zone ?? 'Asia/Ho_Chi_Minh';
  const asked = of('outcome');
  const outcome = asked === 'done' || asked === 'refused' ? asked : undefined;
  const query: AuditQuery = {
    limit: 50,
    ...(of('person') !== '' && { person: of('person') }),
    ...(of('words') !== '' && { words: of('words') }),
    ...(outcome && { outcome }),
    ...(of('from') !== '' && { from: instantIn(zone, of('from'), '00:00') }),
    ...(of('to') !== '' && { to: instantIn(zone, dayAfter(of('to')), '00:00') }),
  };
  const pages = useInfiniteQuery({
    queryKey: ['audit', 'entries', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        client.GET('/api/v1/audit', {
          params: { query: { ...query, ...(pageParam !== undefined && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (pages.error) return <ProblemNotice error={pages.error} retry={() => void pages.refetch()} />;
  if (!pages.data) return <Lines />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return <EmptyState icon="history" title={say('audit.none')} hint={say('audit.noneHint')} />;
  return (
    <>
      <ul className="card record-list">
        {items.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {say('state.more')}
        </Button>
      )}
    </>
  );
}

/** "Nhiệm vụ: Báo cáo kết quả" of `directive.report`, where the act has no words of its own. */
function nameOf(act: string, sayCode: Words['sayCode']): string {
  const own = sayCode('auditAct', act);
  const [kind = '', ...verb] = act.split('.');
  const [lifecycle, name] = [sayCode('lifecycle', kind), sayCode('act', verb.join('.'))];
  return own === act && lifecycle !== kind && name !== verb.join('.') ? `${lifecycle}: ${name}` : own;
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const { say, sayCode } = useWords();
  const time = useOfficeTime();
  const { person, onBehalfOf, act, subject, outcome, code, recordedAt, at, address, userAgent } = entry;
  const words = nameOf(act, sayCode);
  return (
    <li>
      <span className="row spread">
        <strong>{words}</strong>
        <span className="row">
          {outcome === 'refused' ? (
            <Badge tone="bad" icon="ban">
              {say('auditOutcome.refused')}
            </Badge>
          ) : (
            <Badge tone="good" icon="check">
              {say('auditOutcome.done')}
            </Badge>
          )}
          <time className="small soft" dateTime={recordedAt}>
            {time.moment(recordedAt)}
          </time>
        </span>
      </span>
      <span className="small soft">
        {person?.name ?? say('audit.nobody')}
        {onBehalfOf.length > 0 &&
          `, ${say('audit.onBehalfOf', { names: onBehalfOf.map(({ name }) => name).join(', ') })}`}
        {code !== null && `, ${sayCode('auditCode', code)}`}
      </span>
      <details>
        <summary className="small">
          {say('audit.details')}
          <span className="unseen">
            : {words}, {time.moment(recordedAt)}
          </span>
        </summary>
        <dl className="facts small">
          <div>
            <dt>{say('audit.act')}</dt>
            <dd>
              <code>{act}</code>
            </dd>
          </div>
          {subject !== null && (
            <div>
              <dt>{say('audit.subject')}</dt>
              <dd>
                <code>{subject}</code>
              </dd>
            </div>
          )}
          <div>
            <dt>{say('audit.businessTime')}</dt>
            <dd>{time.moment(at)}</dd>
          </div>
          <div>
            <dt>{say('audit.origin')}</dt>
            <dd>{[address, userAgent].filter(Boolean).join(', ') || say('word.none')}</dd>
          </div>
        </dl>
        <AuditChanges entry={entry.entry} />
      </details>
    </li>
  );
}
