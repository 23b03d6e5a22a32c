import {
  inTransaction,
  outside,
  type EffectHandlers,
  type PostgresRuntime,
  type Retrying,
} from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { carryOutDecision } from '../escalations/carry-out-decision';
import { cascadeHandlers } from '../cascade/cascade.effects';
import { deliverNews } from '../inbox/news.effects';
import { type Channel } from './channel.port';
import { composeDispatch } from './compose-dispatch';
import { planNextDigest, writeDigests } from './digest.effects';
import { handOverDispatch } from './hand-over-dispatch';
import { pageAt } from './page-addresses';

/** A mail server may be away for hours: 14 attempts over some four and a half. */
const handingOver: Retrying = { attempts: 14, firstPauseMs: 5_000, longestPauseMs: 3_600_000 };

/** Technical time for one attempt, in milliseconds. */
const ATTEMPT_MS = 60_000;

export interface MessageHandlersOptions {
  /** For what travels to another organization. */
  readonly runtime: PostgresRuntime;
  /** For what is read outside any transaction of the runtime. */
  readonly dataSource: DataSource;
  /** Beside the inbox. */
  readonly channels: readonly Channel[];
  /** Where the page is, for the links in messages. */
  readonly publicUrl: string;
  readonly retrying?: Retrying;
}

/** One handler per effect that the lifecycles declare; the worker runs them. */
export function messageHandlers(options: MessageHandlersOptions): EffectHandlers {
  const { runtime, dataSource, channels, publicUrl, retrying = handingOver } = options;
  const page = pageAt(publicUrl);
  const news = inTransaction((effect, tx) => deliverNews(effect, tx, channels));
  return {
    ...cascadeHandlers(runtime, options.retrying),
    notify: news,
    settle: inTransaction((effect, tx) => carryOutDecision(effect, tx)),
    composeDispatch: inTransaction(async (effect, tx) => ({
      ...(await composeDispatch(effect, tx, channels, page)),
    })),
    planDigest: inTransaction(async (effect, tx) => ({ ...(await planNextDigest(effect, tx)) })),
    writeDigests: inTransaction((effect, tx) => writeDigests(effect, tx, channels)),
    handOverDispatch: outside(
      async (effect, call) => ({ ...(await handOverDispatch(effect, call, dataSource, channels)) }),
      { ...retrying, timeoutMs: ATTEMPT_MS },
    ),
  };
}
