import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Draft } from '../api/client';
import { documentQuery } from '../api/queries';
import { Lines } from '../look/reading';
import { useWords } from '../words/words';
import { type Piece, stretchesOf } from './document-pieces';
import { selectedSpan, type Span } from './selected-words';
import type { DraftWork } from './use-draft';

interface Props {
  readonly draft: Draft;
  /** The item whose words stand out most. */
  readonly lit: string | null;
  readonly light: (item: string | null) => void;
  readonly work: DraftWork;
  /** When selected words have become items. */
  readonly added: () => void;
}

/** What is told apart in the words of an item; the other roles are left as they are. */
const told = ['lead', 'coordinating', 'deadline'] as const;
const isTold = (role: string | null): role is (typeof told)[number] => told.some((one) => one === role);

/** The document itself, with the words of each item marked; words that are selected can become an item. */
export function DocumentText({ draft, lit, light, work, added }: Props) {
  const { say } = useWords();
  const { document } = draft.source;
  const { data, isPending } = useQuery({ ...documentQuery(document?.id ?? ''), enabled: document !== null });
  const frame = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<Span | null>(null);
  const text = data?.text ?? '';
  const stretches = useMemo(() => stretchesOf(text, draft.items), [text, draft.items]);
  useEffect(() => {
    const look = () => {
      const selection = window.getSelection();
      const isInside = selection?.anchorNode && frame.current?.contains(selection.anchorNode);
      setSelected(isInside && frame.current ? selectedSpan(frame.current, selection) : null);
    };
    window.document.addEventListener('selectionchange', look);
    return () => window.document.removeEventListener('selectionchange', look);
  }, []);
  useEffect(() => {
    if (lit === null) return;
    frame.current
      ?.querySelector(`[data-item="${CSS.escape(lit)}"]`)
      ?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [lit]);
  const numberOf = (id: string) => draft.items.findIndex((item) => item.id === id) + 1;
  return (
    <section className="card document" aria-label={say('draft.document')}>
      {text !== '' && (
        <p className="document-legend small soft" aria-hidden="true">
          {told.map((role) => (
            <span key={role} className={`mention-${role}`}>
              {say(`draft.${role}`)}
            </span>
          ))}
        </p>
      )}
      {document === null ? (
        <p className="card-body soft">{draft.source.note ?? say('draft.noText')}</p>
      ) : isPending ? (
        <div className="card-body">
          <Lines />
        </div>
      ) : (
        <div
          ref={frame}
          className="document-text"
          lang="vi"
          tabIndex={0}
          role="group"
          aria-label={say('draft.document')}
        >
          {stretches.map(({ item, start, pieces }) =>
            item === null ? (
              <Pieces key={start} pieces={pieces} />
            ) : (
              <mark
                key={start}
                data-item={item}
                className={lit === item ? 'lit' : ''}
                onClick={() => {
                  light(item);
                  window.document
                    .getElementById(`item-${item}`)
                    ?.scrollIntoView({ block: 'center', behavior: 'smooth' });
                }}
              >
                <sup className="mark-number">{numberOf(item)}</sup>
                <Pieces pieces={pieces} />
              </mark>
            ),
          )}
        </div>
      )}
      {draft.status === 'open' && selected && selected.end - selected.start > 3 && (
        <div className="document-selected no-print">
          <Button
            size="sm"
            loading={work.isBusy}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              work.edit([{ op: 'select', ...selected }], () => {
                window.getSelection()?.removeAllRanges();
                added();
              });
            }}
          >
            {say('draft.addSelected')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map(({ text, start, role }) => (
    <span key={start} data-start={start} {...(isTold(role) && { className: `mention-${role}` })}>
      {text}
    </span>
  ));
}
