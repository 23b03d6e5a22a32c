import { Checkbox } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { DirectiveRow } from '../api/client';
import { TimeBadge, UrgencyBadge, WorkBadge } from '../look/status-badge';
import { useWords } from '../words/words';
import { DirectiveCard, DueLine } from './directive-card';
import type { Selection } from './selection';

/** As most rows are; each is measured when it is there. */
const ROW = 78;
const CARD = 150;
/** Between two cards, as the style has it. */
const CARD_GAP = 10;
/** Rows before the end of what is loaded at which more is asked for. */
const AHEAD = 40;

interface Props {
  readonly directives: readonly DirectiveRow[];
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly load: () => void;
  readonly selection: Selection;
}

/** Only the rows that are in sight are there, however long the list is; more is read before its end is reached. */
function useRows({ directives, hasMore, isLoading, load }: Props, estimate: number, gap = 0) {
  const top = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    setOffset((top.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  const rows = useWindowVirtualizer({
    count: directives.length,
    estimateSize: () => estimate,
    overscan: 12,
    gap,
    scrollMargin: offset,
    getItemKey: (index) => directives[index]?.id ?? index,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isLoading && last >= directives.length - AHEAD) load();
  }, [hasMore, isLoading, last, directives.length, load]);
  return {
    top,
    items,
    before: (items[0]?.start ?? offset) - offset,
    after: rows.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset),
    measure: rows.measureElement,
  };
}

export function DirectiveTable(props: Props) {
  const { directives, total, selection } = props;
  const { say } = useWords();
  const { top, items, before, after, measure } = useRows(props, ROW);
  const shown = directives.map(({ id }) => id);
  return (
    <div className="card" ref={top}>
      <table className="board" aria-rowcount={(total ?? directives.length) + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="board-choice no-print">
              <Checkbox
                aria-label={say('bulk.selectShown', { count: shown.length })}
                checked={shown.length > 0 && shown.every((id) => selection.has(id))}
                indeterminate={selection.size > 0 && !shown.every((id) => selection.has(id))}
                onChange={(event) => selection.set(event.currentTarget.checked ? shown : [])}
              />
            </th>
            <th scope="col">{say('directive.one')}</th>
            <th scope="col">{say('directive.lead')}</th>
            <th scope="col">{say('directive.deadline')}</th>
            <th scope="col">{say('directive.state')}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {items.map(({ index }) => {
            const directive = directives[index];
            return (
              directive && (
                <Row
                  key={directive.id}
                  directive={directive}
                  index={index}
                  isChosen={selection.has(directive.id)}
                  toggle={selection.toggle}
                  measure={measure}
                />
              )
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </div>
  );
}

/** The place of rows that are out of sight. */
const Gap = ({ height }: { readonly height: number }) => (
  <tr aria-hidden="true" className="board-gap">
    <td colSpan={5} style={{ height }} />
  </tr>
);

interface RowProps {
  readonly directive: DirectiveRow;
  readonly index: number;
  readonly isChosen: boolean;
  readonly toggle: (id: string, isRange: boolean) => void;
  readonly measure: (element: Element | null) => void;
}

function Row({ directive, index, isChosen, toggle, measure }: RowProps) {
  const { say } = useWords();
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} data-chosen={isChosen || undefined}>
      <td className="board-choice no-print">
        <Checkbox
          aria-label={say('bulk.select', { name: directive.name })}
          checked={isChosen}
          onChange={(event) => toggle(directive.id, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </td>
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
  );
}

/** The same for a narrow screen, as cards. */
export function DirectiveCards(props: Props) {
  const { directives } = props;
  const { top, items, before, after, measure } = useRows(props, CARD, CARD_GAP);
  return (
    <div ref={top} style={{ paddingTop: before, paddingBottom: after }}>
      <ul className="directives">
        {items.map(({ index }) => {
          const directive = directives[index];
          return (
            directive && (
              <DirectiveCard key={directive.id} directive={directive} measure={measure} index={index} />
            )
          );
        })}
      </ul>
    </div>
  );
}
