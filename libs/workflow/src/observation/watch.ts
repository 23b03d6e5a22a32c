import { type SpanContext } from '@opentelemetry/api';
import { isRefusal, type Refusal } from '../lifecycle/refusal';
import {
  tell,
  type ObservedCommit,
  type RequestKind,
  type RetryCause,
  type RuntimeObserver,
} from './runtime-observer';
import { isTracing, spanned } from './spans';

/** What the runtime tells of itself: to its observer as numbers, to OpenTelemetry as spans. */
export class Watch {
  /** Spans of the sends that wait for a commit. */
  private readonly senders = new WeakMap<object, SpanContext>();

  constructor(private readonly observer: RuntimeObserver | undefined) {}

  /** A request, from its call to its answer. @param command the send that a later `sharing` names */
  request<T>(kind: RequestKind, ask: () => Promise<T | Refusal>, command?: object): Promise<T | Refusal> {
    if (!this.observer && !isTracing()) return ask();
    return spanned(`workflow ${kind}`, 'active', {}, async (span) => {
      if (span && command) this.senders.set(command, span.spanContext());
      const began = performance.now();
      try {
        const answer = await ask();
        if (isRefusal(answer)) span?.setAttribute('workflow.refusal', answer.code);
        this.answered(kind, isRefusal(answer) ? answer.code : null, began);
        return answer;
      } catch (error) {
        tell(this.observer, (observer) => observer.answered(kind, 'failed', performance.now() - began));
        throw error;
      }
    });
  }

  /** The transaction that these sends share: below the first of them, with links to the others. */
  sharing<T>(commands: readonly object[], work: () => Promise<T>): Promise<T> {
    const senders = commands.flatMap((command) => this.senders.get(command) ?? []);
    const origin = { parent: senders[0] ?? null, links: senders.slice(1) };
    return spanned('workflow commit', origin, { 'workflow.commands': commands.length }, work);
  }

  /** A batch of due timers: nobody asked for it, so it is a trace of its own. */
  batch<T>(work: () => Promise<T>): Promise<T> {
    return spanned('workflow timers', { parent: null, links: [] }, {}, work);
  }

  /** @param began when the transaction had begun, by `performance.now()` */
  committed(commit: Omit<ObservedCommit, 'tookMs'>, began: number): void {
    const isNothing = commit.changes.length === 0 && (commit.source === 'transaction' || commit.size === 0);
    if (!isNothing)
      tell(this.observer, (observer) => observer.committed({ ...commit, tookMs: performance.now() - began }));
  }

  retried(cause: RetryCause): void {
    tell(this.observer, (observer) => observer.retried(cause));
  }

  parked(count: number): void {
    if (count > 0) tell(this.observer, (observer) => observer.parked('timer', count));
  }

  private answered(kind: RequestKind, refusedWith: string | null, began: number): void {
    tell(this.observer, (observer) => {
      observer.answered(kind, refusedWith === null ? 'done' : 'refused', performance.now() - began);
      if (refusedWith !== null) observer.refused(refusedWith);
    });
  }
}
