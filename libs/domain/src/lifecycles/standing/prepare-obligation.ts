import { type Instant } from '@dondoc/workflow';
import { followingReport, periodOf, dueOf } from '../../working-rules/periodic-report-dates';
import { type WorkingRules } from '../../working-rules/working-rules';
import { dayNumberOfDate, type CivilDate } from '../../working-time/civil-date';
import { nextOpening } from '../../working-time/working-time';
import { type WorkingCalendar } from '../../working-time/working-calendar';
import { zoneNamed } from '../../working-time/zone';
import { versionOf, type ActFacts } from '../act-facts';
import { countedFor } from '../counted-for';
import { planReminders } from '../answer-due-plan';
import { type ObligationInput, type RequestedObligation } from './standing.types';

/** The first working moment of a day or after it. */
export function openingOf(first: CivilDate, calendar: WorkingCalendar): Instant {
  return nextOpening(calendar, zoneNamed(calendar.zone).instantOf(dayNumberOfDate(first), 0));
}

/**
 * Completes the obligation that a standing directive opens: its period, its day by the lead's calendar, its reminder as
 * near due, and when the following one opens. `office.rules` are those in force where they still know the report, else
 * those it was given under.
 * @throws CalendarRangeError where the calendar ends.
 */
export function prepareObligation(
  start: {
    readonly id: string;
    readonly at: Instant;
    readonly input: Omit<RequestedObligation, 'standing'>;
    /** The standing directive. */
    readonly from: { readonly id: string };
  },
  office: Omit<ActFacts, 'now'>,
): ObligationInput {
  const { id, at, input, from } = start;
  const facts = countedFor({ ...office, now: at }, input.facts.lead);
  const { calendar, rules } = facts;
  const report = reportOf(rules, input.opening.report);
  const period = periodOf(report.every, input.opening.first);
  const due = dueOf(report, period, calendar);
  const { value: near, article, legalBasis } = rules.nearDue;
  const reminder = {
    id: 'near-due',
    offset: { ...near, amount: -near.amount },
    to: ['lead-staff' as const],
    channels: ['inbox' as const, 'mail' as const],
    demand: report.title,
    article,
    legalBasis,
  };
  const following = followingReport(report, { period }, calendar).period.first;
  const { title, urgency } = input;
  return {
    id,
    standing: from.id,
    report: report.id,
    title,
    period,
    due: {
      at: due,
      article: report.article,
      calendar: versionOf(calendar),
      reminders: planReminders(due, [reminder], urgency, facts),
    },
    rules: versionOf(rules),
    urgency,
    facts: input.facts,
    next: { report: report.id, first: following, opensAt: openingOf(following, calendar) },
  };
}

/** @throws when these rules have no such report. */
function reportOf(rules: WorkingRules, id: string) {
  const found = rules.periodicReports.find((report) => report.id === id);
  if (!found) throw new Error(`working rules ${versionOf(rules)} have no periodic report "${id}"`);
  return found;
}

/** Whether these rules ask for a report. */
export function asksFor(rules: WorkingRules, report: string): boolean {
  return rules.periodicReports.some(({ id }) => id === report);
}
