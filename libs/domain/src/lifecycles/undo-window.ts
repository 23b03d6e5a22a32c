import { refusal, type Instant } from '@dondoc/workflow';
import { type DirectiveContext } from './directive.types';

/** So long before anything of the directive falls due a decision takes effect at once: it must not come too late for it. */
const CLEAR_MS = 15 * 60_000;

/** Whoever acts, and in whose place: null in their own. */
interface Acting {
  readonly by: string;
  readonly onBehalfOf: string | null;
}

/**
 * Until when a decision of this instant can be undone; null: it cannot, and takes effect at once. So it is where no seconds
 * are given, and where the directive's deadline or its next rung is near.
 */
export function undoUntil(
  now: Instant,
  seconds: number,
  { deadline, ladder }: Pick<DirectiveContext, 'deadline' | 'ladder'>,
): Instant | null {
  if (seconds <= 0) return null;
  const until = now + seconds * 1_000;
  const due = [deadline?.nearDueAt, deadline?.at, ladder.rungs[0]?.at];
  const isNear = due.some((at) => at !== undefined && at > now && at < until + CLEAR_MS);
  return isNear ? null : until;
}

export const undoIsOver = refusal('undo-over', {
  vi: 'Đã hết thời gian hoàn tác; quyết định đã có hiệu lực.',
  en: 'The time to undo is over; the decision has taken effect.',
});

export const nothingToUndo = refusal('nothing-to-undo', {
  vi: 'Không có quyết định nào để hoàn tác.',
  en: 'There is no decision to undo.',
});

/** Whoever decided undoes it: in person, in the place of whom it was decided, or as the leader in whose place it was. */
export function isTheirs(decided: Acting, undoing: Acting): boolean {
  const hands = [decided.by, decided.onBehalfOf];
  return [undoing.by, undoing.onBehalfOf].some((one) => one !== null && hands.includes(one));
}
