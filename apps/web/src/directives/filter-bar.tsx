import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { agenciesQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { type Filters, latenesses, states } from './board-filters';
import { SavedViews } from './saved-views';

export function FilterBar({ filters }: { readonly filters: Filters }) {
  const { say, sayCode } = useWords();
  const { search, set, clear, isFiltered, show } = filters;
  const { data: agencies = [] } = useQuery(agenciesQuery);
  const asked = search.get('q') ?? '';
  const [typed, setTyped] = useState({ words: asked, asked });
  // The address has changed by itself: a saved view, or the back button.
  if (typed.asked !== asked) setTyped({ words: asked, asked });
  const find = useDebouncedCallback((text: string) => {
    setTyped({ words: text, asked: text.trim() });
    set('q', text.trim());
  }, 250);
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
          value={typed.words}
          onChange={(event) => {
            setTyped({ words: event.currentTarget.value, asked });
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
      <div className="row spread board-tools">
        <span className="row">
          <SegmentedControl
            size="sm"
            aria-label={say('board.show')}
            value={show}
            onChange={(chosen) => set('show', chosen === 'table' ? '' : chosen)}
            data={[
              { value: 'table', label: say('board.table') },
              { value: 'columns', label: say('board.columns') },
            ]}
          />
          <DayChip filters={filters} />
          {isFiltered && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<Icon name="close" size={15} />}
              onClick={clear}
            >
              {say('board.clear')}
            </Button>
          )}
        </span>
        <SavedViews filters={filters} />
      </div>
    </search>
  );
}

const spans = [
  ['dueFrom', 'dueTo', 'board.dueSpan'],
  ['closedFrom', 'closedTo', 'board.closedSpan'],
] as const;

/** Days that narrow the list come from a number or a chart elsewhere: here they are told, and taken away again. */
function DayChip({ filters: { search, drop } }: { readonly filters: Filters }) {
  const { say } = useWords();
  const time = useOfficeTime();
  return spans.map(([from, to, name]) => {
    const [first, last] = [search.get(from), search.get(to)];
    if (!first && !last) return null;
    const span =
      first && last
        ? first === last
          ? time.shortDay(first)
          : say('board.spanBetween', { first: time.shortDay(first), last: time.shortDay(last) })
        : first
          ? say('board.spanFrom', { first: time.shortDay(first) })
          : say('board.spanTo', { last: time.shortDay(last ?? '') });
    const label = say(name, { span });
    return (
      <Button
        key={name}
        size="compact-sm"
        variant="light"
        rightSection={<Icon name="close" size={14} />}
        aria-label={say('board.dropSpan', { span: label })}
        onClick={() => drop([from, to])}
      >
        {label}
      </Button>
    );
  });
}
