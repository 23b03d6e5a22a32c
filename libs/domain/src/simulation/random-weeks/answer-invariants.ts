import { type ConsultationContext } from '../../lifecycles/consultation/consultation.types';
import { type DelegationContext } from '../../lifecycles/delegation/delegation.types';
import { type ExplanationContext } from '../../lifecycles/explanation/explanation.types';
import { readPayload } from '../../lifecycles/message-payload';
import {
  obligationState,
  type ObligationContext,
  type StandingContext,
} from '../../lifecycles/standing/standing.types';
import { each, keptIn, nothing, on, toldBy, together, type Invariant } from './invariant';

/** An opinion that nobody gave in time is consent, or missing, as the rules say: at that instant, and not before. */
export const takesSilenceAsTheRulesSay: Invariant = (week) => {
  const { now } = week.office.memory;
  return each(
    keptIn<ConsultationContext>(week.instances, 'consultation'),
    ({ id, value, context }) => {
      const history = week.histories.get(id) ?? [];
      const passed = history.filter(({ kind }) => kind === 'timer');
      const silence = context.silence === 'deemed-consent' ? 'deemedConsent' : 'late';
      return (
        passed.every(({ at, to }) => at === context.replyBy && to === silence) &&
        (value !== 'asked' || context.replyBy > now) &&
        (value !== 'deemedConsent' || context.silence === 'deemed-consent')
      );
    },
    ({ id, value, context }) =>
      `consultation ${id} is ${JSON.stringify(value)}, to be answered by ${on(context.replyBy)}`,
  );
};

/** Lateness of what is awaited is told once for each time that was given, at its end, and never of what was there in time. */
export const tellsLatenessOnce: Invariant = (week) => {
  const { now } = week.office.memory;
  const lateness = { explanation: 'explanation-late', 'reporting-obligation': 'obligation-late' } as const;
  return together(
    week.instances.map(({ id, lifecycle }) => {
      if (lifecycle !== 'explanation' && lifecycle !== 'reporting-obligation') return nothing;
      const history = week.histories.get(id) ?? [];
      const told = toldBy(week, id, lateness[lifecycle]).map(({ at }) => at);
      const asked = history.filter(({ event }) => ['xstate.init', 'ask-again'].includes(event.type));
      const dues = asked.map(({ event, kind, at }) => {
        const { due } = (kind === 'start' ? event['input'] : event) as unknown as { due: { at: number } };
        return { askedAt: at, due: due.at };
      });
      /** Somebody acted at that very instant: it may have been before or after. */
      const isOpen = (due: number): boolean => history.some(({ at, kind }) => at === due && kind === 'event');
      const isAwaited = (due: number): boolean =>
        typeof history.filter(({ at }) => at < due).at(-1)?.to === 'object';
      return together([
        each(
          dues.filter(
            ({ due, askedAt }, index) =>
              due <= now && askedAt < due && due < (dues[index + 1]?.askedAt ?? Infinity),
          ),
          ({ due }) => isOpen(due) || told.filter((at) => at === due).length === (isAwaited(due) ? 1 : 0),
          ({ due }) => `${lifecycle} ${id}, due ${on(due)}, was told late at ${told.map(on).join(', ')}`,
        ),
        each(
          told,
          (at) => dues.some(({ due }) => due === at),
          (at) => `${lifecycle} ${id} was told late at ${on(at)}`,
        ),
      ]);
    }),
  );
};

/** What is awaited is reminded of in working hours, before it is due, each reminder once. */
export const remindsOfAnswersOnce: Invariant = (week) =>
  together(
    [
      ...keptIn<ExplanationContext>(week.instances, 'explanation'),
      ...keptIn<ObligationContext>(week.instances, 'reporting-obligation'),
    ].map(({ id, context }) => {
      const told = toldBy(week, id, 'explanation-due', 'obligation-due').map(({ at, payload }) => ({
        at,
        ...readPayload(payload),
      }));
      return each(
        told,
        ({ at, deadline, rung }) =>
          (week.fingers.isOpen(at) ||
            context.urgency === 'immediate' ||
            week.acts.some((act) => act.at === at)) &&
          at < (deadline ?? 0) &&
          told.filter((other) => other.deadline === deadline && other.rung === rung).length === 1,
        ({ at, rung }) => `${id} was reminded of (${rung ?? ''}) at ${on(at)}`,
      );
    }),
  );

