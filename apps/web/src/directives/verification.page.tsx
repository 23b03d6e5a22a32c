import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ActForm } from '../acts/act-form';
import { actForms } from '../acts/act-forms';
import { type ActKey, actWords } from '../acts/act-words-of';
import type { DirectiveRow } from '../api/client';
import { directiveQuery, useDirectives } from '../api/queries';
import { EmptyState } from '../look/empty-state';
import { KeyHelp, type KeyLine } from '../look/key-help';
import { PageHead } from '../look/page-head';
import { type More, Paged } from '../look/paged';
import { Lines } from '../look/reading';
import { useFramedRows } from '../look/rows';
import { useSingleKeys } from '../look/single-keys';
import { TimeBadge, UrgencyBadge } from '../look/status-badge';
import { useWords } from '../words/words';
import { DueLine } from './directive-card';
import { useNewest } from './newest';
import { Results } from './results';
import './directive-list.css';
import './directive.css';
import './verification.css';

/** The keys of the list, and the acts that they open. They work only while the list has the focus. */
const keys: Readonly<Record<string, ActKey>> = { v: 'verify', s: 'send-back' };

const lines: readonly KeyLine[] = [
  [['↑', '↓'], 'queue.keyMove'],
  [['V'], 'queue.keyVerify'],
  [['S'], 'queue.keySendBack'],
  [['Enter'], 'queue.keyOpen'],
  [['?'], 'keys.help'],
];

/** Reports that wait for somebody to say whether they will do: one after the other, without leaving the page. */
export default function VerificationPage() {
  const { say } = useWords();
  const query = useDirectives({ state: 'reported', order: 'due', limit: 100 });
  return (
    <>
      <PageHead title={say('verification.title')} lead={say('verification.lead')} />
      <Paged
        query={query}
        empty={
          <EmptyState icon="shield" title={say('verification.empty')} hint={say('verification.emptyHint')} />
        }
      >
        {(all, more) => <Queue reported={all} more={more} />}
      </Paged>
    </>
  );
}

/** A report in the list, as most are. */
const ROW = 98;

function Queue({ reported, more }: { readonly reported: readonly DirectiveRow[]; readonly more: More }) {
  const { say } = useWords();
  const go = useNavigate();
  const list = useRef<HTMLUListElement>(null);
  const { isOn } = useSingleKeys();
  const known = useNewest(reported);
  const waiting = useMemo(() => known.filter(({ state }) => state === 'reported'), [known]);
  const ids = useMemo(() => waiting.map(({ id }) => id), [waiting]);
  const rows = useFramedRows(list, ids, more, { estimate: ROW });
  const [chosen, setChosen] = useState<{ readonly id: string; readonly at: number } | null>(null);
  const [act, setAct] = useState<ActKey | null>(null);
  const found = waiting.findIndex(({ id }) => id === chosen?.id);
  // What has been dealt with leaves the list: the one that comes into its place is the next.
  const at = found >= 0 ? found : Math.min(chosen?.at ?? 0, waiting.length - 1);
  const now = waiting[at];
  const choose = (index: number) => {
    const next = waiting[index];
    if (!next) return;
    setAct(null);
    setChosen({ id: next.id, at: index });
    rows.scrollTo(index);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !now || (!isOn && event.key.length === 1)) return;
    const opened = keys[event.key.toLowerCase()];
    if (event.key === 'ArrowDown' || event.key === 'j') choose(at + 1);
    else if (event.key === 'ArrowUp' || event.key === 'k') choose(at - 1);
    else if (event.key === 'Home') choose(0);
    else if (event.key === 'End') choose(waiting.length - 1);
    else if (event.key === 'Enter') void go(`/directives/${now.id}`);
    else if (opened) {
      setChosen({ id: now.id, at });
      setAct(opened);
    } else return;
    event.preventDefault();
  };
  if (!now) return null;
  const next = () => {
    setAct(null);
    setChosen({ id: waiting[at + 1]?.id ?? '', at });
    list.current?.focus();
  };
  return (
    <div className="queue">
      <div className="queue-side">
        <p className="queue-keys">
          <KeyHelp keys={lines} />
        </p>
        <ul
          ref={list}
          className="card queue-list"
          role="listbox"
          aria-label={say('queue.list')}
          {...(rows.places.includes(at) && { 'aria-activedescendant': `queue-${now.id}` })}
          tabIndex={0}
          onKeyDown={press}
        >
          <Space height={rows.before} />
          {rows.places.map((index) => {
            const directive = waiting[index];
            return (
              directive && (
                <li
                  key={directive.id}
                  id={`queue-${directive.id}`}
                  ref={rows.measure}
                  data-index={index}
                  role="option"
                  aria-selected={index === at}
                  aria-posinset={index + 1}
                  aria-setsize={more.hasMore ? -1 : waiting.length}
                  className="queue-item"
                  onClick={() => {
                    setAct(null);
                    setChosen({ id: directive.id, at: index });
                  }}
                >
                  <span className="row spread">
                    <span className="directive-name">{directive.name}</span>
                    <TimeBadge directive={directive} />
                  </span>
                  <span className="queue-text">{directive.text}</span>
                  <span className="small soft">{directive.lead.name}</span>
                </li>
              )
            );
          })}
          <Space height={rows.after} />
        </ul>
      </div>
      <Panel
        key={now.id}
        directive={now}
        place={say('queue.position', {
          number: at + 1,
          count: more.hasMore ? `${waiting.length}+` : waiting.length,
        })}
        act={act}
        open={setAct}
        next={next}
      />
    </div>
  );
}

