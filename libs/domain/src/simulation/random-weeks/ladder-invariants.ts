import { type Instant } from '@dondoc/workflow';
import { type DirectiveContext } from '../../lifecycles/directive.types';
import { type EscalationContext } from '../../lifecycles/escalation.types';
import { readPayload } from '../../lifecycles/message-payload';
import { offsetFrom } from '../../working-rules/rule-instants';
import { ladderFor, sendsOutsideHours } from '../../working-rules/working-rules';
import { dayNumberOfDate } from '../../working-time/civil-date';
import { isOpen, nextOpening } from '../../working-time/working-time';
import { zoneNamed } from '../../working-time/zone';
import { courseOf, type Stretch } from './course';
import { each, keptIn, on, toldBy, together, type Invariant, type Kept } from './invariant';
import { type PlayedWeek } from './played-week';

/** A rung of the ladder that was sent: as a reminder, or as an escalation that it raised. */
interface Sent {
  readonly rung: string;
  /** Rungs that it stood for. An escalation does not name them. */
  readonly collapsed: readonly string[];
  readonly at: Instant;
  readonly deadline: Instant | null;
  /** The escalation that it raised; null for a reminder. */
  readonly escalation: string | null;
}

interface Climbed {
  readonly directive: Kept<DirectiveContext>;
  readonly course: readonly Stretch[];
  readonly sent: readonly Sent[];
}

function climbed(week: PlayedWeek): readonly Climbed[] {
  const escalations = keptIn<EscalationContext>(week.instances, 'escalation');
  return keptIn<DirectiveContext>(week.instances, 'directive').map((directive) => {
    const reminders = toldBy(week, directive.id, 'rung')
      .map(({ at, payload }) => ({ at, ...readPayload(payload) }))
      .filter(({ rung }) => rung?.startsWith('T') === true)
      .map(({ at, rung, collapsed, deadline }): Sent => ({
        rung: rung ?? '',
        collapsed,
        at,
        deadline,
        escalation: null,
      }));
    const raised = escalations
      .filter(({ context }) => context.directive === directive.id)
      .map(({ id, startedAt, context }): Sent => ({
        rung: context.rung,
        collapsed: [],
        at: startedAt,
        deadline: context.deadline,
        escalation: id,
      }));
    const sent = [...reminders, ...raised].sort((a, b) => a.at - b.at);
    return { directive, course: courseOf(week.histories.get(directive.id) ?? []), sent };
  });
}

const rungsFor = (week: PlayedWeek, { directive: { context } }: Climbed) =>
  ladderFor(week.rules, { kind: context.kind, urgency: context.urgency }).rungs;

/** When a rung was meant to be sent for a deadline. */
function meantAt(week: PlayedWeek, one: Climbed, rung: string, deadline: Instant): Instant {
  const found = rungsFor(week, one).find(({ id }) => id === rung);
  if (!found) throw new Error(`there is no rung ${rung}`);
  return offsetFrom(week.calendar, deadline, found.offset);
}

/** The first instant for which the lead answers for this deadline. */
const answersFrom = ({ assignedAt, deadlineSince }: Stretch): Instant => Math.max(assignedAt, deadlineSince);

const say = ({ directive }: Climbed, { rung, collapsed, at, deadline }: Sent): string =>
  `${directive.id} sent ${[rung, ...collapsed].join('+')} at ${on(at)} for ${on(deadline ?? 0)}`;

/** The stretch in which something was sent: an act of the same instant comes after it, or before it. */
function stretchOf({ course }: Climbed, { at, deadline }: Sent): Stretch | undefined {
  return course
    .filter(
      (one) => one.from <= at && at <= one.until && one.stands === 'running' && one.deadline === deadline,
    )
    .at(-1);
}

/** Nothing is sent of what was meant before the lead had it, or before the deadline was given. */
export const sendsNothingFromBeforeTheAssignment: Invariant = (week) =>
  together(
    climbed(week).map((one) =>
      each(
        one.sent,
        (sent) => {
          const stretch = stretchOf(one, sent);
          return (
            stretch !== undefined &&
            sent.deadline !== null &&
            [sent.rung, ...sent.collapsed].every(
              (rung) =>
                meantAt(week, one, rung, sent.deadline ?? 0) >= answersFrom(stretch) &&
                meantAt(week, one, rung, sent.deadline ?? 0) <= sent.at,
            )
          );
        },
        (sent) => say(one, sent),
      ),
    ),
  );

/** What was missed, or falls on one opening, is one rung, the highest: nothing twice at one moment, nothing lower after higher. */
export const collapsesWhatIsDueTogether: Invariant = (week) =>
  together(
    climbed(week).map((one) => {
      const pairs = one.sent.slice(1).map((later, index) => ({ earlier: one.sent[index] ?? later, later }));
      return each(
        pairs.filter(({ earlier, later }) => earlier.deadline === later.deadline),
        ({ earlier, later }) =>
          later.at > earlier.at &&
          (meantAt(week, one, later.rung, later.deadline ?? 0) >
            meantAt(week, one, earlier.rung, earlier.deadline ?? 0) ||
            wasWithdrawn(week, one, later)),
        ({ later }) => say(one, later),
      );
    }),
  );

