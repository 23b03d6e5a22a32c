import { type AnyStateMachine, type AnyStateNode, type StateValue } from 'xstate';
import { type Bilingual } from './refusal';

/** A lifecycle, as far as its labels and tags go. */
interface WithMachine {
  readonly machine: AnyStateMachine;
}

/** How an active state is called, in both languages. */
export interface StateLabel extends Bilingual {
  /** Dotted path of the state from the root by keys; '' for the root itself. */
  readonly state: string;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/**
 * What is wrong with the `label` of the meta of a state or transition, or `undefined`: where there is one, it is
 * `{ vi, en }`, and neither is empty. Everything else in a meta is the application's own.
 */
export function labelProblem(path: string, meta: unknown): string | undefined {
  const label = (meta as { label?: unknown } | null | undefined)?.label;
  if (label === undefined) return undefined;
  const { vi, en } = (label ?? {}) as { vi?: unknown; en?: unknown };
  const missing = [isText(vi) ? null : 'vi', isText(en) ? null : 'en'].filter(
    (language) => language !== null,
  );
  return missing.length === 0 ? undefined : `${path}.meta.label: has no text in ${missing.join(' and ')}`;
}

/** The label in the meta of a state or a transition, or `null`. */
export function labelOf(meta: unknown): Bilingual | null {
  const { label } = (meta ?? {}) as { label?: Bilingual };
  return label ? { vi: label.vi, en: label.en } : null;
}

/** @throws when the value names a state that the machine does not have. */
function activeStates({ machine }: WithMachine, value: StateValue): AnyStateNode[] {
  const { _nodes: nodes } = machine.resolveState({ value, context: {} }) as { _nodes: AnyStateNode[] };
  return [...new Set(nodes)].sort((a, b) => a.order - b.order);
}

/** Labels of the active states that have one, outer before inner, regions in the order of the machine. */
export function labelsOf(lifecycle: WithMachine, value: StateValue): readonly StateLabel[] {
  return activeStates(lifecycle, value).flatMap((node) => {
    const label = labelOf(node.meta);
    return label ? [{ state: node.path.join('.'), ...label }] : [];
  });
}

/** Tags of the active states, each once, in the order of the machine. */
export function tagsOf(lifecycle: WithMachine, value: StateValue): readonly string[] {
  return [...new Set(activeStates(lifecycle, value).flatMap(({ tags }) => tags))];
}
