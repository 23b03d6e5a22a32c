import { type RemotePartContext } from '../../lifecycles/cascade/remote-part.types';
import { type DelegationContext } from '../../lifecycles/delegation/delegation.types';
import { type DirectiveContext } from '../../lifecycles/directive.types';
import { readPayload } from '../../lifecycles/message-payload';
import { keptIn } from './invariant';
import { type PlayedWeek } from './played-week';

/** How often a week did what weeks have to do: a kind that never happens was never judged. */
export function kindsIn(week: PlayedWeek): Readonly<Record<string, number>> {
  const events = [...week.histories.values()].flat();
  const count = (lifecycle: string, ...types: readonly string[]): number =>
    events.filter((entry) => entry.lifecycle === lifecycle && types.includes(entry.event.type)).length;
  const became = (lifecycle: string, state: string): number =>
    events.filter((entry) => entry.lifecycle === lifecycle && JSON.stringify(entry.to).includes(state))
      .length;
  const told = (test: (message: PlayedWeek['messages'][number]) => boolean): number =>
    week.messages.filter(test).length;
  const parts = keptIn<RemotePartContext>(week.instances, 'remote-part');
  const directives = keptIn<DirectiveContext>(week.instances, 'directive');
  const { below, room } = week;
  const there = below === null ? {} : kindsIn(below);
  return {
    [`calendar ${week.calendar.id}`]: 1,
    ...(below && { [`calendar ${below.calendar.id} below`]: 1 }),
    'delegations in force': keptIn<DelegationContext>(week.instances, 'delegation').filter(
      ({ context }) => context.startsAt <= week.office.memory.now,
    ).length,
    'delegations ended early': count('delegation', 'end'),
    'told in the place of the absent': told(({ reasons = {} }) =>
      Object.values(reasons).some(({ en }) => en.includes('by delegation')),
    ),
    'told one level up': told(({ reasons = {} }) =>
      Object.values(reasons).some(({ en }) => en.startsWith('Nobody holds')),
    ),
    'transferred from an abolished agency': count('directive', 'transfer'),
    'moved to other rules': count('directive', 'move-rules'),
    'begun under later rules': directives.filter(
      ({ id, context }) =>
        context.rules !== `${week.rules.id}@${week.rules.version}` &&
        !(week.histories.get(id) ?? []).some(({ event }) => event.type === 'move-rules'),
    ).length,
    'standing directives': count('standing-directive', 'xstate.init'),
    'periods asked for': count('reporting-obligation', 'xstate.init'),
    'handed on inside': directives.filter(({ context }) => context.parent?.organization === null).length,
    'moved with the whole, inside': directives.filter(
      ({ id, context }) =>
        context.parent?.organization === null &&
        (week.histories.get(id) ?? []).some(({ event }) => event.type === 'parent-moved'),
    ).length,
    'handed on across': parts.length,
    'orders changed across': count('remote-part', 'change-order'),
    'taken back across': count('remote-part', 'withdraw'),
    'told across': count('remote-part', 'state-received'),
    'ended across': became('remote-part', 'ended'),
    'stopped from above': below ? stoppedFromAbove(below) : 0,
    'escalations forgotten': told(({ payload }) => readPayload(payload).subject === 'escalation-forgotten'),
    'accepted by silence': events.filter(({ event }) => event.type.includes('returnWindowEnds')).length,
    'deemed consent': became('consultation', 'deemedConsent'),
    'resumed by what was left': count('directive', 'resume'),
    ...(room && {
      'messages gathered with others': [...room.dispatches.values()].filter(({ items }) => items.length > 1)
        .length,
      'messages at any hour': room.handed.filter(({ anyHour }) => anyHour).length,
      'messages refused by the server': became('dispatch', 'failed'),
      'messages held for the opening': became('dispatch', 'held'),
      'messages left out': became('dispatch', 'empty'),
      'digests of a day': room.written.filter(({ daily }) => daily).length,
      'digests of a week': room.written.filter(({ weekly }) => weekly).length,
    }),
    'reports made below': there['reports made'] ?? 0,
    'reports made': count('directive', 'report'),
  };
}

function stoppedFromAbove({ histories, instances }: PlayedWeek): number {
  return keptIn<DirectiveContext>(instances, 'directive').filter(({ id, context }) =>
    (histories.get(id) ?? []).some(
      ({ event }) => event.type === 'suspend' && event['by'] === context.parent?.organization,
    ),
  ).length;
}
