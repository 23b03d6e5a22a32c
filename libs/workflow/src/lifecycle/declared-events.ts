import { type AnyStateMachine } from 'xstate';
import { z } from 'zod';
import { canonicalJson, type JsonValue } from '../engine/canonical-json';
import { refusal, type Bilingual, type Refusal } from './refusal';
import { inWords } from './payload-words';

/** What a lifecycle says of one event that people may send. */
export interface EventDeclaration<TPayload = unknown> {
  /** What the event is called on a button or in a list. */
  readonly label: Bilingual;
  /**
   * What has to be entered: everything of the event but `type` and `at`. The event is kept as the schema makes it:
   * defaults filled in, members that it does not name left out.
   */
  readonly payload?: z.ZodType<TPayload>;
}

/** JSON Schema (2020-12) of what has to be entered. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface DeclaredEvent extends EventDeclaration {
  readonly schema?: JsonSchema;
}

/** Everything that a lifecycle says in words for people, by event type, and by delay name or timer id. */
export interface Declarations {
  readonly events: Readonly<Record<string, EventDeclaration>>;
  readonly timers: Readonly<Record<string, Bilingual>>;
}

const wordProblems = (path: string, words: Partial<Bilingual> | undefined): string[] =>
  (['vi', 'en'] as const)
    .filter((language) => !words?.[language]?.trim())
    .map((language) => `${path}.${language}: is empty`);

function schemaOf(payload: z.ZodType): JsonSchema {
  return z.toJSONSchema(payload, { io: 'input' });
}

function payloadProblem(path: string, payload: z.ZodType | undefined): string[] {
  if (payload === undefined) return [];
  try {
    const { type } = schemaOf(payload);
    return type === 'object' ? [] : [`${path}: is not a schema of an object`];
  } catch (error) {
    return [`${path}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** What is wrong with the declarations, each with its path; empty when nothing is. */
export function declarationProblems(
  machine: AnyStateMachine,
  { events, timers }: Declarations,
  timerNames: ReadonlySet<string>,
): string[] {
  const known = new Set<string>(machine.events as readonly string[]);
  const ofEvents = Object.entries(events).flatMap(([type, { label, payload }]) => [
    ...(known.has(type) ? [] : [`events.${type}: the machine has no such event`]),
    ...wordProblems(`events.${type}.label`, label),
    ...payloadProblem(`events.${type}.payload`, payload),
  ]);
  const ofTimers = Object.entries(timers).flatMap(([name, label]) => [
    ...(timerNames.has(name)
      ? []
      : [`timers.${name}: the machine has no delay and no delayed raise of this name`]),
    ...wordProblems(`timers.${name}`, label),
  ]);
  return [...ofEvents, ...ofTimers];
}

export function declaredEvents(
  events: Readonly<Record<string, EventDeclaration>>,
): Record<string, DeclaredEvent> {
  return Object.fromEntries(
    Object.entries(events).map(([type, event]) => [
      type,
      { ...event, ...(event.payload && { schema: schemaOf(event.payload) }) },
    ]),
  );
}

const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.');

function at(payload: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = payload;
  for (const key of path)
    found =
      typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[key] : undefined;
  return found;
}

interface PlainEvent {
  readonly type: string;
  readonly [key: string]: JsonValue | undefined;
}

/**
 * The event with its payload as the schema makes it; the event as it came where nothing is declared of it.
 * Refuses with `invalid-payload`, the dotted path of the first field that does not fit, and why.
 * @throws NotStorableError when the schema makes something that JSON cannot hold
 */
export function checkedPayload(
  declared: DeclaredEvent | undefined,
  event: PlainEvent,
): { readonly event: PlainEvent } | Refusal {
  if (!declared?.payload) return { event };
  const { type, at: _at, ...payload } = event;
  const parsed = declared.payload.safeParse(payload);
  if (parsed.success) {
    canonicalJson(parsed.data, type);
    return { event: { ...(parsed.data as Record<string, JsonValue>), type } };
  }
  const [issue] = parsed.error.issues;
  if (!issue) throw new Error(`the payload of "${type}" does not fit, without a reason`);
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...extra];
  const words = inWords(issue, at(payload, issue.path) === undefined);
  return refusal('invalid-payload', words, path.length > 0 ? { field: dotted(path) } : {});
}