/** The place of reports that are out of sight. */
const Space = ({ height }: { readonly height: number }) =>
  height > 0 && <li role="presentation" style={{ height }} />;

interface PanelProps {
  readonly directive: DirectiveRow;
  readonly place: string;
  readonly act: ActKey | null;
  readonly open: (act: ActKey | null) => void;
  readonly next: () => void;
}

/** What was reported, beside what was asked for, and the two things that can be said to it. */
function Panel({ directive, place, act, open, next }: PanelProps) {
  const { say } = useWords();
  const { data: whole } = useQuery(directiveQuery(directive.id));
  const acts = Object.values(keys).filter((one) =>
    (whole?.allowed as readonly string[] | undefined)?.includes(one),
  );
  return (
    <section className="queue-panel stack" aria-label={directive.name}>
      <div className="card card-body stack">
        <div>
          <p className="row spread">
            <span className="row">
              <span className="directive-name">{directive.name}</span>
              <UrgencyBadge urgency={directive.urgency} />
            </span>
            <span className="soft small">{place}</span>
          </p>
          <h2 className="queue-title">
            <Link to={`/directives/${directive.id}`}>{directive.text}</Link>
          </h2>
          <p className="row">
            <span>{directive.lead.name}</span>
            <span aria-hidden="true">·</span>
            <DueLine directive={directive} />
          </p>
        </div>
        {!whole && <Lines count={1} />}
        {whole && acts.length === 0 && <p className="soft">{say('page.noActs')}</p>}
        <div className="row">
          {acts.map((one) => (
            <Button
              key={one}
              variant={actForms[one].tone === 'main' ? 'filled' : 'default'}
              aria-expanded={one === act}
              onClick={() => open(one === act ? null : one)}
            >
              {say(actWords(one).name)}
            </Button>
          ))}
        </div>
        {whole && act && acts.includes(act) && (
          <ActForm
            key={act}
            form={actForms[act]}
            words={actWords(act)}
            path={`/directives/${directive.id}/${act}`}
            revision={whole.revision}
            isFocused
            done={next}
            close={() => open(null)}
          />
        )}
      </div>
      {whole &&
        (whole.results.length > 0 ? (
          <Results directive={whole} />
        ) : (
          <p className="soft">{say('queue.noResult')}</p>
        ))}
    </section>
  );
}
