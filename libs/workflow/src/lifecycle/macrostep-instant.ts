/** Milliseconds since the epoch, UTC. All business time in the runtime is an instant; zones belong to callers. */
export type Instant = number;

let current: Instant | null = null;

/**
 * Runs a pure machine step with `at` as its instant. Steps are synchronous, so a module variable is enough:
 * it is set for the length of one macrostep and put back after it, also when the step throws.
 */
export function stepAt<T>(at: Instant, step: () => T): T {
  const outer = current;
  current = at;
  try {
    return step();
  } finally {
    current = outer;
  }
}

/**
 * The instant of the macrostep that is running: for named guards, actions and delays. Internal events (`always`,
 * `done`, `raise`) carry no `at`, so this is the one way for a machine to know when it is.
 * @throws when called outside a step of the runtime.
 */
export function instantNow(): Instant {
  if (current === null)
    throw new Error('instantNow() is only known while the runtime runs a step of a machine');
  return current;
}

/**
 * A named delay that ends at an absolute instant kept in the context: `delays: { due: until(({ context }) => context.dueAt) }`.
 * An instant in the past is due at once; anything but a finite number is refused by the runtime.
 */
export function until<TArguments>(
  instantOf: (args: TArguments) => Instant | null | undefined,
): (args: TArguments) => number {
  return (args) => (instantOf(args) ?? Number.NaN) - instantNow();
}
