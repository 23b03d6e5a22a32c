import { type HistoryEntry, type Instant } from '@dondoc/workflow';
import { type ConsultationContext } from '../../lifecycles/consultation/consultation.types';
import { type DelegationContext } from '../../lifecycles/delegation/delegation.types';
import {
  type EscalationContext,
  type EscalationInput,
  type EscalationLevel,
} from '../../lifecycles/escalation.types';
import {
  type ExplanationContext,
  type ExplanationInput,
} from '../../lifecycles/explanation/explanation.types';
import {
  type ExtensionRequestContext,
  type ExtensionRequestInput,
} from '../../lifecycles/extension-request.types';
import { readPayload } from '../../lifecycles/message-payload';
import { type ObligationContext, type ObligationInput } from '../../lifecycles/standing/standing.types';
import { type RuleDuration, type Urgency } from '../../working-rules/working-rules';
import { courseOf, standsAt } from './course';
import { each, keptIn, on, toldBy, together, type Finding, type Invariant } from './invariant';
import { type PlayedWeek } from './played-week';

/** The instants of what people ask of each other, each counted anew on one's fingers; see `directive-instants`. */

const historyOf = ({ histories }: PlayedWeek, id: string): readonly HistoryEntry[] => histories.get(id) ?? [];
const inputOf = ([first]: readonly HistoryEntry[]): unknown => first?.event['input'];
const isUrgent = ({ rules }: PlayedWeek, urgency: Urgency): boolean =>
  rules.outsideHours.value.includes(urgency);
const movedInto = (week: PlayedWeek, urgency: Urgency, at: Instant): Instant =>
  isUrgent(week, urgency) ? at : week.fingers.opening(at);
const endOf = (week: PlayedWeek, urgency: Urgency, from: Instant, time: RuleDuration): Instant =>
  movedInto(week, urgency, week.fingers.windowEnd(from, time));

/** What an escalation says when something is due at its levels, and when it is. */
function levelsOf(
  week: PlayedWeek,
  { urgency, rules }: Pick<EscalationInput, 'urgency' | 'rules'>,
  chain: readonly EscalationLevel[],
  from: Instant,
): readonly { readonly said: Instant | null; readonly due: Instant | null }[] {
  let at = from;
  return chain.map(({ audience, acknowledgeBy }, index) => {
    const within = week
      .rulesNamed(rules)
      .escalationLevels.value.find((level) => level.audience === audience)?.acknowledgeWithin;
    const due = !within || index === chain.length - 1 ? null : endOf(week, urgency, at, within);
    at = due ?? at;
    return { said: acknowledgeBy, due };
  });
}

/**
 * An escalation moves at the instants of the rules and at no other: unacknowledged it goes up, acknowledged and forgotten
 * it comes back, then goes up.
 */
export const movesInTime: Invariant = (week) =>
  together(
    keptIn<EscalationContext>(week.instances, 'escalation').map(({ id, context, isOpen }) => {
      const history = historyOf(week, id);
      const input = inputOf(history) as EscalationInput;
      const decideWithin = (audience: string | undefined): RuleDuration | null =>
        week.rulesNamed(input.rules).escalationLevels.value.find((level) => level.audience === audience)
          ?.decideWithin ?? null;
      const moves: { readonly at: Instant; readonly due: Instant | null }[] = [];
      const planned: { readonly said: Instant | null; readonly due: Instant | null }[] = [];
      let chain = input.chain;
      let times = levelsOf(week, input, chain, history[0]?.at ?? 0);
      planned.push(...times);
      let level = 0;
      let forgotten = 0;
      let due = times[0]?.due ?? null;
      let again: readonly EscalationLevel[] | null = null;
      for (const { kind, event, at } of history.slice(1)) {
        if (event.type === 'acknowledge') {
          const within = decideWithin(chain[level]?.audience);
          due = within && endOf(week, input.urgency, at, within);
          again = event['again'] as unknown as readonly EscalationLevel[];
          planned.push({ said: event['decideBy'] as Instant | null, due });
        } else if (kind === 'timer') {
          moves.push({ at, due });
          if (again === null) {
            level += 1;
            forgotten = 0;
          } else {
            const goesUp = forgotten > 0 && level + 1 < chain.length;
            if (goesUp) level += 1;
            forgotten = goesUp ? 0 : forgotten + 1;
            const renewed = levelsOf(week, input, again, at);
            planned.push(...renewed);
            chain = [...chain.slice(0, level), ...again];
            times = [...times.slice(0, level), ...renewed];
            again = null;
          }
          due = times[level]?.due ?? null;
        } else if (event.type !== 'undo') due = null;
      }
      const { now } = week.office.memory;
      return together([
        each(
          moves,
          ({ at, due: then }) => at === then,
          ({ at, due: then }) => `escalation ${id} moved at ${on(at)}, was to at ${on(then ?? 0)}`,
        ),
        each(
          planned,
          ({ said, due: then }) => said === then,
          ({ said, due: then }) => `escalation ${id} says ${on(said ?? 0)}, the rules ${on(then ?? 0)}`,
        ),
        each(
          isOpen ? [due] : [],
          (then) => then === null || then > now,
          (then) => `escalation ${id} still stands at level ${context.level} since ${on(then ?? 0)}`,
        ),
      ]);
    }),
  );

