import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { rulesListQuery, rulesSchemaQuery, rulesVersionQuery } from '../administration/admin-queries';
import { client } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';
import { Icon } from '../look/icon';
import { PageHead } from '../look/page-head';
import { ProblemNotice } from '../look/problem-notice';
import { Reading } from '../look/reading';
import { useOfficeTime } from '../time/office-time';
import { useWords } from '../words/words';
import { Enforcement } from './enforcement';
import { PlaceHelp } from './place-help';
import { ChangesView } from './rules-changes';
import { openRulesEditor, type RulesEditor } from './rules-editor';
import type { Schema } from './schema-guide';
import './rules.css';

const KEPT = 'dondoc.rules-draft';

/** Writes the next version of the rules, from the text of the latest one. */
export default function RulesEditorPage() {
  const list = useQuery(rulesListQuery);
  return (
    <Reading query={list}>
      {(items) => <Latest version={Math.max(...items.map(({ version }) => version))} />}
    </Reading>
  );
}

function Latest({ version }: { readonly version: number }) {
  const query = useQuery(rulesVersionQuery(version));
  return <Reading query={query}>{({ text }) => <Writing original={nextText(text, version + 1)} />}</Reading>;
}

/** The text of the latest version under the next number, so that only what changes has to be written. */
const nextText = (text: string, version: number) => text.replace(/^version: *\d+/m, `version: ${version}`);

function Writing({ original }: { readonly original: string }) {
  const { say, told } = useWords();
  const go = useNavigate();
  const [begun] = useState(() => localStorage.getItem(KEPT) ?? original);
  const [text, setText] = useState(begun);
  const [path, setPath] = useState<readonly string[]>([]);
  const [settled] = useDebouncedValue(text, 500);
  const [editor, setEditor] = useState<RulesEditor | null>(null);
  const change = (changed: string) => {
    setText(changed);
    if (changed === original) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, changed);
  };
  const check = useQuery({
    queryKey: ['working-rules', 'check', settled],
    queryFn: ({ signal }) =>
      answerOf(client.POST('/api/v1/working-rules/check', { body: { document: settled }, signal })),
    retry: false,
  });
  const faults = useMemo(
    () => faultsOf(check.error).map((one) => ({ ...one, message: told(one) })),
    [check.error, told],
  );
  useEffect(() => editor?.show(faults), [faults, editor]);
  const isChecking = check.isFetching || settled !== text;
  return (
    <>
      <PageHead title={say('rulesEditor.title')} lead={say('rulesEditor.lead')}>
        <Button
          variant="default"
          disabled={text === original}
          onClick={() => {
            editor?.replace(original);
            notifications.show({ message: say('rulesEditor.original') });
          }}
        >
          {say('rulesEditor.reset')}
        </Button>
      </PageHead>
      <div className="rules-writing">
        <section className="stack-tight" aria-label={say('rulesEditor.text')}>
          <Editor begun={begun} change={change} moved={setPath} opened={setEditor} />
          <p className="small soft">{say('rulesEditor.help')}</p>
          <PlaceHelp path={path} />
        </section>
        <section className="stack">
          <Verdict
            error={check.error}
            sound={check.data && !check.error ? check.data : null}
            isChecking={isChecking}
            goTo={(fault) => editor?.goTo(fault)}
          />
          {check.data && !check.error && <ChangesView check={check.data} />}
          {check.data && !check.error && !isChecking && (
            <Enforcement
              key={settled}
              document={settled}
              next={check.data}
              done={(version) => {
                localStorage.removeItem(KEPT);
                void go(`/rules/versions/${version}`);
              }}
            />
          )}
        </section>
      </div>
    </>
  );
}

interface EditorProps {
  readonly begun: string;
  readonly change: (text: string) => void;
  readonly moved: (path: readonly string[]) => void;
  readonly opened: (editor: RulesEditor | null) => void;
}

function Editor({ begun, change, moved, opened }: EditorProps) {
  const { say } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const schema = useQuery(rulesSchemaQuery).data as Schema | undefined;
  const latest = useRef({ change, moved, schema });
  useEffect(() => {
    latest.current = { change, moved, schema };
  });
  const label = say('rulesEditor.text');
  useEffect(() => {
    if (!place.current) return undefined;
    const editor = openRulesEditor({
      place: place.current,
      text: begun,
      label,
      schema: () => latest.current.schema ?? null,
      changed: (text) => latest.current.change(text),
      moved: (path) => latest.current.moved(path),
    });
    opened(editor);
    return () => {
      opened(null);
      editor.close();
    };
  }, [begun, label, opened]);
  return <div ref={place} className="rules-editor" />;
}

interface Fault {
  readonly field: string;
  readonly vi: string;
  readonly en: string;
  readonly line: number | null;
  readonly column: number | null;
}

function faultsOf(error: Error | null): readonly Fault[] {
  if (!(error instanceof ApiProblem)) return [];
  return (error.body?.errors ?? []).map(({ field, vi, en, line = null, column = null }) => ({
    field,
    vi,
    en,
    line,
    column,
  }));
}

interface VerdictProps {
  readonly error: Error | null;
  readonly sound: { readonly next: string; readonly validFrom: string } | null;
  readonly isChecking: boolean;
  readonly goTo: (fault: Fault & { readonly message: string }) => void;
}

/** What the API says of the text: sound, or where it is wrong. */
function Verdict({ error, sound, isChecking, goTo }: VerdictProps) {
  const time = useOfficeTime();
  const { say, told } = useWords();
  const faults = faultsOf(error);
  if (error && faults.length === 0) return <ProblemNotice error={error} />;
  const state = isChecking
    ? say('rulesEditor.checking')
    : sound
      ? say('rulesEditor.sound', { next: sound.next, date: time.shortDay(sound.validFrom) })
      : faults.length === 1
        ? say('rulesEditor.wrongOne')
        : say('rulesEditor.wrong', { count: faults.length });
  const tone = isChecking ? 'info' : sound ? 'good' : 'bad';
  return (
    <div className={`notice tone-${tone}`}>
      <Icon name={isChecking ? 'hourglass' : sound ? 'check' : 'alert'} />
      <div>
        <p role="status">
          <strong>{state}</strong>
        </p>
        {!isChecking && faults.length > 0 && (
          <ul className="faults">
            {faults.map((fault) => (
              <li key={`${fault.field} ${fault.line ?? ''} ${fault.vi}`}>
                {fault.line === null ? (
                  <strong>{fault.field === '' ? say('rulesEditor.nowhere') : fault.field}</strong>
                ) : (
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => goTo({ ...fault, message: told(fault) })}
                  >
                    {say('rulesEditor.at', { line: fault.line })}
                    {fault.field !== '' && `, ${fault.field}`}
                  </button>
                )}
                : {told(fault)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
