import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { DirectiveRow, DirectivesQuery } from '../api/client';
import { agenciesQuery, useDirectives } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { Reading } from '../look/reading';
import { TimeBadge, UrgencyBadge, WorkBadge } from '../look/status-badge';
import { placesOf } from '../session/roles';
import { useMe } from '../session/session';
import { useWords } from '../words/words';
import { DirectiveCard, DueLine } from './directive-card';
import { ShowMore } from './show-more';

const states = [
  'assigned',
  'returned',
  'in-progress',
  'awaiting-head',
  'suspended',
  'reported',
  'closed',
  'cancelled',
  'replaced',
] as const;
const latenesses = ['overdue', 'near-due', 'within', 'no-deadline', 'on-time', 'late'] as const;
const filters = ['q', 'state', 'lateness', 'lead', 'open'] as const;

/** The filters live in the address, so that a list can be sent to somebody and gone back to. */
function useFilters() {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const query = {
    limit: 50,
    order: search.get('order') ?? 'due',
    ...Object.fromEntries(filters.flatMap((name) => (search.has(name) ? [[name, search.get(name)]] : []))),
  } as DirectivesQuery;
  return {
    search,
    set,
    query,
    clear: () => setSearch({}),
    isFiltered: filters.some((name) => search.has(name)),
  };
}

export default function BoardPage() {
  const { say } = useWords();
  const isNarrow = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false });
  const { search, set, query, clear, isFiltered } = useFilters();
  const list = useDirectives(query);
  return (
    <>
      <PageHead title={say('board.title')} />
      <Filters search={search} set={set} clear={clear} isFiltered={isFiltered} />
      <Reading query={list}>
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          if (all.length === 0) return <Nothing isFiltered={isFiltered} clear={clear} />;
          return (
            <>
              {isNarrow ? (
                <ul className="directives">
                  {all.map((directive) => (
                    <DirectiveCard key={directive.id} directive={directive} />
                  ))}
                </ul>
              ) : (
                <Table directives={all} />
              )}
              <ShowMore
                hasMore={list.hasNextPage}
                isLoading={list.isFetchingNextPage}
                load={() => void list.fetchNextPage()}
              />
            </>
          );
        }}
      </Reading>
    </>
  );
}

interface FiltersProps {
  readonly search: URLSearchParams;
  readonly set: (name: string, value: string) => void;
  readonly clear: () => void;
  readonly isFiltered: boolean;
}

function Filters({ search, set, clear, isFiltered }: FiltersProps) {
  const { say, sayCode } = useWords();
  const { data: agencies = [] } = useQuery(agenciesQuery);
  const [words, setWords] = useState(search.get('q') ?? '');
  const find = useDebouncedCallback((text: string) => set('q', text.trim()), 250);
  const all = { value: '', label: say('word.all') };
  const select = (name: string, label: string, options: readonly { value: string; label: string }[]) => (
    <NativeSelect
      label={label}
      data={[...options]}
      value={search.get(name) ?? options[0]?.value ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  );
  const coded = (family: string, codes: readonly string[]) => [
    all,
    ...codes.map((code) => ({ value: code, label: sayCode(family, code) })),
  ];
  return (
    <search className="no-print">
      <div className="filters">
        <TextInput
          type="search"
          label={say('board.search')}
          leftSection={<Icon name="search" />}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            find(event.currentTarget.value);
          }}
        />
        {select('state', say('board.state'), coded('work', states))}
        {select('lateness', say('board.lateness'), coded('late', latenesses))}
        {select('lead', say('board.agency'), [
          all,
          ...agencies.map(({ id, name }) => ({ value: id, label: name })),
        ])}
        {select('order', say('board.order'), [
          { value: 'due', label: say('board.orderDue') },
          { value: 'assigned', label: say('board.orderAssigned') },
        ])}
      </div>
      {isFiltered && (
        <Button
          variant="subtle"
          size="compact-sm"
          mb="sm"
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

function Nothing({ isFiltered, clear }: { readonly isFiltered: boolean; readonly clear: () => void }) {
  const { say } = useWords();
  const me = useMe();
  if (isFiltered)
    return (
      <EmptyState
        icon="search"
        title={say('board.empty')}
        hint={say('board.emptyHint')}
        action={
          <Button variant="default" onClick={clear}>
            {say('board.clear')}
          </Button>
        }
      />
    );
  const takesIn = placesOf(me).some(({ to }) => to === '/intake');
  return (
    <EmptyState
      icon="list"
      title={say('board.none')}
      hint={takesIn ? say('board.noneHint') : say('work.emptyHint')}
      {...(takesIn && {
        action: (
          <Button component={Link} to="/intake">
            {say('nav.intake')}
          </Button>
        ),
      })}
    />
  );
}

function Table({ directives }: { readonly directives: readonly DirectiveRow[] }) {
  const { say } = useWords();
  return (
    <div className="card">
      <table className="board">
        <thead>
          <tr>
            <th scope="col">{say('directive.one')}</th>
            <th scope="col">{say('directive.lead')}</th>
            <th scope="col">{say('directive.deadline')}</th>
            <th scope="col">{say('directive.state')}</th>
          </tr>
        </thead>
        <tbody>
          {directives.map((directive) => (
            <tr key={directive.id}>
              <td>
                <span className="row directive-name">
                  {directive.name}
                  <UrgencyBadge urgency={directive.urgency} />
                </span>
                <Link to={`/directives/${directive.id}`} className="directive-text">
                  {directive.text}
                </Link>
              </td>
              <td>{directive.lead.name}</td>
              <td>
                <DueLine directive={directive} />
              </td>
              <td>
                <span className="board-state">
                  <WorkBadge state={directive.state} />
                  <TimeBadge directive={directive} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
