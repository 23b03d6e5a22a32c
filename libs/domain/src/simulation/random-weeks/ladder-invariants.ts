import { type Instant } from '@dondoc/workflow';
import { type DirectiveContext } from '../../lifecycles/directive.types';
import { type EscalationContext } from '../../lifecycles/escalation.types';
import { readPayload } from '../../lifecycles/message-payload';
import { ladderFor } from '../../working-rules/working-rules';
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
  /** `id@version` of the rules that sent it. */
  readonly rules: string;
  /** The escalation that it raised; null for a reminder. */
  readonly escalation: string | null;
}

type Named = Pick<Sent, 'rung' | 'rules' | 'deadline'>;

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
      .map(({ at, rung, collapsed, deadline, rules }): Sent => ({
        rules: rules ?? '',
        rung: rung ?? '',
        collapsed,
        at,
        deadline,
        escalation: null,
      }));
    const raised = escalations
      .filter(({ context }) => context.directive === directive.id)
      .map(({ id, startedAt, context }): Sent => ({
        rules: context.rules,
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

const rungsUnder = (week: PlayedWeek, { directive: { context } }: Climbed, rules: string) =>
  ladderFor(week.rulesNamed(rules), { kind: context.kind, urgency: context.urgency }).rungs;

/** When a rung of a version of the rules was meant to be sent for a deadline. */
function meantAt(week: PlayedWeek, one: Climbed, { rung, rules, deadline }: Named): Instant {
  const found = rungsUnder(week, one, rules).find(({ id }) => id === rung);
  if (!found) throw new Error(`there is no rung ${rung}`);
  return week.fingers.offset(deadline ?? 0, found.offset);
}

/** Every rung that a message stands for, by itself. */
const rungsOf = (sent: Sent): readonly Sent[] =>
  [sent.rung, ...sent.collapsed].map((rung) => ({ ...sent, rung, collapsed: [] }));

/** When what was meant earlier leaves: urgent matters at once, others in working hours. */
function leavesAt(week: PlayedWeek, { directive: { context } }: Climbed, at: Instant): Instant {
  const { value: atAnyHour } = week.rules.outsideHours;
  return atAnyHour.includes(context.urgency) ? at : week.fingers.opening(at);
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
            rungsOf(sent).every((named) => {
              const meant = meantAt(week, one, named);
              return meant >= answersFrom(stretch) && meant <= sent.at;
            })
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
          (meantAt(week, one, later) > meantAt(week, one, earlier) || wasWithdrawn(week, one, later)),
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
      const named = one.sent.flatMap(rungsOf);
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

const enforcedFrom = ({ rules: { enforcedFrom: from }, fingers }: PlayedWeek): Instant =>
  from.value === null ? Number.NEGATIVE_INFINITY : fingers.midnight(from.value);

/** What fell due before the rules were enforced is left to the summary: all of it, and nothing else; none of it is sent. */
export const leavesTheOldToTheSummary: Invariant = (week) => {
  const enforced = enforcedFrom(week);
  return together(
    climbed(week).map((one) => {
      const planned = one.course.filter(({ deadline, stands }) => deadline !== null && stands === 'running');
      const isOld = (named: Named): boolean =>
        (named.deadline ?? 0) < enforced || meantAt(week, one, named) < enforced;
      return together([
        each(
          one.sent,
          (sent) => rungsOf(sent).every((named) => !isOld(named)),
          (sent) => say(one, sent),
        ),
        each(
          planned,
          ({ summarized, deadline, rules }) => summarized.every((rung) => isOld({ rung, deadline, rules })),
          ({ summarized }) => `${one.directive.id} leaves ${summarized.join(', ')} to the summary`,
        ),
      ]);
    }),
  );
};

/** A rung that falls due while a directive runs. */
interface Due extends Named {
  readonly meant: Instant;
  readonly at: Instant;
}

function dueIn(week: PlayedWeek, one: Climbed, stretch: Stretch): readonly Due[] {
  const { deadline, rules } = stretch;
  if (deadline === null || stretch.stands !== 'running') return [];
  return rungsUnder(week, one, rules).flatMap(({ id: rung }) => {
    const named = { rung, rules, deadline };
    const meant = meantAt(week, one, named);
    const at = leavesAt(week, one, Math.max(meant, stretch.from));
    const counts = meant >= answersFrom(stretch) && !stretch.summarized.includes(rung);
    return counts ? [{ ...named, meant, at }] : [];
  });
}

/** While a directive runs, no rung that is due is left out: itself or a higher one has been sent by its moment. */
export const forgetsNoRung: Invariant = (week) => {
  const now = week.office.memory.now;
  return together(
    climbed(week).map((one) => {
      const due = one.course.flatMap((stretch) =>
        dueIn(week, one, stretch).filter(({ at }) => at < stretch.until && at <= now),
      );
      return each(
        due,
        ({ meant, at, deadline }) =>
          one.sent.some(
            (sent) => sent.deadline === deadline && sent.at <= at && meantAt(week, one, sent) >= meant,
          ),
        ({ rung, at, deadline }) =>
          `${one.directive.id} forgot ${rung} at ${on(at)} for ${on(deadline ?? 0)}`,
      );
    }),
  );
};

/** Every rung leaves at its own instant, and names all that fall on it and that nothing sent before stands for. */
export const sendsAtTheVeryInstant: Invariant = (week) =>
  together(
    climbed(week).map((one) =>
      each(
        one.sent,
        (sent) =>
          one.course
            .filter(
              ({ from, until, deadline }) =>
                from <= sent.at && sent.at <= until && deadline === sent.deadline,
            )
            .some((stretch) => {
              const together = dueIn(week, one, stretch).filter(({ at }) => at === sent.at);
              const own = together.find(({ rung }) => rung === sent.rung);
              const lower = together.filter(({ meant }) => meant < (own?.meant ?? 0));
              // A higher one was sent before: what is raised again after it was withdrawn comes alone.
              const higher = together.filter(({ meant }) => meant > (own?.meant ?? 0));
              const wasSent = ({ rung }: Due): boolean =>
                one.sent.some(
                  (before) =>
                    before.rung === rung && before.deadline === sent.deadline && before.at < sent.at,
                );
              const isCovered = ({ meant }: Due): boolean =>
                one.sent.some(
                  (before) =>
                    before.deadline === sent.deadline &&
                    before.at < sent.at &&
                    meantAt(week, one, before) >= meant,
                );
              return (
                own !== undefined &&
                together.length === lower.length + higher.length + 1 &&
                higher.every(wasSent) &&
                sent.collapsed.every((rung) => lower.some((other) => other.rung === rung)) &&
                (sent.escalation !== null ||
                  lower.every((other) => sent.collapsed.includes(other.rung) || isCovered(other)))
              );
            }),
        (sent) => say(one, sent),
      ),
    ),
  );

/** By itself nothing urges outside working hours, unless the directive may. */
export const urgesInWorkingHours: Invariant = (week) =>
  together(
    climbed(week).map((one) =>
      each(
        one.sent,
        ({ at }) => leavesAt(week, one, at) === at,
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
