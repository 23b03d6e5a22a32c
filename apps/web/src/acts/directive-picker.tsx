import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { foundDirectivesQuery } from '../api/queries';
import { useWords } from '../words/words';

type Props = Omit<SelectProps, 'data'>;

/** A directive, found by its words, number or lead; the server looks, so that ten thousand are no burden. */
export function DirectivePicker(props: Props) {
  const { say } = useWords();
  const [sought, setSought] = useState('');
  const [asked] = useDebouncedValue(sought.trim(), 250);
  const { data = [], isFetching } = useQuery({
    ...foundDirectivesQuery(asked),
    placeholderData: keepPreviousData,
  });
  return (
    <Select
      {...props}
      searchable
      filter={({ options }) => options}
      data={data.map(({ id, name, text }) => ({ value: id, label: `${name} · ${text}` }))}
      onSearchChange={setSought}
      placeholder={say('field.findDirective')}
      nothingFoundMessage={say(isFetching ? 'state.loading' : 'field.noMatch')}
    />
  );
}
