import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type DragEvent, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { ActForm } from '../acts/act-form';
import { actForms } from '../acts/act-forms';
import { type ActKey, actWords } from '../acts/act-words-of';
import type { DirectiveRow, DirectivesQuery } from '../api/client';
import { allowedQuery, choicesQuery, countsQuery, useDirectives } from '../api/queries';
import { Dialog } from '../look/dialog';
import { Icon } from '../look/icon';
import { ListEnd, usePages } from '../look/paged';
import { ProblemNotice } from '../look/problem-notice';
import { Lines } from '../look/reading';
import { useFramedRows } from '../look/rows';
import { TimeBadge, UrgencyBadge, WorkBadge } from '../look/status-badge';
import { useWords } from '../words/words';
import type { states } from './board-filters';
import { DueLine } from './directive-card';
import { useNewest } from './newest';
import './columns.css';

type State = (typeof states)[number];

const PAGE = 50;
/** A card as most are, and between two of them as the style has it. */
const CARD = 172;
const GAP = 8;

/** From left to right as work goes on. Those at the end are there only where there is something in them. */
const columns: readonly State[] = [
  'assigned',
  'returned',
  'in-progress',
  'awaiting-head',
  'reported',
  'suspended',
  'closed',
  'cancelled',
  'replaced',
];
const always: readonly State[] = ['assigned', 'in-progress', 'reported', 'closed'];

/** By which act a card gets into a column: where it is let go there, the form of the one that is allowed opens. */
const into: Readonly<Partial<Record<State, readonly ActKey[]>>> = {
  assigned: ['reassign'],
  returned: ['return'],
  'in-progress': ['accept', 'send-back', 'resume', 'return-report'],
  reported: ['report', 'approve-report'],
  suspended: ['suspend'],
  closed: ['verify'],
  cancelled: ['cancel'],
  replaced: ['replace'],
};

interface Move {
  readonly directive: DirectiveRow;
  /** Acts that are meant; the first one that is allowed. Empty: whichever the reader chooses. */
  readonly acts: readonly ActKey[];
}

interface Props {
  readonly query: DirectivesQuery;
  readonly narrowed: object;
}

/** The same list as columns by state. A card moves by an act, through the act's own form, and only where it is allowed. */
export function Columns({ query, narrowed }: Props) {
  const { say } = useWords();
  const { data: counts = [] } = useQuery(countsQuery(narrowed));
  const [move, setMove] = useState<Move | null>(null);
  const [dragged, setDragged] = useState<DirectiveRow | null>(null);
  const countOf = (state: State) => counts.find((one) => one.state === state)?.count ?? 0;
  const shown = columns.filter((state) =>
    query.state ? query.state === state : always.includes(state) || countOf(state) > 0,
  );
  return (
    <>
      <div className="columns" role="group" aria-label={say('board.columns')} tabIndex={0}>
        {shown.map((state) => (
          <Column
            key={state}
            state={state}
            count={countOf(state)}
            query={query}
            dragged={dragged}
            drag={setDragged}
            move={setMove}
          />
        ))}
      </div>
      {move && <MoveForm key={move.directive.id} move={move} close={() => setMove(null)} />}
    </>
  );
}

interface ColumnProps {
  readonly state: State;
  readonly count: number;
  readonly query: DirectivesQuery;
  readonly dragged: DirectiveRow | null;
  readonly drag: (directive: DirectiveRow | null) => void;
  readonly move: (move: Move) => void;
}

