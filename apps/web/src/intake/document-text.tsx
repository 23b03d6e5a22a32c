import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Draft } from '../api/client';
import { documentQuery } from '../api/queries';
import { Lines } from '../look/reading';
import { useWords } from '../words/words';
import type { DraftWork } from './use-draft';

interface Props {
  readonly draft: Draft;
  /** The item whose words stand out most. */
  readonly lit: string | null;
  readonly light: (item: string | null) => void;
  readonly work: DraftWork;
}

interface Piece {
  readonly text: string;
  readonly item: string | null;
  readonly start: number;
}

/** The text cut at the words of the items. Where two overlap, the first one has them. */
function piecesOf(text: string, items: Draft['items']): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const placed = items.flatMap(({ id, start, end }) =>
    start === null || end === null ? [] : [{ id, start, end }],
  );
  for (const { id, start, end } of placed.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), item: null, start: at });
    pieces.push({ text: text.slice(start, end), item: id, start });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), item: null, start: at });
  return pieces;
}

/** The document itself, with the words of each item marked; words that are selected can become an item. */
export function DocumentText({ draft, lit, light, work }: Props) {
  const { say } = useWords();
  const { document } = draft.source;
  const { data, isPending } = useQuery({ ...documentQuery(document?.id ?? ''), enabled: document !== null });
  const frame = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState('');
  useEffect(() => {
    const look = () => {
      const selection = window.getSelection();
      const isInside = selection?.anchorNode && frame.current?.contains(selection.anchorNode);
      setSelected(isInside ? selection.toString().trim() : '');
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
          {piecesOf(data?.text ?? '', draft.items).map(({ text, item, start }) =>
            item === null ? (
              <span key={start}>{text}</span>
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
                {text}
              </mark>
            ),
          )}
        </div>
      )}
      {draft.status === 'open' && selected.length > 3 && (
        <div className="document-selected no-print">
          <Button
            size="sm"
            loading={work.isBusy}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => work.edit([{ op: 'add', item: { text: selected } }])}
          >
            {say('draft.addSelected')}
          </Button>
        </div>
      )}
    </section>
  );
}
