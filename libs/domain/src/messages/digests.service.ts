import { type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { notPermitted } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { permissionTo, whoMay } from '../authorization/abilities';
import { officeFacts } from '../organizations/office-facts';
import { planDigest } from './composition/digest-plan';
import { meetingDigest, ownDigest } from './composition/digest-sections';
import { type DigestItem, type DigestSection } from './composition/mail-content';
import { digestFacts } from './digest-facts';
import { pathTo } from './page-addresses';

export interface DigestSectionView extends Omit<DigestSection, 'items'> {
  /** All there are, listed or not. */
  readonly total: number;
  /** `path`: where the page shows it. */
  readonly items: readonly (DigestItem & { readonly path: string })[];
}

/** A digest as it is at this moment. Instants are ISO 8601, UTC. */
export interface DigestView {
  readonly asOf: string;
  /** When the next one is written; null where the rules have none. */
  readonly nextAt: string | null;
  readonly sections: readonly DigestSectionView[];
}

/** As many of each section as a page shows; the others are counted. */
const LISTED = 200;

async function viewOf(
  tx: PostgresTransaction,
  which: 'daily' | 'weekly',
  sections: readonly DigestSection[],
): Promise<DigestView> {
  const { calendar, rules } = await officeFacts(tx, 'calendar', 'rules');
  const none = { daily: null, weekly: null, summary: null };
  const plan = planDigest(calendar, { ...none, [which]: rules.digest.value[which] }, tx.now, none);
  return {
    asOf: new Date(tx.now).toISOString(),
    nextAt: plan[which] ? new Date(plan.at).toISOString() : null,
    sections: sections.map((section) => ({
      ...section,
      total: section.items.length + section.more,
      items: section.items.map((item) => ({
        ...item,
        path: pathTo(item.about.lifecycle, item.directive, '/work'),
      })),
    })),
  };
}

/** What waits for the caller, and what is overdue and near due of what is theirs. */
export async function ownDigestNow(tx: PostgresTransaction, caller: Caller): Promise<DigestView> {
  return viewOf(tx, 'daily', ownDigest(await digestFacts(tx), caller.person, LISTED));
}

const sitsInMeeting = (caller: Caller): boolean =>
  permissionTo(caller, 'organization', 'sit-in-meeting', {}) !== null;

/** The digest for the weekly meeting: the whole organization, for those who sit in it. */
export async function meetingDigestNow(
  tx: PostgresTransaction,
  caller: Caller,
): Promise<DigestView | Refusal> {
  if (!sitsInMeeting(caller))
    return notPermitted('digest.meeting', null, whoMay('organization', 'sit-in-meeting'));
  return viewOf(tx, 'weekly', meetingDigest(await digestFacts(tx), LISTED));
}
