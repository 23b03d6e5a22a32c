import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type KeyboardEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Draft } from '../api/client';
import { ApiProblem } from '../api/problem';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { Badge } from '../look/status-badge';
import { useWords } from '../words/words';
import { DocumentText } from './document-text';
import { DraftItemCard } from './draft-item-card';
import { type DraftWork, useDraft } from './use-draft';
import './intake.css';

export default function DraftPage() {
  const { id = '' } = useParams();
  const { say } = useWords();
  const { query, work, confirm } = useDraft(id);
  if (query.error instanceof ApiProblem && [404, 422].includes(query.error.status))
    return <EmptyState icon="search" title={say('state.notFound')} hint={say('state.notFoundHint')} />;
  return (
    <Reading query={query}>{(draft) => <Workspace draft={draft} work={work} confirm={confirm} />}</Reading>
  );
}

/** Keys of the list of items: they work while the focus is in it and not in a field. */
const stepOf: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

interface WorkspaceProps {
  readonly draft: Draft;
  readonly work: DraftWork;
  readonly confirm: ReturnType<typeof useDraft>['confirm'];
}

function Workspace({ draft, work, confirm }: WorkspaceProps) {
  const { say, told } = useWords();
  const [lit, setLit] = useState<string | null>(null);
  const { source, items, notes, status, revision } = draft;
  const isOpen = status === 'open';
  const flagged = items.filter(({ flags, tracked }) => tracked && flags.length > 0).length;
  const toAssign = items.filter(({ tracked }) => tracked).length;
  const problem = confirm.error instanceof ApiProblem ? confirm.error : null;
  const assign = () =>
    confirm.mutate(
      { revision },
      {
        onSuccess: ({ directives }) =>
          notifications.show({
            color: 'green',
            message: say('draft.confirmedDone', { count: directives.length }),
          }),
      },
    );
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const { key, target, currentTarget } = event;
    if (!isOpen || !(target instanceof HTMLElement)) return;
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      assign();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input, textarea, select')) return;
    const cards = [...currentTarget.querySelectorAll<HTMLElement>('.draft-item')];
    const at = cards.findIndex((card) => card.contains(target));
    const item = items[at];
    const step = stepOf[key];
    if (step !== undefined) {
      const next = cards[Math.max(0, Math.min(cards.length - 1, at + step))];
      next?.querySelector<HTMLElement>('[data-edit]')?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    } else if (key === 'e') cards[at]?.querySelector<HTMLElement>('[data-edit]')?.click();
    else if (key === 'x' && item) work.edit([{ op: 'edit', item: item.id, set: { tracked: !item.tracked } }]);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Link to="/intake" className="draft-back no-print">
        <Icon name="left" size={16} />
        {say('intake.title')}
      </Link>
      <PageHead
        title={source.document?.number ?? source.document?.name ?? say('draft.items')}
        {...(source.document && { lead: source.document.name })}
      >
        {isOpen &&
          (flagged > 0 ? (
            <Badge tone="warn" icon="alert">
              {say('draft.flagged', { count: flagged })}
            </Badge>
          ) : (
            <Badge tone="good" icon="check">
              {say('draft.clean')}
            </Badge>
          ))}
      </PageHead>
      {!isOpen && <Confirmed />}
      {notes.map((note) => (
        <div key={`${note.code} ${note.vi}`} className="notice tone-warn draft-note">
          <Icon name="alert" />
          <p>{told(note)}</p>
        </div>
      ))}
      <div className="workspace">
        <DocumentText draft={draft} lit={lit} light={setLit} work={work} />
        <section aria-label={say('draft.items')} className="draft-items" onKeyDown={press}>
          {isOpen && <p className="soft small draft-keys no-print">{say('draft.keys')}</p>}
          {isOpen && source.givenOn === null && (
            <TextInput
              type="date"
              label={say('draft.sourceDate')}
              onChange={(event) => event.currentTarget.value && work.setSourceDate(event.currentTarget.value)}
            />
          )}
          <ol className="stack">
            {items.map((item, index) => (
              <DraftItemCard
                key={item.id}
                item={item}
                number={index + 1}
                above={items[index - 1] ?? null}
                isOpen={isOpen}
                isLit={lit === item.id}
                light={setLit}
                work={work}
                problems={(problem?.body?.errors ?? []).filter(({ field }) =>
                  field.startsWith(`items[${index}].`),
                )}
              />
            ))}
          </ol>
          <ProblemNotice error={work.error} />
          {isOpen && (
            <div className="draft-confirm no-print">
              <ProblemNotice
                error={confirm.error}
                shown={(problem?.body?.errors ?? []).map(({ field }) => field)}
              />
              <Button
                size="md"
                fullWidth
                onClick={assign}
                loading={confirm.isPending}
                disabled={toAssign === 0 || work.isBusy}
              >
                {say('draft.confirm', { count: toAssign })}
              </Button>
            </div>
          )}
        </section>
      </div>
    </>
  );
}

function Confirmed() {
  const { say } = useWords();
  return (
    <div className="notice tone-good draft-note" role="status">
      <Icon name="check" />
      <p>
        {say('draft.isConfirmed')} <Link to="/directives?order=assigned">{say('draft.seeDirectives')}</Link>
      </p>
    </div>
  );
}
