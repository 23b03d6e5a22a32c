import { type AnyStateMachine, type AnyStateNode } from 'xstate';

export type Language = 'vi' | 'en';

/** A transition, or something that a state does: one line of text in the state's box. */
export interface ChartLine {
  /** Event, delay, `always` or `done`; `null` for entry and exit actions. */
  readonly kind: 'event' | 'after' | 'always' | 'done' | 'note';
  /** Type of the event that takes it; empty for `always`. */
  readonly event: string;
  /** What stands on the arrow. */
  readonly text: string;
  /** Actions, below the text. */
  readonly actions: string;
  /** Ids of the states it leads to; empty when it stays where it is. */
  readonly targets: readonly string[];
  readonly guarded: boolean;
}

/** A state as it is drawn. */
export interface ChartState {
  readonly id: string;
  readonly label: string;
  readonly type: AnyStateNode['type'];
  readonly isInitial: boolean;
  readonly tags: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly children: readonly ChartState[];
}

interface Words {
  readonly after: string;
  readonly always: string;
  readonly done: string;
  readonly otherwise: string;
  readonly entry: string;
  readonly exit: string;
}

const words: Readonly<Record<Language, Words>> = {
  vi: { after: 'sau', always: 'ngay', done: 'xong', otherwise: 'còn lại', entry: 'vào', exit: 'ra' },
  en: {
    after: 'after',
    always: 'at once',
    done: 'done',
    otherwise: 'otherwise',
    entry: 'entry',
    exit: 'exit',
  },
};

function nameOf(reference: unknown): string {
  if (typeof reference === 'string') return reference;
  const { type } = (reference ?? {}) as { readonly type?: unknown };
  return typeof type === 'string' ? type : '?';
}

const namesOf = (references: readonly unknown[]): string =>
  references
    .map(nameOf)
    .filter((name) => !name.startsWith('xstate.'))
    .join(', ');

function guardText(guard: unknown): string {
  if (guard === undefined) return '';
  // `and`, `or` and `not` keep theirs within.
  const { guards } = (guard ?? {}) as { readonly guards?: unknown };
  return `[${Array.isArray(guards) ? guards.map(nameOf).join(', ') : nameOf(guard)}]`;
}

interface Drawn {
  readonly eventType: string;
  readonly guard?: unknown;
  readonly target?: readonly AnyStateNode[] | undefined;
  readonly actions: readonly unknown[];
  readonly delay?: unknown;
}

/** A delay as people write it: whole days, hours, minutes or seconds of a number of milliseconds. */
function delayText(delay: string): string {
  const milliseconds = Number(delay);
  if (delay === '' || !Number.isFinite(milliseconds)) return delay;
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ] as const;
  const unit = units.find(([, size]) => milliseconds >= size && milliseconds % size === 0);
  return unit ? `${milliseconds / unit[1]} ${unit[0]}` : `${milliseconds} ms`;
}

function kindOf({ eventType }: Drawn): ChartLine['kind'] {
  if (eventType === '') return 'always';
  if (eventType.startsWith('xstate.after.')) return 'after';
  return eventType.startsWith('xstate.') ? 'done' : 'event';
}

function lineOf(node: AnyStateNode, drawn: Drawn, isLastOfMany: boolean, say: Words): ChartLine {
  const kind = kindOf(drawn);
  const { eventType } = drawn;
  const name: Readonly<Record<ChartLine['kind'], string>> = {
    event: eventType,
    after: `${say.after} ${delayText(eventType.slice('xstate.after.'.length, -(node.id.length + 1)))}`,
    always: say.always,
    done: eventType.startsWith('xstate.done.state.') ? say.done : eventType.slice('xstate.'.length),
    note: '',
  };
  const guarded = drawn.guard !== undefined;
  const condition = guarded ? guardText(drawn.guard) : isLastOfMany ? `[${say.otherwise}]` : '';
  return {
    kind,
    event: eventType,
    text: condition === '' ? name[kind] : `${name[kind]} ${condition}`,
    actions: namesOf(drawn.actions),
    targets: (drawn.target ?? []).map(({ id }) => id),
    guarded,
  };
}

function linesOf(node: AnyStateNode, say: Words): ChartLine[] {
  const note = (text: string, actions: readonly unknown[]): ChartLine[] => {
    const names = namesOf(actions);
    if (names === '') return [];
    return [{ kind: 'note', event: '', text, actions: names, targets: [], guarded: false }];
  };
  const groups = [
    ...node.transitions.values(),
    node.always ?? [],
  ] as unknown as readonly (readonly Drawn[])[];
  const transitions = groups.flatMap((group) =>
    group.map((drawn, index) => lineOf(node, drawn, group.length > 1 && index === group.length - 1, say)),
  );
  const invoked = (node.invoke as readonly { readonly src: unknown }[]).map(({ src }) => src);
  return [
    ...note(say.entry, node.entry),
    ...note('invoke', invoked),
    ...transitions,
    ...note(say.exit, node.exit),
  ];
}

/** `meta.label` of a state in the language, else its key. */
export function labelOf(node: AnyStateNode, language: Language): string {
  const { label } = (node.meta ?? {}) as { readonly label?: Readonly<Partial<Record<Language, unknown>>> };
  const text = label?.[language];
  return typeof text === 'string' && text !== '' ? text : node.key;
}

/** What a machine looks like, before anything has a place. */
export function chartOf(machine: AnyStateMachine, language: Language): ChartState {
  const say = words[language];
  const draw = (node: AnyStateNode): ChartState => ({
    id: node.id,
    label: labelOf(node, language),
    type: node.type,
    isInitial: node.parent?.type === 'compound' && node.parent.initial.target.includes(node),
    tags: node.tags,
    lines: node.type === 'history' ? [] : linesOf(node, say),
    children: Object.values(node.states).map(draw),
  });
  return draw(machine.root);
}
