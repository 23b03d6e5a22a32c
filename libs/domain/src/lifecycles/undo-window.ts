import { refusal, type Bilingual, type Instant, type Refusal } from '@dondoc/workflow';
import { type DirectiveContext, type DirectiveEventToSend } from './directive.types';

/**
 * For some seconds whoever decided on an escalation or on a request for more time can take it back. Until then the decision
 * is held, and nobody has heard of it; then it is carried out, judged again by what is true then.
 */

/** So long before anything of the directive falls due a decision takes effect at once: it must not come too late for it. */
const CLEAR_MS = 15 * 60_000;

/** Whoever acts, and in whose place: null in their own. */
interface Acting {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

/** A decision that can be undone still, or is about to be carried out. */
export interface Held extends Acting {
  readonly until: Instant;
}

export interface UndoWindow {
  readonly now: Instant;
  /** Left out or 0: it cannot be undone, and takes effect at once. */
  readonly seconds: number | undefined;
  readonly directive: Pick<DirectiveContext, 'deadline' | 'ladder'>;
}

/**
 * A decision of this instant as it is held; null: it cannot be undone, and takes effect at once. So it is where no seconds
 * are given, and where the directive's deadline or its next rung is near.
 */
export function heldDecision<T extends Acting>(
  made: T,
  { now, seconds = 0, directive: { deadline, ladder } }: UndoWindow,
): (T & Held) | null {
  if (seconds <= 0) return null;
  const until = now + seconds * 1_000;
  const due = [deadline?.nearDueAt, deadline?.at, ladder.rungs[0]?.at];
  const isNear = due.some((at) => at !== undefined && at > now && at < until + CLEAR_MS);
  return isNear ? null : { ...made, until };
}

/** Takes back what is held. Refuses `undo-over`, also once the matter has ended, and `nothing-to-undo`. */
export function planUndo(
  { held, hasEnded }: { readonly held: Held | null; readonly hasEnded: boolean },
  { by, onBehalfOf }: Acting,
  now: Instant,
): ({ readonly type: 'undo' } & Acting) | Refusal {
  if (hasEnded || (held !== null && held.until <= now)) return undoIsOver;
  return held === null ? nothingToUndo : { type: 'undo', by, onBehalfOf };
}

/** The decision cannot be carried out any more: something else has happened to the directive meanwhile. */
export interface NotCarriedOut extends Bilingual {
  readonly type: 'not-carried-out';
  readonly code: string;
}

export function notCarriedOut({ code, vi, en }: Refusal): NotCarriedOut {
  return { type: 'not-carried-out', code, vi, en };
}

/** What follows from a decision that was not undone, and what the directive hears after it, in the same transaction. */
export interface CarriedOut<TEvent> {
  readonly decision: TEvent | NotCarriedOut;
  readonly directive: DirectiveEventToSend | null;
}

const undoIsOver = refusal('undo-over', {
  vi: 'Đã hết thời gian hoàn tác; quyết định đã có hiệu lực.',
  en: 'The time to undo is over; the decision has taken effect.',
});

const nothingToUndo = refusal('nothing-to-undo', {
  vi: 'Không có quyết định nào để hoàn tác.',
  en: 'There is no decision to undo.',
});

/**
 * Whether the event is an undoing by whoever decided: in person, in the place of whom it was decided, or as the leader in
 * whose place it was.
 */
export function isUndoneByDecider(
  held: Held | null,
  event: { readonly type: string; readonly by?: string; readonly onBehalfOf?: string | null },
): boolean {
  if (event.type !== 'undo' || held === null) return false;
  const hands = [held.by, held.onBehalfOf];
  return [event.by ?? null, event.onBehalfOf ?? null].some((one) => one !== null && hands.includes(one));
}
