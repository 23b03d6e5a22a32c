/** `and`, `or` or `not` of XState with what it was built of. */
export interface GuardOperands {
  readonly operator: string;
  readonly guards: readonly unknown[];
}

const isOperator = (guard: unknown): guard is { readonly name: string } =>
  typeof guard === 'function' && 'check' in guard;

/** What XState's `and`, `or` and `not` were built of; `null` for anything else. */
export function operandsOf(guard: unknown): GuardOperands | null {
  if (!isOperator(guard)) return null;
  const { guards } = guard as { readonly guards?: unknown };
  return Array.isArray(guards) ? { operator: guard.name, guards } : null;
}

/** Whether this is XState's `stateIn(...)`, which asks for nothing but the state. */
export const isStateIn = (guard: unknown): guard is { readonly stateValue: unknown } =>
  isOperator(guard) && 'stateValue' in guard;
