import { Checkbox } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { DirectiveRow } from '../api/client';
import type { More } from '../look/paged';
import { useWindowRows } from '../look/rows';
import { TimeBadge, UrgencyBadge, WorkBadge } from '../look/status-badge';
import { useWords } from '../words/words';
import { DirectiveCard, DueLine } from './directive-card';
import type { Selection } from './selection';

/** As most rows are; each is measured when it is there. */
const ROW = 78;
const CARD = 150;
/** Between two cards, as the style has it. */
const CARD_GAP = 10;

interface Props {
  readonly directives: readonly DirectiveRow[];
  readonly total: number | undefined;
  readonly more: More;
  readonly selection: Selection;
}

export function DirectiveTable(props: Props) {
  const { directives, total, selection, more } = props;
  const { say } = useWords();
  const shown = useMemo(() => directives.map(({ id }) => id), [directives]);
  const { top, places, before, after, measure } = useWindowRows(shown, more, { estimate: ROW });
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
          {places.map((index) => {
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
  const { directives, more } = props;
  const ids = useMemo(() => directives.map(({ id }) => id), [directives]);
  const layout = { estimate: CARD, gap: CARD_GAP };
  const { top, places, before, after, measure } = useWindowRows(ids, more, layout);
  return (
    <div ref={top} style={{ paddingTop: before, paddingBottom: after }}>
      <ul className="directives">
        {places.map((index) => {
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
