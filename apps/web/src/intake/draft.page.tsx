import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Draft, DraftEdit } from '../api/client';
import { ApiProblem } from '../api/problem';
import { EmptyState } from '../look/empty-state';
import { Icon } from '../look/icon';
import { KeyHelp, type KeyLine } from '../look/key-help';
import { PageHead } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { isTyping, useSingleKeys } from '../look/single-keys';
import { Badge } from '../look/status-badge';
import { useWords } from '../words/words';
import { digitEdit, splitEdit } from './agency-choices';
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

const keys: readonly KeyLine[] = [
  [['↑', '↓'], 'draft.keyMove'],
  [['N'], 'draft.keyNext'],
  [['1', '…', '9'], 'draft.keyChoose'],
  [['E'], 'draft.keyEdit'],
  [['S'], 'draft.keySplit'],
  [['M'], 'draft.keyMerge'],
  [['X'], 'draft.keyTrack'],
  [['Ctrl', 'Enter'], 'draft.keyAssign'],
  [['?'], 'keys.help'],
];

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
  const { isOn } = useSingleKeys();
  const list = useRef<HTMLElement>(null);
  // Whoever has just brought the notice goes on with its items, by the keyboard as well.
  useEffect(() => {
    if (isOpen) list.current?.focus({ preventScroll: true });
  }, [isOpen]);
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const { key, target, currentTarget } = event;
    if (!isOpen || !(target instanceof HTMLElement)) return;
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // In a form it is the form that is sent: what is being written is not left behind.
      const form = target.closest('form');
      if (form) form.requestSubmit();
      else assign();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
    if (!isOn && key.length === 1) return;
    const cards = [...currentTarget.querySelectorAll<HTMLElement>('.draft-item')];
    const at = cards.findIndex((card) => card.contains(target));
    const item = items[at];
    const above = items[at - 1];
    const step = stepOf[key];
    const goTo = (card: HTMLElement | undefined) => {
      card?.querySelector<HTMLElement>('[data-edit]')?.focus({ preventScroll: true });
      card?.scrollIntoView({ block: 'nearest' });
    };
    const edit = (one: DraftEdit | null) => {
      if (one && !work.isBusy) work.edit([one]);
    };
    if (step !== undefined) goTo(cards[Math.max(0, Math.min(cards.length - 1, at + step))]);
    else if (key === 'n') {
      const next = items.findIndex(({ tracked, flags }, index) => index > at && tracked && flags.length > 0);
      goTo(cards[next >= 0 ? next : items.findIndex(({ tracked, flags }) => tracked && flags.length > 0)]);
    } else if (!item) return;
    else if (key === 'e') cards[at]?.querySelector<HTMLElement>('[data-edit]')?.click();
    else if (key === 'x') edit({ op: 'edit', item: item.id, set: { tracked: !item.tracked } });
    else if (key === 's') edit(item.lead.length > 1 ? splitEdit(item) : null);
    else if (key === 'm') edit(above ? { op: 'merge', items: [above.id, item.id] } : null);
    else if (/^[1-9]$/.test(key)) edit(digitEdit(item, Number(key)));
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
        {isOpen && (
          <span className="row">
            <KeyHelp keys={keys} />
            {flagged > 0 ? (
              <Badge tone="warn" icon="alert">
                {say('draft.flagged', { count: flagged })}
              </Badge>
            ) : (
              <Badge tone="good" icon="check">
                {say('draft.clean')}
              </Badge>
            )}
          </span>
        )}
      </PageHead>
      {!isOpen && <Confirmed />}
      {notes.map((note) => (
        <div key={`${note.code} ${note.vi}`} className="notice tone-warn draft-note">
          <Icon name="alert" />
          <p>{told(note)}</p>
        </div>
      ))}
      <div className="workspace">
        <DocumentText
          draft={draft}
          lit={lit}
          light={setLit}
          work={work}
          added={() => list.current?.focus({ preventScroll: true })}
        />
        <section
          ref={list}
          aria-label={say('draft.items')}
          className="draft-items"
          tabIndex={-1}
          onKeyDown={press}
        >
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