function Column({ state, count, query, dragged, drag, move }: ColumnProps) {
  const { say } = useWords();
  const list = useDirectives({ ...query, limit: PAGE, state });
  const { all: read, more } = usePages(list);
  const known = useNewest(read);
  // A card that is known to be elsewhere by now stands there alone.
  const all = useMemo(() => known.filter((directive) => directive.state === state), [known, state]);
  const frame = useRef<HTMLDivElement>(null);
  const ids = useMemo(() => all.map(({ id }) => id), [all]);
  const rows = useFramedRows(frame, ids, more, { estimate: CARD, gap: GAP });
  const [isOver, setOver] = useState(false);
  const acts = into[state] ?? [];
  const takes = dragged !== null && dragged.state !== state && acts.length > 0;
  const over = (event: DragEvent) => {
    if (!takes) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (takes) move({ directive: dragged, acts });
    drag(null);
  };
  return (
    <section
      className={`column ${isOver && takes ? 'column-over' : ''}`}
      aria-labelledby={`column-${state}`}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 id={`column-${state}`} className="row column-head">
        <WorkBadge state={state} />
        <span className="soft small">{count}</span>
      </h2>
      <div ref={frame} className="column-scroll">
        {list.error && !more.failure && (
          <ProblemNotice error={list.error} retry={() => void list.refetch()} />
        )}
        {list.isPending ? (
          <Lines count={2} height={96} />
        ) : all.length === 0 ? (
          <p className="soft small column-empty">{say('board.columnEmpty')}</p>
        ) : (
          <ul className="column-cards" style={{ paddingTop: rows.before, paddingBottom: rows.after }}>
            {rows.places.map((index) => {
              const directive = all[index];
              return (
                directive && (
                  <Card
                    key={directive.id}
                    directive={directive}
                    index={index}
                    measure={rows.measure}
                    drag={drag}
                    move={move}
                  />
                )
              );
            })}
          </ul>
        )}
        <ListEnd more={more} />
      </div>
    </section>
  );
}

interface CardProps extends Pick<ColumnProps, 'drag' | 'move'> {
  readonly directive: DirectiveRow;
  readonly index: number;
  readonly measure: (card: Element | null) => void;
}

function Card({ directive, index, measure, drag, move }: CardProps) {
  const { say } = useWords();
  const { id, name, text, lead, urgency } = directive;
  return (
    <li
      ref={measure}
      data-index={index}
      className="card column-card"
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        drag(directive);
      }}
      onDragEnd={() => drag(null)}
    >
      <div className="row spread">
        <span className="directive-name">{name}</span>
        <CardMenu directive={directive} move={move} />
      </div>
      <Link to={`/directives/${id}`} className="column-text">
        {text}
      </Link>
      <span className="small soft">{lead.name}</span>
      <span className="row small">
        <UrgencyBadge urgency={urgency} />
        <TimeBadge directive={directive} />
      </span>
      <span className="small">
        <DueLine directive={directive} />
      </span>
      <span className="unseen">{say('board.dragHint')}</span>
    </li>
  );
}

/** What can be done with a card, for the keyboard and the finger as well. */
function CardMenu({ directive, move }: Pick<CardProps, 'directive' | 'move'>) {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const { data, isPending } = useQuery({ ...allowedQuery([directive.id]), enabled: isOpen });
  const allowed: readonly string[] = data?.[0]?.allowed ?? [];
  const acts = (Object.keys(actForms) as ActKey[]).filter((act) => allowed.includes(act));
  return (
    <Menu position="bottom-end" opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          px={6}
          className="column-menu"
          aria-label={say('board.actsOf', { name: directive.name })}
        >
          <Icon name="dots" />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => (
          <Menu.Item key={act} onClick={() => move({ directive, acts: [act] })}>
            {say(actWords(act).name)}
          </Menu.Item>
        ))}
        {acts.length === 0 && <Menu.Label>{say(isPending ? 'state.loading' : 'page.noActs')}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

function MoveForm({ move: { directive, acts }, close }: { readonly move: Move; readonly close: () => void }) {
  const { say, told } = useWords();
  const { data: found } = useQuery(allowedQuery([directive.id]));
  const { data: choices } = useQuery(choicesQuery(directive.id));
  const one = found?.[0];
  const act = acts.find((wanted) => (one?.allowed as readonly string[] | undefined)?.includes(wanted));
  const reasons = (choices?.withheld ?? []).filter(({ act: no }) => acts.some((wanted) => wanted === no));
  return (
    <Dialog title={directive.name} close={close}>
      <p>{directive.text}</p>
      {one && act ? (
        <ActForm
          form={actForms[act]}
          words={actWords(act)}
          path={`/directives/${directive.id}/${act}`}
          revision={one.revision}
          choices={choices}
          done={close}
          close={close}
        />
      ) : found && choices ? (
        <div className="notice tone-warn column-no" role="alert">
          <Icon name="ban" />
          <div>
            <p>
              <strong>{say('board.cannotMove')}</strong>
            </p>
            <ul>
              {reasons.map((reason) => (
                <li key={reason.act}>
                  {say(actWords(reason.act).name)}: {told(reason)}
                </li>
              ))}
            </ul>
          </div>
        </div>
      ) : (
        <Lines count={2} />
      )}
    </Dialog>
  );
}
