/** The worker's validated configuration. */
export const CONFIGURATION = Symbol('WorkerConfiguration');
