import { type Instant } from '@dondoc/workflow';
import { type PlannedRung } from '../working-rules/climb';

/** What a machine keeps of a ladder: the rungs still to come for the deadline in force, in order. */
export interface LadderProgress {
  readonly rungs: readonly PlannedRung[];
  /** Ids sent, or swallowed by one that was, for the deadline in force. */
  readonly sent: readonly string[];
  /** Set by whatever plans the ladder anew; the region then drops its timer and chooses again. */
  readonly replanned: boolean;
}

/** A ladder planned for a new deadline. */
export function freshLadder(rungs: readonly PlannedRung[]): LadderProgress {
  return { rungs, sent: [], replanned: true };
}

/**
 * A ladder planned again for the same deadline: what was sent is not forgotten, nor sent again, even if it was sent
 * after the plan was made (a worker may have been late).
 */
export function replanned({ sent }: LadderProgress, planned: readonly PlannedRung[]): LadderProgress {
  const unsent = (id: string): boolean => !sent.includes(id);
  const rungs = planned
    .filter(({ id }) => unsent(id))
    .map((rung) => ({ ...rung, collapsed: rung.collapsed.filter(unsent) }));
  return { rungs, sent, replanned: true };
}

/** The ladder after its first rung was sent. */
export function passRung({ rungs, sent, replanned }: LadderProgress): LadderProgress {
  const [passed, ...rest] = rungs;
  return passed
    ? { rungs: rest, sent: [...sent, ...passed.collapsed, passed.id], replanned }
    : { rungs, sent, replanned };
}

/** The delay `nextRung`. */
export function nextRungAt(ladder: LadderProgress): Instant | null {
  return ladder.rungs[0]?.at ?? null;
}

/**
 * The region that climbs any ladder, to be put into a parallel state. The machine binds the names: guards `hasRung`,
 * `rungEscalates`, `ladderReplanned`; delay `nextRung`; actions `beginLadder` (clears `replanned`), `notify` with the subject
 * `rung`, `escalate`, `passRung`.
 */
export const ladderRegion = {
  initial: 'choosing',
  states: {
    choosing: {
      entry: 'beginLadder',
      always: [{ guard: 'hasRung', target: 'waiting' }, { target: 'atRest' }],
    },
    waiting: {
      always: { guard: 'ladderReplanned', target: 'choosing' },
      after: {
        nextRung: [
          { guard: 'rungEscalates', target: 'choosing', actions: ['escalate', 'passRung'] },
          {
            target: 'choosing',
            actions: [{ type: 'notify', params: { subject: 'rung', to: [] } }, 'passRung'],
          },
        ],
      },
    },
    atRest: { always: { guard: 'ladderReplanned', target: 'choosing' } },
  },
} as const;

/**
 * The ladder of a report that awaits verification: it has no escalations, and is never planned anew. Bound by name: guard
 * `hasVerificationRung`, delay `nextVerificationRung`, actions `notify` with the subject `verification-rung`,
 * `passVerificationRung`.
 */
export const verificationLadder = {
  initial: 'choosing',
  states: {
    choosing: { always: [{ guard: 'hasVerificationRung', target: 'waiting' }, { target: 'atRest' }] },
    waiting: {
      after: {
        nextVerificationRung: {
          target: 'choosing',
          actions: [
            { type: 'notify', params: { subject: 'verification-rung', to: [] } },
            'passVerificationRung',
          ],
        },
      },
    },
    atRest: {},
  },
} as const;
