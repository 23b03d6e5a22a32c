import {
  autocompletion,
  type Completion,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { namesOf, placeAt, type Schema, schemasAt, valuesOf } from './schema-guide';

export interface Fault {
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

export interface RulesEditor {
  readonly show: (faults: readonly Fault[]) => void;
  readonly goTo: (fault: Fault) => void;
  readonly replace: (text: string) => void;
  readonly close: () => void;
}

interface Options {
  readonly place: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly schema: () => Schema | null;
  readonly changed: (text: string) => void;
  /** The path at the cursor, and the name whose value stands there. */
  readonly moved: (path: readonly string[]) => void;
}

/** The page's own colours, which keep their contrast in light and dark. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: [tags.labelName, tags.typeName, tags.meta, tags.keyword], color: 'var(--wait)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', background: 'var(--sheet)', color: 'var(--ink)' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-gutters': { background: 'var(--sunken)', color: 'var(--ink-soft)', border: '0' },
  '.cm-activeLine': { background: 'transparent' },
  '&.cm-focused .cm-activeLine': { background: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-activeLineGutter': { background: 'transparent' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px' },
  '.cm-tooltip': {
    background: 'var(--sheet)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--accent-soft)',
    color: 'var(--accent)',
  },
  '.cm-completionInfo': { maxWidth: '22rem' },
  '.cm-panels': { background: 'var(--sunken)', color: 'var(--ink)' },
});

const told = ({ title, description }: Schema): string | undefined =>
  title === undefined ? description : description === undefined ? title : `${title} / ${description}`;

function completionsOf(schema: () => Schema | null) {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const root = schema();
    if (!root) return null;
    const line = state.doc.lineAt(pos);
    const lines = state.doc.toString().split('\n');
    const { path, name, from } = placeAt(lines, line.number - 1, pos - line.from);
    if (!explicit && line.from + from === pos) return null;
    const here = schemasAt(root, name === null ? path : [...path, name]);
    const values: Completion[] = valuesOf(here).map((label) => ({ label, type: 'constant' }));
    const names: Completion[] = namesOf(root, here).map(([label, one]) => {
      const info = told(one);
      return { label, type: 'property', apply: `${label}: `, ...(info !== undefined && { info }) };
    });
    const options = name === null ? [...names, ...values] : values;
    return options.length === 0 ? null : { from: line.from + from, options };
  };
}

const positionOf = (state: EditorState, { line, column }: Fault) => {
  const at = state.doc.line(Math.min(Math.max(line ?? 1, 1), state.doc.lines));
  return { from: Math.min(at.from + Math.max((column ?? 1) - 1, 0), at.to), to: at.to };
};

/** An editor of YAML that knows the schema. It checks nothing itself: what is wrong is shown to it. */
export function openRulesEditor({ place, text, label, schema, changed, moved }: Options): RulesEditor {
  const view = new EditorView({
    parent: place,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        indentOnInput(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        yaml(),
        syntaxHighlighting(colours),
        autocompletion({ override: [completionsOf(schema)] }),
        keymap.of([...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.lineWrapping,
        look,
        EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
          if (docChanged) changed(state.doc.toString());
          if (!docChanged && !selectionSet) return;
          const { head } = state.selection.main;
          const line = state.doc.lineAt(head);
          const { path, name } = placeAt(state.doc.toString().split('\n'), line.number - 1, head - line.from);
          moved(name === null ? path : [...path, name]);
        }),
      ],
    }),
  });
  return {
    show: (faults) => {
      const diagnostics = faults
        .filter(({ line }) => line !== null)
        .map((fault) => ({
          ...positionOf(view.state, fault),
          severity: 'error' as const,
          message: fault.message,
        }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo: (fault) => {
      const { from } = positionOf(view.state, fault);
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    replace: (wanted) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: wanted } }),
    close: () => view.destroy(),
  };
}
