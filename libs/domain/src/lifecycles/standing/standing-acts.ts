import { isRefusal, refusal, type Refusal } from '@dondoc/workflow';
import { firstDueReport } from '../../working-rules/periodic-report-dates';
import { type Urgency } from '../../working-rules/working-rules';
import {
  requireCoordinating,
  requireLead,
  requireText,
  versionOf,
  withinCalendar,
  type ActFacts,
} from '../act-facts';
import { countedFor } from '../counted-for';
import { type ResultDocument } from '../directive.types';
import { requireResult } from '../report-acts';
import { openingOf } from './prepare-obligation';
import {
  type ByPerson,
  type ObligationEventToSend,
  type StandingEventToSend,
  type StandingInput,
} from './standing.types';

export interface StandingIntent {
  readonly by: string;
  readonly text: string;
  /** Exactly one; several are refused with `several-leads`. */
  readonly lead: readonly string[];
  readonly coordinating: readonly string[];
  readonly assigningLeader: string | null;
  readonly trackingOfficer: string | null;
  readonly field: string | null;
  readonly urgency: Urgency;
  /** Ids of periodic reports of the working rules in force. */
  readonly reports: readonly string[];
}

function requireReports(reports: readonly string[], facts: ActFacts): readonly string[] | Refusal {
  const wanted = [...new Set(reports)];
  if (wanted.length === 0)
    return refusal(
      'no-report-named',
      { vi: 'Nhiệm vụ thường xuyên cần ít nhất một kỳ báo cáo.', en: 'Name at least one periodic report.' },
      { field: 'reports' },
    );
  const stranger = wanted.findIndex((id) => !facts.rules.periodicReports.some((known) => known.id === id));
  if (stranger === -1) return wanted;
  return refusal(
    'unknown-report',
    {
      vi: `Quy chế đang có hiệu lực không có kỳ báo cáo "${wanted[stranger] ?? ''}".`,
      en: `The working rules in force have no periodic report "${wanted[stranger] ?? ''}".`,
    },
    { field: `reports[${stranger}]` },
  );
}

/**
 * A standing directive goes to its lead; the first report of each kind is the first that is due after now. Refuses
 * `missing-text`, `no-lead`, `several-leads`, `unknown-agency`, `agency-not-in-force`, `unknown-person`,
 * `no-report-named`, `unknown-report`, `beyond-calendar`.
 */
export function planStanding(intent: StandingIntent, facts: ActFacts): StandingInput | Refusal {
  const text = requireText(intent.text, 'text');
  if (isRefusal(text)) return text;
  const lead = requireLead(intent.lead, facts);
  if (isRefusal(lead)) return lead;
  const coordinating = requireCoordinating(intent.coordinating, lead, facts);
  if (isRefusal(coordinating)) return coordinating;
  const stranger = (['assigningLeader', 'trackingOfficer'] as const).find(
    (field) => intent[field] !== null && !facts.directory.people.some(({ id }) => id === intent[field]),
  );
  if (stranger !== undefined)
    return refusal(
      'unknown-person',
      { vi: 'Không có người này trong danh bạ.', en: 'The directory has no such person.' },
      { field: stranger },
    );
  const reports = requireReports(intent.reports, facts);
  if (isRefusal(reports)) return reports;
  const { assigningLeader, trackingOfficer, field, urgency } = intent;
  const { calendar } = countedFor(facts, lead);
  return withinCalendar('reports', () => ({
    text,
    givenBy: intent.by,
    reports,
    rules: versionOf(facts.rules),
    urgency,
    facts: { lead, coordinating, assignedPerson: null, assigningLeader, trackingOfficer, field },
    openings: facts.rules.periodicReports
      .filter(({ id }) => reports.includes(id))
      .map((report) => {
        const { first } = firstDueReport(report, facts.now, calendar).period;
        return { report: report.id, first, opensAt: Math.max(facts.now, openingOf(first, calendar)) };
      }),
  }));
}

/** It is no longer to be done: no further report is asked for. Refuses `missing-text`. */
export function planStandingEnd(
  intent: ByPerson & { readonly reason: string },
): StandingEventToSend | Refusal {
  const { by, onBehalfOf } = intent;
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'end', by, onBehalfOf, reason };
}

/** The report of a period. Refuses as `requireResult`. */
export function planPeriodReport(
  intent: ByPerson & { readonly result: ResultDocument },
  facts: ActFacts,
): ObligationEventToSend | Refusal {
  const { by, onBehalfOf } = intent;
  const result = requireResult(intent.result, facts);
  return isRefusal(result) ? result : { type: 'report', by, onBehalfOf, result };
}

/** What was reported does not suffice. Refuses `missing-text`. */
export function planPeriodSendBack(
  intent: ByPerson & { readonly reason: string },
): ObligationEventToSend | Refusal {
  const { by, onBehalfOf } = intent;
  const reason = requireText(intent.reason, 'reason');
  return isRefusal(reason) ? reason : { type: 'send-back', by, onBehalfOf, reason };
}
