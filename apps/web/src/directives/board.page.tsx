import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { countsQuery, useDirectives, useIsBehind } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { ListEnd, usePages } from '../look/paged';
import { Reading } from '../look/reading';
import { placesOf } from '../session/roles';
import { useMe } from '../session/session';
import { useWords } from '../words/words';
import { type Filters, useFilters } from './board-filters';
import { BulkActs } from './bulk-acts';
import { Columns } from './columns';
import { DirectiveCards, DirectiveTable } from './directive-table';
import { FilterBar } from './filter-bar';
import { useNewest } from './newest';
import { useSelection } from './selection';
import './directive-list.css';

export default function BoardPage() {
  const { say } = useWords();
  const filters = useFilters();
  const { data: counts } = useQuery(countsQuery(filters.narrowed));
  const total = counts?.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <PageHead
        title={say('board.title')}
        {...(total !== undefined && { lead: say('board.total', { count: total }) })}
      />
      <FilterBar filters={filters} />
      {filters.show === 'columns' ? (
        <Columns query={filters.query} narrowed={filters.narrowed} />
      ) : (
        <List filters={filters} total={total} />
      )}
    </>
  );
}

interface ListProps {
  readonly filters: Filters;
  readonly total: number | undefined;
}

function List({ filters, total }: ListProps) {
  const { say } = useWords();
  const isNarrow = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false });
  const list = useDirectives(filters.query);
  const { all: read, more } = usePages(list);
  const all = useNewest(read);
  const ids = useMemo(() => all.map(({ id }) => id), [all]);
  const selection = useSelection(ids);
  const isBehind = useIsBehind(filters.query);
  return (
    <Reading query={list}>
      {() => {
        if (all.length === 0) return <Nothing isFiltered={filters.isFiltered} clear={filters.clear} />;
        const props = {
          directives: all,
          total,
          more,
          selection,
        };
        return (
          <>
            {isBehind && (
              <div className="notice tone-info board-behind no-print" role="status">
                <Icon name="clock" />
                <p>{say('board.behind')}</p>
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={list.isRefetching}
                  onClick={() => void list.refetch()}
                >
                  {say('board.refresh')}
                </Button>
              </div>
            )}
            {isNarrow ? <DirectiveCards {...props} /> : <DirectiveTable {...props} />}
            <ListEnd more={more} />
            <BulkActs directives={all} selection={selection} />
          </>
        );
      }}
    </Reading>
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
