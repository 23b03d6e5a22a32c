import { type Audience } from '../directory/audience';
import { type PlannedRung } from '../working-rules/climb';
import { offsetFrom } from '../working-rules/rule-instants';
import { CalendarRangeError } from '../working-time/day-table';
import { nextOpening } from '../working-time/working-time';
import { type ActFacts } from './act-facts';
import { countedForOffice } from './counted-for';

const FIRST = 'set-deadline';
const promptId = (again: number): string => (again === 0 ? FIRST : `${FIRST}/${again + 1}`);

/** Whether a rung asks the Office for a missing deadline; such rungs stand on no ladder. */
export function isDeadlinePrompt(rung: string): boolean {
  return rung === FIRST || rung.startsWith(`${FIRST}/`);
}

/**
 * What asks the tracking officer for a missing deadline, and asks again as often as the rules say, from some time on also
 * the Chief of Office: each at an opening of its own, as far ahead as the calendar knows its years.
 */
export function planPrompts(alreadySent: readonly string[], facts: ActFacts): readonly PlannedRung[] {
  const { deadlinePrompt, deadlinePromptAgain } = facts.rules;
  const { calendar } = countedForOffice(facts);
  const { every, atMost, chiefFrom } = deadlinePromptAgain.value;
  const planned: PlannedRung[] = [];
  let meant = facts.now;
  for (let again = 0; again <= atMost; again += 1) {
    const id = promptId(again);
    if (alreadySent.includes(id)) continue;
    try {
      meant = offsetFrom(calendar, meant, again === 0 ? deadlinePrompt.value : every);
      const at = nextOpening(calendar, meant);
      const isForChief = chiefFrom !== null && again >= chiefFrom;
      const to: readonly Audience[] = isForChief
        ? ['tracking-officer', 'chief-of-office']
        : ['tracking-officer'];
      const { article } = again === 0 ? deadlinePrompt : deadlinePromptAgain;
      planned.push({ id, at, kind: 'prompt', to, article, collapsed: [] });
    } catch (error) {
      // Who was to be asked in years that nobody has entered yet is asked until then.
      if (!(error instanceof CalendarRangeError) || planned.length === 0) throw error;
      break;
    }
  }
  return planned;
}