/** A rung whose escalation was withdrawn undecided may be raised again. */
function wasWithdrawn(week: PlayedWeek, { sent }: Climbed, { rung, deadline, at }: Sent): boolean {
  const before = sent.filter((one) => one.rung === rung && one.deadline === deadline && one.at < at);
  return (
    before.length > 0 &&
    before.every(
      ({ escalation }) =>
        escalation !== null &&
        week.instances.some(({ id, snapshot }) => id === escalation && snapshot.value === 'withdrawn'),
    )
  );
}

/** No rung is sent again for one deadline. */
export const repeatsNoRung: Invariant = (week) =>
  together(
    climbed(week).map((one) => {
      const named = one.sent.flatMap((sent) =>
        [sent.rung, ...sent.collapsed].map((rung) => ({ ...sent, rung, collapsed: [] })),
      );
      return each(
        named,
        (sent) =>
          named.filter(
            (other) => other.rung === sent.rung && other.deadline === sent.deadline && other.at < sent.at,
          ).length === 0 || wasWithdrawn(week, one, sent),
        (sent) => say(one, sent),
      );
    }),
  );

const enforcedFrom = ({ rules, calendar }: PlayedWeek): Instant =>
  rules.enforcedFrom.value === null
    ? Number.NEGATIVE_INFINITY
    : zoneNamed(calendar.zone).instantOf(dayNumberOfDate(rules.enforcedFrom.value), 0);

/** What fell due before the rules were enforced is left to the summary: all of it, and nothing else; none of it is sent. */
export const leavesTheOldToTheSummary: Invariant = (week) => {
  const enforced = enforcedFrom(week);
  return together(
    climbed(week).map((one) => {
      const planned = one.course.filter(({ deadline, stands }) => deadline !== null && stands === 'running');
      const isOld = (rung: string, deadline: Instant): boolean =>
        deadline < enforced || meantAt(week, one, rung, deadline) < enforced;
      return together([
        each(
          one.sent,
          ({ rung, collapsed, deadline }) => [rung, ...collapsed].every((id) => !isOld(id, deadline ?? 0)),
          (sent) => say(one, sent),
        ),
        each(
          planned,
          ({ summarized, deadline }) => summarized.every((id) => isOld(id, deadline ?? 0)),
          ({ summarized }) => `${one.directive.id} leaves ${summarized.join(', ')} to the summary`,
        ),
      ]);
    }),
  );
};

/** While a directive runs, no rung that is due is left out: itself or a higher one has been sent by its moment. */
export const forgetsNoRung: Invariant = (week) => {
  const now = week.office.memory.now;
  return together(
    climbed(week).map((one) => {
      const { context } = one.directive;
      const urgent = sendsOutsideHours(week.rules, context.urgency);
      const due = one.course
        .filter(({ stands }) => stands === 'running')
        .flatMap((stretch) => {
          const { deadline } = stretch;
          if (deadline === null) return [];
          return rungsFor(week, one).flatMap(({ id: rung }) => {
            const meant = meantAt(week, one, rung, deadline);
            const from = Math.max(meant, stretch.from);
            const at = urgent ? from : nextOpening(week.calendar, from);
            const counts = meant >= answersFrom(stretch) && !stretch.summarized.includes(rung);
            return counts && at < stretch.until && at <= now ? [{ rung, meant, at, deadline }] : [];
          });
        });
      return each(
        due,
        ({ meant, at, deadline }) =>
          one.sent.some(
            (sent) =>
              sent.deadline === deadline && sent.at <= at && meantAt(week, one, sent.rung, deadline) >= meant,
          ),
        ({ rung, at, deadline }) => `${one.directive.id} forgot ${rung} at ${on(at)} for ${on(deadline)}`,
      );
    }),
  );
};

/** By itself nothing urges outside working hours, unless the directive may. */
export const urgesInWorkingHours: Invariant = (week) =>
  together(
    climbed(week).map((one) =>
      each(
        one.sent,
        ({ at }) => sendsOutsideHours(week.rules, one.directive.context.urgency) || isOpen(week.calendar, at),
        (sent) => say(one, sent),
      ),
    ),
  );

/** Who is to verify is reminded while a report waits, and only then; the Office is prompted while there is no deadline. */
export const remindsWhileItWaits: Invariant = (week) =>
  together(
    climbed(week).map((one) =>
      each(
        toldBy(week, one.directive.id, 'rung')
          .map(({ at, payload }) => ({ at, rung: readPayload(payload).rung ?? '' }))
          .filter(({ rung }) => !rung.startsWith('T')),
        ({ at, rung }) =>
          one.course.some(
            ({ from, until, stands, deadline }) =>
              from <= at &&
              at <= until &&
              (rung.startsWith('V') ? stands === 'reported' : stands === 'running' && deadline === null),
          ),
        ({ at, rung }) => `${one.directive.id} sent ${rung} at ${on(at)}`,
      ),
    ),
  );