/** Whoever decides on more time is reminded, and it goes up, at the instants of the rules. */
export const remindsOfRequestsInTime: Invariant = (week) =>
  together(
    keptIn<ExtensionRequestContext>(week.instances, 'extension-request').map(({ id, context }) => {
      const history = historyOf(week, id);
      const input = inputOf(history) as ExtensionRequestInput;
      const leaves = history.find(({ event }) => event.type === 'approve') ?? history[0];
      // Let go by the head, it follows the rules that its directive lives under then.
      const course = courseOf(historyOf(week, context.directive));
      const { rules = context.rules } = standsAt(course, leaves?.at ?? 0) ?? {};
      const { decideWithin } = week.rulesNamed(rules).extension.value;
      const remindAt = endOf(week, input.urgency, leaves?.at ?? 0, decideWithin);
      const goUpAt = endOf(week, input.urgency, remindAt, decideWithin);
      const waits = !input.needsApproval || leaves !== history[0];
      const ends = history.find(({ to }) => typeof to === 'string' && to !== 'awaitingHead')?.at ?? Infinity;
      const { now } = week.office.memory;
      const due = [remindAt, goUpAt].filter((at) => waits && at <= now && at < ends);
      const told = toldBy(week, id, 'extension-waiting').map(({ at }) => at);
      return each(
        [told],
        () =>
          due.every((at) => told.includes(at)) &&
          told.every((at) => at === remindAt || at === goUpAt) &&
          new Set(told).size === told.length,
        () => `request ${id} reminded at ${told.map(on).join()}, was to at ${due.map(on).join()}`,
      );
    }),
  );

/** An opinion is awaited for as long as the rules say. */
export const awaitsOpinionsInTime: Invariant = (week) =>
  each(
    keptIn<ConsultationContext>(week.instances, 'consultation'),
    ({ context, startedAt }) => {
      const { replyWithin, silence } = week.rulesNamed(context.rules).consultation.value;
      return (
        context.replyBy === week.fingers.windowEnd(startedAt, replyWithin) && context.silence === silence
      );
    },
    ({ id, context }) => `consultation ${id} is to be answered by ${on(context.replyBy)}`,
  );

interface Asked {
  readonly at: Instant;
  readonly due: { readonly at: Instant };
}

/** Told exactly once at each instant that somebody is to be reminded, unless it was answered before. */
function reminded(
  week: PlayedWeek,
  {
    id,
    urgency,
    subject,
  }: {
    readonly id: string;
    readonly urgency: Urgency;
    readonly subject: 'explanation-due' | 'obligation-due';
  },
  asked: readonly Asked[],
  offset: RuleDuration,
): Finding {
  const history = historyOf(week, id);
  const from = week.rules.enforcedFrom.value;
  const enforced = from === null ? Number.NEGATIVE_INFINITY : week.fingers.midnight(from);
  const told = toldBy(week, id, subject).map(({ at, payload }) => ({
    at,
    due: readPayload(payload).deadline,
  }));
  const expected = asked.flatMap(({ at, due }, index) => {
    const meant = week.fingers.offset(due.at, offset);
    const planned = movedInto(week, urgency, Math.max(meant, at));
    // What is missed while it lies with whoever judges it is of no use to anybody.
    const isAwaited = typeof history.filter((entry) => entry.at < planned).at(-1)?.to === 'object';
    const sent = isAwaited || planned === at ? planned : Number.POSITIVE_INFINITY;
    const answered =
      history.find((entry) => entry.at >= sent && typeof entry.to === 'string')?.at ?? Infinity;
    const until = Math.min(answered, asked[index + 1]?.at ?? Infinity);
    const counts = meant >= at && meant >= enforced && due.at >= enforced;
    return counts && sent <= until && sent <= week.office.memory.now
      ? [{ at: sent, due: due.at, until }]
      : [];
  });
  return together([
    each(
      expected.filter(({ at, until }) => at < until),
      ({ at, due }) => told.filter((one) => one.at === at && one.due === due).length === 1,
      ({ at }) => `${id} was to be reminded of at ${on(at)}`,
    ),
    each(
      told,
      ({ at, due }) => expected.some((one) => one.at === at && one.due === due),
      ({ at }) => `${id} was reminded of at ${on(at)}`,
    ),
  ]);
}

