import { MultiSelect, type MultiSelectProps, Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { agenciesQuery } from '../api/queries';
import { plainFilter } from '../look/plain-filter';
import { useWords } from '../words/words';

/** Agencies that work can be given to, found by name, abbreviation or another name, with or without marks. */
function useAgencyChoices(only?: readonly string[]) {
  const { say } = useWords();
  const { data: agencies = [] } = useQuery(agenciesQuery);
  return useMemo(() => {
    const offered = agencies.filter(({ id, inForce }) => (only ? only.includes(id) : inForce));
    const more = new Map(
      agencies.map(({ id, abbreviation, aliases }) => [id, [abbreviation ?? '', ...aliases].join(' ')]),
    );
    return {
      data: offered.map(({ id, name }) => ({ value: id, label: name })),
      filter: plainFilter(more),
      searchable: true,
      nothingFoundMessage: say('field.noMatch'),
      placeholder: say('field.choose'),
    };
  }, [agencies, only, say]);
}

interface Only {
  /** Ids of those that can be chosen; without it everyone in force. */
  readonly only?: readonly string[] | undefined;
}

export function AgencyPicker({ only, ...props }: SelectProps & Only) {
  return <Select {...useAgencyChoices(only)} {...props} />;
}

export function AgenciesPicker({ only, value = [], ...props }: MultiSelectProps & Only) {
  const { placeholder, ...choices } = useAgencyChoices(only);
  return <MultiSelect {...choices} {...(value.length === 0 && { placeholder })} value={value} {...props} />;
}
