/** What the API is made with; provided by `WorkingsModule`. */
export const CONFIGURATION = Symbol('ApiConfiguration');
export const DATA_SOURCE = Symbol('DataSource');
export const OBSERVER = Symbol('PrometheusObserver');
export const RUNTIME = Symbol('PostgresRuntime');
export const CLOCK = Symbol('BusinessClock');
export const EFFECTS = Symbol('EffectQueue');
export const QUEUES = Symbol('Queues');
export const OPENID = Symbol('OpenIdClient');
export const FILE_STORAGE = Symbol('FileStorage');
export const STREAM_SLOTS = Symbol('StreamSlots');
export const READER = Symbol('DocumentReader');