/** An explanation is due on the day that was named, else when the rules say; its reminder comes when they say. */
export const asksForExplanationsInTime: Invariant = (week) => {
  const asks = week.acts.flatMap(({ act, at, refused }): { at: Instant; date: string | undefined }[] => {
    if (refused !== null) return [];
    if (act.act === 'demand-explanation') return [{ at, date: undefined }];
    return act.act === 'decide' && act.decision === 'explain' ? [{ at, date: act.deadline?.date }] : [];
  });
  /** Several may be asked for at one instant, each until another day. */
  const datesAt = (at: Instant): readonly (string | undefined)[] => {
    const dates = asks.filter((one) => one.at === at).map(({ date }) => date);
    return dates.length === 0 ? [undefined] : dates;
  };
  return together(
    keptIn<ExplanationContext>(week.instances, 'explanation').map(({ id, context }) => {
      const history = historyOf(week, id);
      const { value } = week.rulesNamed(context.rules).explanation;
      const asked = history
        .filter(({ event }) => ['xstate.init', 'ask-again'].includes(event.type))
        .map(({ at, event, kind }) => {
          const { due } = (kind === 'start' ? event['input'] : event) as unknown as ExplanationInput;
          return { at, due };
        });
      return together([
        each(
          asked,
          ({ at, due }) =>
            datesAt(at).some(
              (date) =>
                due.at ===
                (date === undefined ? week.fingers.windowEnd(at, value.within) : week.fingers.closing(date)),
            ),
          ({ at, due }) => `explanation ${id}, asked for at ${on(at)}, is due ${on(due.at)}`,
        ),
        ...value.rungs.map(({ offset }) =>
          reminded(week, { id, urgency: context.urgency, subject: 'explanation-due' }, asked, offset),
        ),
      ]);
    }),
  );
};

/** The report of a period is asked for at its first opening, due on the day of the rules, reminded of when it is near. */
export const asksForReportsInTime: Invariant = (week) => {
  const { fingers } = week;
  return together(
    keptIn<ObligationContext>(week.instances, 'reporting-obligation').map(({ id, context, startedAt }) => {
      const given = week.instances.find((one) => one.id === context.standing)?.startedAt ?? 0;
      const rules = week.rulesNamed(context.rules);
      const report = rules.periodicReports.find((one) => one.id === context.report);
      const { period, due, next } = inputOf(historyOf(week, id)) as ObligationInput;
      const months = context.report === 'monthly' ? 1 : 6;
      const [year = 0, month = 0] = period.first.split('-').map(Number);
      const lastMonth = month + months - 1;
      const day = `${year}-${String(lastMonth).padStart(2, '0')}-${String(report?.due.in === 'month' ? report.due.day : 0).padStart(2, '0')}`;
      const worked = fingers.isWorked(day) ? day : fingers.workday(day, -1);
      const following = `${lastMonth === 12 ? year + 1 : year}-${String((lastMonth % 12) + 1).padStart(2, '0')}-01`;
      const { value: near } = rules.nearDue;
      const opens = (first: string): Instant => fingers.opening(fingers.midnight(first));
      return together([
        each(
          [due.at],
          (at) =>
            at === fingers.closing(worked) &&
            next.first === following &&
            next.opensAt === opens(following) &&
            startedAt === Math.max(opens(period.first), given),
          (at) => `the report ${id} of ${period.first} opened ${on(startedAt)}, is due ${on(at)}`,
        ),
        reminded(
          week,
          { id, urgency: context.urgency, subject: 'obligation-due' },
          historyOf(week, id)
            .filter(({ event }) => event.type === 'xstate.init')
            .map(({ at }) => ({ at, due })),
          { ...near, amount: -near.amount },
        ),
      ]);
    }),
  );
};

/** A delegation begins with its first day and is over after its last, unless it was ended before. */
export const delegatesForItsDays: Invariant = (week) => {
  const { fingers } = week;
  const { now } = week.office.memory;
  return together(
    keptIn<DelegationContext>(week.instances, 'delegation').map(({ id, context, startedAt }) => {
      const begins = fingers.midnight(context.start);
      const ends = fingers.midnight(fingers.dayAfter(context.end));
      const early = context.endedEarly?.at ?? Infinity;
      const began = toldBy(week, id, 'delegation-begins').map(({ at }) => at);
      const over = toldBy(week, id, 'delegation-over').map(({ at }) => at);
      const expected = begins > startedAt && begins < early && begins <= now ? [begins] : [];
      const last = Math.min(ends, early);
      return each(
        [began],
        () =>
          (began.join() === expected.join() || early === begins) &&
          over.join() === (last <= now ? String(last) : ''),
        () =>
          `delegation ${id} of ${context.start} to ${context.end} began ${began.map(on).join()}, over ${over.map(on).join()}`,
      );
    }),
  );
};
