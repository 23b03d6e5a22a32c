import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { resolveAudiences, type Recipient } from '../directory/audience';
import { type OfficeFacts } from '../organizations/office-facts';
import { dayNumberOfDate } from '../working-time/civil-date';
import { renderDate } from '../working-time/steps';
import { dateAt, zoneNamed } from '../working-time/zone';
import { LISTED } from './composition/digest-sections';
import { type DigestItem, type DigestSection } from './composition/mail-content';

interface LateAgency {
  readonly agency: string;
  readonly name: string;
  readonly count: number;
  /** Of the one that is overdue longest. */
  readonly oldest: number;
}

/**
 * Open directives that nobody is reminded of one by one: overdue before the rules were enforced, or when their lead got
 * them. `$2` now, `$3` when the rules began to be enforced, `$4` the last summary: milliseconds, the last two or null.
 */
const LATE_AGENCIES = `
  with given as (
    select to_timestamp($2::bigint / 1000.0) as now, to_timestamp($3::bigint / 1000.0) as enforced,
      to_timestamp($4::bigint / 1000.0) as since
  )
  select a.id as agency, a.name, count(*)::int as count,
    floor(extract(epoch from min(d.deadline_at)) * 1000)::float8 as oldest
  from given g cross join dondoc.directive d
  join dondoc.agency a on a.organization_id = d.organization_id and a.id = d.lead_id
  where d.organization_id = $1 and d.closed_at is null and d.work_state not in ('reported', 'suspended')
    and d.deadline_at <= g.now and (d.deadline_at <= d.assigned_at or coalesce(d.deadline_at < g.enforced, false))
    and coalesce(greatest(d.assigned_at, d.deadline_at) > g.since, true)
  group by a.id, a.name order by count(*) desc, a.name, a.id`;

/** A summary speaks of no single directive: those whom the rules name are found without one. */
const noDirective = {
  lead: '',
  coordinating: [],
  assignedPerson: null,
  assigningLeader: null,
  trackingOfficer: null,
  field: null,
} as const;

function itemOf({ agency, name, count, oldest }: LateAgency, zone: string): DigestItem {
  const day = dateAt(zoneNamed(zone), oldest - 1);
  return {
    about: { lifecycle: 'agency', instance: agency },
    ...{ directive: null, name: null, text: name, agency: null },
    note: {
      vi: `${count} nhiệm vụ quá hạn, lâu nhất từ ${renderDate(day, 'vi')}`,
      en: `${count} overdue, the oldest since ${renderDate(day, 'en')}`,
    },
    dueAt: new Date(oldest).toISOString(),
  };
}

export interface LateSummary {
  readonly section: DigestSection;
  readonly recipients: readonly Recipient[];
}

/** What there is to sum up since the last summary, and for whom; null when there is nothing new or the rules want none. */
export async function lateSummary(
  tx: PostgresTransaction,
  { directory, calendar, rules }: Pick<OfficeFacts, 'directory' | 'calendar' | 'rules'>,
  since: Instant | null,
): Promise<LateSummary | null> {
  const wanted = rules.lateSummary.value;
  if (wanted === null) return null;
  const { zone } = calendar;
  const from = rules.enforcedFrom.value;
  const enforced = from === null ? null : zoneNamed(zone).instantOf(dayNumberOfDate(from), 0);
  const agencies = await tx.query<LateAgency>(LATE_AGENCIES, [tx.organization, tx.now, enforced, since]);
  if (agencies.length === 0) return null;
  const total = agencies.reduce((sum, { count }) => sum + count, 0);
  const title: Bilingual = {
    vi: `${total} nhiệm vụ đã quá hạn từ trước, theo cơ quan chủ trì`,
    en: `${total} directives overdue before, by lead agency`,
  };
  const items = agencies.slice(0, LISTED).map((one) => itemOf(one, zone));
  return {
    section: { kind: 'late-summary', title, items, more: agencies.length - items.length },
    recipients: resolveAudiences(directory, wanted.to, noDirective, tx.now, zone),
  };
}