/** A standing directive asks for every period once, without a gap, until it is ended; then for nothing more. */
export const asksForEveryPeriodOnce: Invariant = (week) => {
  const { now } = week.office.memory;
  const obligations = keptIn<ObligationContext>(week.instances, 'reporting-obligation');
  return together(
    keptIn<StandingContext>(week.instances, 'standing-directive').map((standing) => {
      const own = obligations.filter(({ context }) => context.standing === standing.id);
      const openOwn = own.filter((one) => one.isOpen).map(({ id }) => id);
      return together([
        each(
          standing.context.reports,
          (report) => {
            const periods = own
              .filter(({ context }) => context.report === report)
              .map(({ context }) => context.period)
              .sort((a, b) => a.first.localeCompare(b.first));
            const contiguous = periods.every(
              ({ last }, index) =>
                index === periods.length - 1 || week.fingers.dayAfter(last) === periods[index + 1]?.first,
            );
            const next = standing.context.openings.find((one) => one.report === report);
            return contiguous && (!standing.isOpen || (next !== undefined && next.opensAt > now));
          },
          (report) => `standing ${standing.id} lost a period of ${report}`,
        ),
        each(
          [openOwn],
          (ids) => (standing.isOpen ? ids.join() === standing.context.obligations.join() : ids.length === 0),
          (ids) =>
            `standing ${standing.id} keeps ${standing.context.obligations.join()}, open are ${ids.join()}`,
        ),
        each(
          own,
          ({ context, value }) =>
            (obligationState(value) === 'reported') === (context.reportedBy !== null) ||
            obligationState(value) === 'accepted' ||
            obligationState(value) === 'withdrawn',
          ({ id, value }) => `obligation ${id} is ${JSON.stringify(value)}`,
        ),
      ]);
    }),
  );
};

/** On the days of a delegation nothing but its own news reaches the one who is away, and the delegate is told why. */
export const sendsTheAbsentNothing: Invariant = (week) => {
  const { fingers } = week;
  const known = week.directory.delegations.map(({ from, to, start, end }) => ({
    ...{ id: null, from, to, begins: fingers.midnight(start), ends: fingers.midnight(fingers.dayAfter(end)) },
  }));
  const given = keptIn<DelegationContext>(week.instances, 'delegation').map(({ id, startedAt, context }) => ({
    id,
    from: context.from,
    to: context.to,
    begins: Math.max(fingers.midnight(context.start), startedAt),
    ends: Math.min(
      fingers.midnight(fingers.dayAfter(context.end)),
      context.endedEarly?.at ?? Number.POSITIVE_INFINITY,
    ),
  }));
  const away = [...known, ...given];
  const holdsOffice = (person: string, date: string): boolean =>
    week.directory.offices.some(
      (held) => held.person === person && held.from <= date && date <= (held.to ?? '9999'),
    );
  const absences = week.messages.flatMap((message) =>
    away
      .filter(({ begins, ends, id }) => begins < message.at && message.at < ends && message.instance !== id)
      // Whoever has left stands in for nobody: the absent are reached themselves then.
      .filter(({ to }) => holdsOffice(to, fingers.dateOf(message.at)))
      .map((absence) => ({ message, absence })),
  );
  return each(
    absences.filter(({ message }) => !readPayload(message.payload).subject.startsWith('delegation-')),
    ({ message, absence }) => !message.recipients.includes(absence.from),
    ({ message, absence }) =>
      `${readPayload(message.payload).subject} at ${on(message.at)} went to ${absence.from}, who had delegated to ${absence.to}`,
  );
};

/** Nobody home is not silence: whatever is told reaches somebody. */
export const reachesSomebody: Invariant = (week) =>
  each(
    week.messages.filter(({ payload }) => {
      const { to, recipients, facts } = readPayload(payload);
      const onlyCoordinating =
        to.every((one) => one.startsWith('coordinating')) && facts.coordinating.length === 0;
      return recipients !== null || !onlyCoordinating;
    }),
    ({ recipients }) => recipients.length > 0,
    ({ at, payload }) => `${readPayload(payload).subject} at ${on(at)} reached nobody`,
  );
