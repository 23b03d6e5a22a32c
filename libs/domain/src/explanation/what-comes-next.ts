import { type Bilingual } from '@dondoc/workflow';
import { audienceWords, resolveAudiences, type Recipient } from '../directory/audience';
import { type ActFacts } from '../lifecycles/act-facts';
import { type DirectiveState } from '../lifecycles/directive-state';
import { audienceFacts } from '../lifecycles/directive.messages';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { rungOf } from '../working-rules/working-rules';
import { foreseen, reachedPerson, reminderWords, type ForeseenEvent } from './words';

/** Each role that a rung names, with whom it reaches there: "thủ trưởng … là A và chuyên viên … là B". */
function reached(
  { to, at }: DirectiveContext['ladder']['rungs'][number],
  context: DirectiveContext,
  { directory, calendar }: ActFacts,
): Bilingual {
  const named = new Set<string>();
  const roles = to.flatMap((audience) => {
    const people = resolveAudiences(directory, [audience], audienceFacts(context), at, calendar.zone);
    const fresh = people.filter(({ person }) => !named.has(person));
    for (const { person } of fresh) named.add(person);
    return fresh.length === 0 ? [] : [{ words: audienceWords[audience], people: fresh }];
  });
  const all = (people: readonly Recipient[], language: keyof Bilingual): string =>
    people.map(({ person, reason }) => reachedPerson(directory, person, reason, language)).join(', ');
  return {
    vi: roles.map(({ words, people }) => `${words.vi} là ${all(people, 'vi')}`).join(' và '),
    en: roles.map(({ words, people }) => `${words.en}, ${all(people, 'en')}`).join(' and '),
  };
}

function rungEvent(
  context: DirectiveContext,
  rung: DirectiveContext['ladder']['rungs'][number],
  facts: ActFacts,
): ForeseenEvent {
  const { calendar, rules } = facts;
  const people = reached(rung, context, facts);
  const rule =
    rules.verification.value.rungs.find(({ id }) => id === rung.id) ?? rungOf(rules, context, rung.id);
  const demand = rule?.demand ?? { vi: '', en: '' };
  const verb = rung.kind === 'escalate' ? { vi: 'trình', en: 'escalated to' } : reminderWords(rung.id);
  const what = { vi: `${verb.vi} ${people.vi}`, en: `${verb.en} ${people.en}` };
  return foreseen({ at: rung.at, article: rung.article, what }, calendar.zone, demand);
}

/**
 * What will happen to a directive, and when, if nobody acts; in order. While its report
 * awaits verification only whoever verifies is reminded; nothing once it has ended, or while it is suspended.
 */
export function whatComesNext(
  context: DirectiveContext,
  state: DirectiveState,
  facts: ActFacts,
): readonly ForeseenEvent[] {
  if (state.work === 'reported') return context.verification.map((rung) => rungEvent(context, rung, facts));
  if (state.time === null) return [];
  const { now, calendar, rules } = facts;
  const zone = calendar.zone;
  const { deadline, ladder } = context;
  const next = ladder.rungs.map((rung) => rungEvent(context, rung, facts));
  if (state.work === 'assigned' && context.returnBy > now) {
    const what =
      context.returnSilence === 'accepted'
        ? {
            vi: 'hết thời gian trả lại, coi như đã tiếp nhận',
            en: 'the time to return it ends; it counts as accepted',
          }
        : {
            vi: 'hết thời gian trả lại mà chưa tiếp nhận',
            en: 'the time to return it ends, and nobody has accepted it',
          };
    next.push(foreseen({ at: context.returnBy, article: rules.returnWindow.article, what }, zone));
  }
  if (deadline !== null) {
    const crossing = (at: number, article: string, vi: string, en: string): void => {
      if (at > now) next.push(foreseen({ at, article, what: { vi, en } }, zone));
    };
    crossing(deadline.nearDueAt, deadline.articles.nearDue, 'sắp đến hạn', 'near due');
    crossing(deadline.at, deadline.articles.overdue, 'quá hạn', 'overdue');
  }
  return next.sort((a, b) => a.at - b.at);
}
