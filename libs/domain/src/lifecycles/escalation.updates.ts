import { type EscalationContext, type EscalationEvent, type EscalationInput } from './escalation.types';

/** How each event changes what an escalation keeps. Pure; an event of another type changes nothing. */
interface Arguments {
  readonly context: EscalationContext;
  readonly event: EscalationEvent;
}

type Change = Partial<EscalationContext>;

const unacknowledged = {
  acknowledgedBy: null,
  acknowledgedAt: null,
  decideBy: null,
  again: [],
} satisfies Change;

export function begun(input: EscalationInput): EscalationContext {
  return { ...input, ...unacknowledged, level: 0, forgotten: 0, held: null };
}

/**
 * Whether this person may act on it: as a leader whom one of the levels reached, or in the place of one. An administrator
 * who was told that nobody is there is not addressed.
 */
export function isAddressed(
  { chain }: Pick<EscalationContext, 'chain'>,
  { by, onBehalfOf }: { readonly by: string; readonly onBehalfOf: string | null },
): boolean {
  return addressees({ chain }).includes(onBehalfOf ?? by);
}

export function decided({ event }: Arguments): Change {
  return event.type === 'decide' ? { held: event.held } : {};
}

/** The leaders who were reached, each in person: a delegate stands in only for as long as the delegation lasts. */
export function addressees({ chain }: Pick<EscalationContext, 'chain'>): readonly string[] {
  return chain.flatMap(({ recipients }) =>
    recipients.flatMap(({ person, insteadOf, via }) =>
      via === 'administrator' ? [] : [insteadOf ?? person],
    ),
  );
}

/** Forgotten a second time at a level, it goes on at the next one, where there is one. */
export function goesUpWhenForgotten({
  chain,
  level,
  forgotten,
}: Pick<EscalationContext, 'chain' | 'level' | 'forgotten'>): boolean {
  return forgotten > 0 && level + 1 < chain.length;
}

export function acknowledged({ event }: Arguments): Change {
  if (event.type !== 'acknowledge') return {};
  const { by, at, decideBy, again } = event;
  return { acknowledgedBy: by, acknowledgedAt: at, decideBy, again };
}

export function goneUp({ context }: Arguments): Change {
  return { level: context.level + 1, forgotten: 0 };
}

/** To the same level, from where its times count anew. */
export function comeBack({ context }: Arguments): Change {
  const { chain, level, again, forgotten } = context;
  return { ...unacknowledged, chain: [...chain.slice(0, level), ...again], forgotten: forgotten + 1 };
}

export function goneUpForgotten({ context }: Arguments): Change {
  const { chain, level, again } = context;
  const next = level + 1;
  return { ...unacknowledged, chain: [...chain.slice(0, next), ...again], level: next, forgotten: 0 };
}
