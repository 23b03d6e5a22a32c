/** Who has a directive (stored, moved by people). */
export const workStates = [
  'assigned',
  'returned',
  'in-progress',
  'awaiting-head',
  'suspended',
  'reported',
  'closed',
  'cancelled',
  'replaced',
] as const;
export type WorkState = (typeof workStates)[number];

const ended: readonly WorkState[] = ['closed', 'cancelled', 'replaced'];

/** Whether its clock may run: somebody has it and has not reported. */
export function isUnderway(work: WorkState): boolean {
  return !hasEnded(work) && work !== 'reported' && work !== 'suspended';
}

/** Whether nothing more can happen to a directive. */
export function hasEnded(work: WorkState): boolean {
  return ended.includes(work);
}

/** How its deadline stands, as the machine recorded it. Null while the clock stands still. */
export type TimeState = 'no-deadline' | 'within' | 'near-due' | 'overdue';

export interface DirectiveState {
  readonly work: WorkState;
  readonly time: TimeState | null;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Reads the state value of a directive's snapshot or history entry. */
export function directiveState(value: unknown): DirectiveState {
  if (typeof value === 'string') return { work: kebab(value) as WorkState, time: null };
  const { underway } = value as { readonly underway?: { readonly work: string; readonly time: string } };
  if (!underway) return { work: kebab(Object.keys(value as object)[0] ?? '') as WorkState, time: null };
  return { work: kebab(underway.work) as WorkState, time: kebab(underway.time) as TimeState };
}

export type EscalationState = 'raised' | 'acknowledged' | 'decided' | 'withdrawn';

/** `decided` also while the decision can be undone. Reads the state value of an escalation's snapshot or history entry. */
export function escalationState(value: unknown): EscalationState {
  if (typeof value === 'string') return value as EscalationState;
  const { open, held } = value as { readonly open?: unknown; readonly held?: unknown };
  if (held !== undefined) return 'decided';
  return typeof open === 'object' && open !== null && 'acknowledged' in open ? 'acknowledged' : 'raised';
}
