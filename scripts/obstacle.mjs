/** An error whose message says all that its reader needs: shown without a stack. */
export class Obstacle extends Error {}
