import { wholeNumber } from './environment.configuration';

/** What one connection, person or address may take of the API. Milliseconds of technical time. */
export interface ApiLimits {
  /** For all headers of a request to arrive. */
  readonly headersMs: number;
  /** For a whole request to arrive, a large file included. */
  readonly arrivalMs: number;
  /** How long a connection stays open without a request. */
  readonly idleMs: number;
  /** How often the three are looked at. */
  readonly lookEveryMs: number;
  /** For a request to be answered, from its headers on. */
  readonly answerMs: number;
  /** Event streams open at once over all processes, of one account and of one address; in one process, of all. */
  readonly streamsPerAccount: number;
  readonly streamsPerAddress: number;
  readonly streams: number;
  /** Days for which it is kept how often an address without a session was refused. */
  readonly strangersKeptDays: number;
}

export const limitVariables = {
  HEADERS_SECONDS: wholeNumber(1, 120).default(15),
  ARRIVAL_SECONDS: wholeNumber(1, 3_600).default(300),
  IDLE_SECONDS: wholeNumber(1, 600).default(10),
  ANSWER_SECONDS: wholeNumber(1, 3_600).default(360),
  EVENT_STREAMS_PER_ACCOUNT: wholeNumber(1, 1_000).default(8),
  EVENT_STREAMS_PER_ADDRESS: wholeNumber(1, 100_000).default(1_000),
  EVENT_STREAMS: wholeNumber(1, 100_000).default(2_000),
  STRANGERS_KEPT_DAYS: wholeNumber(1, 3_650).default(90),
};

type Read = Readonly<Record<keyof typeof limitVariables, number>>;

const LOOK_EVERY = 5_000;

export function apiLimits(read: Read): ApiLimits {
  return {
    headersMs: read.HEADERS_SECONDS * 1_000,
    arrivalMs: read.ARRIVAL_SECONDS * 1_000,
    idleMs: read.IDLE_SECONDS * 1_000,
    lookEveryMs: LOOK_EVERY,
    answerMs: read.ANSWER_SECONDS * 1_000,
    streamsPerAccount: read.EVENT_STREAMS_PER_ACCOUNT,
    streamsPerAddress: read.EVENT_STREAMS_PER_ADDRESS,
    streams: read.EVENT_STREAMS,
    strangersKeptDays: read.STRANGERS_KEPT_DAYS,
  };
}
