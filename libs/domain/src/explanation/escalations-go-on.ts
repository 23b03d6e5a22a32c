import { type Bilingual } from '@dondoc/workflow';
import { audienceWords } from '../directory/audience';
import { type ActFacts } from '../lifecycles/act-facts';
import { escalationState } from '../lifecycles/directive-state';
import { type EscalationContext, type EscalationLevel } from '../lifecycles/escalation.types';
import { goesUpWhenForgotten } from '../lifecycles/escalation.updates';
import { foreseen, reachedPerson, type ForeseenEvent } from './words';

/** An escalation of the directive that nobody has decided yet. */
export interface OpenEscalation {
  readonly context: EscalationContext;
  readonly isAcknowledged: boolean;
}

/** An escalation as it is stored; none where it is decided, or the decision only waits for the end of undoing. */
export function openEscalation({
  value,
  context,
}: {
  readonly value: unknown;
  readonly context: EscalationContext;
}): readonly OpenEscalation[] {
  const state = escalationState(value);
  if (state !== 'raised' && state !== 'acknowledged') return [];
  return [{ context, isAcknowledged: state === 'acknowledged' }];
}

/** The role of a level with whom it reaches: "chủ tịch là A". */
function atLevel({ audience, recipients }: EscalationLevel, { directory }: ActFacts): Bilingual {
  const people = (language: keyof Bilingual): string =>
    recipients.map(({ person, reason }) => reachedPerson(directory, person, reason, language)).join(', ');
  const { vi, en } = audienceWords[audience];
  return { vi: `${vi} là ${people('vi')}`, en: `${en}, ${people('en')}` };
}

/** The next step of one escalation, by its instant; null where none comes by itself. */
function nextStep({ context, isAcknowledged }: OpenEscalation, facts: ActFacts): [number, Bilingual] | null {
  const { chain, level, decideBy, again } = context;
  if (!isAcknowledged) {
    const at = chain[level]?.acknowledgeBy ?? null;
    const above = chain[level + 1];
    if (at === null || !above) return null;
    const { vi, en } = atLevel(above, facts);
    return [
      at,
      { vi: `trình tiếp lên ${vi}, vì chưa ai tiếp nhận`, en: `escalated further to ${en}: nobody took it` },
    ];
  }
  const [then] = again;
  if (decideBy === null || !then) return null;
  const { vi, en } = atLevel(then, facts);
  return [
    decideBy,
    goesUpWhenForgotten(context)
      ? {
          vi: `trình tiếp lên ${vi}, vì đã tiếp nhận mà chưa quyết định`,
          en: `escalated further to ${en}: it was taken and not decided`,
        }
      : {
          vi: `trình lại ${vi}, vì đã tiếp nhận mà chưa quyết định`,
          en: `put again before ${en}: it was taken and not decided`,
        },
  ];
}

/** How what awaits a leader's decision goes on, and when, if nobody takes it or decides. Pure. */
export function escalationsGoOn(
  escalations: readonly OpenEscalation[],
  facts: ActFacts,
): readonly ForeseenEvent[] {
  return escalations.flatMap((escalation) => {
    const step = nextStep(escalation, facts);
    if (!step || step[0] <= facts.now) return [];
    const [at, what] = step;
    return [foreseen({ at, article: escalation.context.article, what }, facts.calendar.zone)];
  });
}
