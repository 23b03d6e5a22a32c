import { type Instant } from '@dondoc/workflow';
import { type Audience } from '../directory/audience';
import { dayNumberOfDate, type CivilDate } from '../working-time/civil-date';
import { nextOpening } from '../working-time/working-time';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { zoneNamed } from '../working-time/zone';
import { type Rung } from './ladder-rules';
import { offsetFrom } from './rule-instants';

/** A rung with its instant: all that a machine needs to climb it. `prompt` asks the Office for a missing deadline. */
export interface PlannedRung {
  readonly id: string;
  readonly at: Instant;
  readonly kind: 'remind' | 'escalate' | 'prompt';
  readonly to: readonly Audience[];
  /** The article of the working rules it follows. */
  readonly article: string;
  /** Rungs that this one stands for, because they would have been sent at the same time or were missed. */
  readonly collapsed: readonly string[];
}

/** As much of a ladder as climbing it needs. */
export interface Climbable {
  readonly rungs: readonly Pick<Rung, 'id' | 'offset' | 'kind' | 'to' | 'article'>[];
}

export interface ClimbFacts {
  /** The deadline in force. */
  readonly deadline: Instant;
  /** When the present lead got the directive. */
  readonly assignedAt: Instant;
  /** Ids of rungs sent, or swallowed by a sent one, for this same deadline. */
  readonly alreadySent: readonly string[];
  readonly now: Instant;
  /** First day on which the rules are enforced; null: from the beginning. */
  readonly enforcedFrom: CivilDate | null;
  readonly calendar: WorkingCalendar;
  /** Urgent messages do not wait for working hours. */
  readonly urgent: boolean;
}

export interface Climb {
  /** In the order in which they are to be sent, each at another instant. */
  readonly rungs: readonly PlannedRung[];
  /** Rungs that belong into the summary of what was due before the rules were enforced; never sent one by one. */
  readonly summarized: readonly string[];
}

/**
 * What is still to be sent for a deadline. Asked again whenever the deadline, a rule, the lead or a report changes the
 * picture: rungs from before the assignment are never sent, missed ones collapse into the highest one due, those that
 * fall on the same opening collapse likewise, and none is repeated. All instants lie within working hours, unless the
 * directive is urgent, and none lies before `now`. Pure.
 */
export function climb(ladder: Climbable, facts: ClimbFacts): Climb {
  const { calendar, deadline, now, urgent } = facts;
  const enforced =
    facts.enforcedFrom === null
      ? Number.NEGATIVE_INFINITY
      : zoneNamed(calendar.zone).instantOf(dayNumberOfDate(facts.enforcedFrom), 0);
  const open = ladder.rungs
    .map((rung) => ({ rung, meant: offsetFrom(calendar, deadline, rung.offset) }))
    .filter(({ rung, meant }) => meant >= facts.assignedAt && !facts.alreadySent.includes(rung.id))
    .sort((a, b) => a.meant - b.meant);
  const summarized = open.filter(({ meant }) => deadline < enforced || meant < enforced);
  const bySending = new Map<Instant, PlannedRung>();
  for (const { rung, meant } of open) {
    if (summarized.some((other) => other.rung === rung)) continue;
    const at = urgent ? Math.max(meant, now) : nextOpening(calendar, Math.max(meant, now));
    const swallowed = bySending.get(at);
    bySending.set(at, {
      id: rung.id,
      at,
      kind: rung.kind,
      to: rung.to,
      article: rung.article,
      collapsed: swallowed ? [...swallowed.collapsed, swallowed.id] : [],
    });
  }
  return {
    rungs: [...bySending.values()].sort((a, b) => a.at - b.at),
    summarized: summarized.map(({ rung }) => rung.id),
  };
}
