import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type ActFacts } from '../lifecycles/act-facts';
import { planAssignment } from '../lifecycles/directive-acts';
import { type DirectiveInput } from '../lifecycles/directive.types';
import { planStanding } from '../lifecycles/standing/standing-acts';
import { type StandingInput } from '../lifecycles/standing/standing.types';
import { type CivilDate } from '../working-time/civil-date';
import { type DraftItem } from './draft-item';

/** What a confirmed item becomes. */
export type PlannedItem =
  | { readonly lifecycle: 'directive'; readonly input: DirectiveInput }
  | { readonly lifecycle: 'standing-directive'; readonly input: StandingInput };

/**
 * A continuous duty without a day becomes a standing directive, with the reports named or the first that the rules know;
 * everything else goes to its lead as a directive. Refuses as `planAssignment` and `planStanding`.
 */
export function planItem(
  item: DraftItem,
  source: { readonly date: CivilDate; readonly by: string },
  facts: ActFacts,
): PlannedItem | Refusal {
  const { lead, coordinating, assigningLeader, trackingOfficer, field, kind, urgency, text } = item;
  const about = { lead, coordinating, assigningLeader, trackingOfficer, field, urgency };
  const date = item.deadline?.date ?? null;
  if (kind === 'standing' && date === null) {
    const reports = item.reports ?? facts.rules.periodicReports.slice(0, 1).map(({ id }) => id);
    const input = planStanding({ ...about, by: source.by, text, reports }, facts);
    return isRefusal(input) ? input : { lifecycle: 'standing-directive', input };
  }
  // Words without a day leave the deadline open until it is received, where they count from then, or somebody sets one.
  const deadline = date === null ? null : { date, phrase: item.deadline?.phrase ?? null };
  const input = planAssignment(
    { ...about, kind, sourceDate: source.date, deadline, openPhrase: item.deadline?.phrase ?? null },
    facts,
  );
  return isRefusal(input) ? input : { lifecycle: 'directive', input };
}
