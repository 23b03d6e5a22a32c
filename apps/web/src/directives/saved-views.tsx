import { Button, Menu, Popover, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useAct } from '../api/act';
import { client } from '../api/client';
import { answerOf } from '../api/problem';
import { queryClient, savedViewsQuery } from '../api/queries';
import { Icon } from '../look/icon';
import { ProblemNotice } from '../look/problem-notice';
import { useWords } from '../words/words';
import type { Filters } from './board-filters';

const same = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted());

/** Filters that the reader has given a name: to go to, to keep, to forget. Kept on the server, so on every device. */
export function SavedViews({ filters }: { readonly filters: Filters }) {
  const { say } = useWords();
  const { data: views = [] } = useQuery(savedViewsQuery);
  const now = views.find((view) => same(view.filters, filters.filters));
  const remove = useMutation({
    mutationFn: (id: string) =>
      answerOf(client.DELETE('/api/v1/saved-views/{id}', { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey }),
  });
  return (
    <span className="row">
      {views.length > 0 && (
        <Menu position="bottom-end" width={280}>
          <Menu.Target>
            <Button variant="default" size="compact-sm" rightSection={<Icon name="down" size={15} />}>
              {now ? now.name : say('board.views')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {views.map((view) => (
              <Menu.Item
                key={view.id}
                onClick={() => filters.replace(view.filters)}
                {...(view === now && { leftSection: <Icon name="check" size={15} /> })}
              >
                {view.name}
              </Menu.Item>
            ))}
            {now && (
              <>
                <Menu.Divider />
                <Menu.Item c="var(--bad)" onClick={() => remove.mutate(now.id)}>
                  {say('board.removeView', { name: now.name })}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {!now && filters.isFiltered && <SaveView filters={filters} />}
    </span>
  );
}

function SaveView({ filters: { filters } }: { readonly filters: Filters }) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = useAct(
    (body: { readonly name: string; readonly filters: Record<string, string> }, { key }) =>
      answerOf(client.POST('/api/v1/saved-views', { params: { header: { 'Idempotency-Key': key } }, body })),
    () => {
      setOpen(false);
      setName('');
    },
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate({ name: name.trim(), filters });
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={isOpen}
          onClick={() => setOpen((before) => !before)}
        >
          {say('board.saveView')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('board.saveView')}>
        <form className="stack-tight" onSubmit={submit}>
          <TextInput
            label={say('board.viewName')}
            value={name}
            maxLength={80}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ProblemNotice error={save.error} />
          <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
            {say('word.save')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
