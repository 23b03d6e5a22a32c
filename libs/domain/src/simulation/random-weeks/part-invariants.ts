import { type Instant } from '@dondoc/workflow';
import { hasEnded } from '../../lifecycles/directive-state';
import { type RemotePartContext } from '../../lifecycles/cascade/remote-part.types';
import { type DirectiveContext } from '../../lifecycles/directive.types';
import { each, keptIn, on, together, type Finding, type Invariant, type Kept } from './invariant';
import { type PlayedWeek } from './played-week';
import { type SimulatedDirective } from '../simulated-office';

/** What is handed on to the office below: each part with what it became there. All letters have arrived. */
interface Pair {
  readonly part: Kept<RemotePartContext>;
  readonly directive: SimulatedDirective | undefined;
  /** Of the directive above. */
  readonly whole: DirectiveContext;
}

function pairs(week: PlayedWeek): readonly Pair[] {
  const { below } = week;
  if (below === null) return [];
  const there = below.office.directives();
  const here = keptIn<DirectiveContext>(week.instances, 'directive');
  return keptIn<RemotePartContext>(week.instances, 'remote-part').flatMap((part) => {
    const whole = here.find(({ id }) => id === part.context.directive)?.context;
    const directive = there.find(({ context: { parent } }) => parent?.directive === part.id);
    return whole ? [{ part, directive, whole }] : [];
  });
}

const say = ({ part, directive }: Pair): string =>
  `part ${part.id} (${JSON.stringify(part.value)}, ${JSON.stringify(part.context.order)}, said ${JSON.stringify(part.context.said)}) is ${directive?.work ?? 'nothing'} below, due ${on(directive?.deadline ?? 0)}`;

/** However letters come, twice or one before the other: each part is one directive below, and nothing else is there from above. */
export const becomesOneDirective: Invariant = (week) => {
  const all = pairs(week);
  const from = (week.below?.office.directives() ?? []).flatMap(({ context: { parent } }) =>
    parent?.organization ? [parent.directive] : [],
  );
  return each(
    all,
    ({ part, directive }) =>
      (directive !== undefined || part.value === 'withdrawn' || part.context.refused !== null) &&
      from.filter((one) => one === part.id).length <= 1,
    say,
  );
};

/** Once all letters have arrived, what is known above is how it stands below, and below it is done as was last ordered. */
export const agreesInTheEnd: Invariant = (week) =>
  each(
    pairs(week).filter(({ directive }) => directive !== undefined),
    ({ part, directive, whole }) => {
      if (!directive) return false;
      const { order, said } = part.context;
      const { work, context } = directive;
      if (part.value === 'withdrawn') return hasEnded(work) && order.ended !== null;
      const told = work === 'awaiting-head' ? 'in-progress' : work;
      return (
        said?.work === told &&
        said.overdue === (directive.history.length > 0 && isLate(directive, week.office.memory.now)) &&
        (part.value === 'ended') === hasEnded(work) &&
        whole.children.includes(part.id) === !hasEnded(work) &&
        (hasEnded(work) || context.parent?.deadline === order.deadline) &&
        (order.deadline === null ||
          hasEnded(work) ||
          work === 'reported' ||
          (context.deadline?.at ?? 0) <= order.deadline)
      );
    },
    say,
  );

function isLate({ work, deadline }: SimulatedDirective, now: Instant): boolean {
  return (
    deadline !== null &&
    deadline <= now &&
    ['assigned', 'returned', 'in-progress', 'awaiting-head'].includes(work)
  );
}

/** A part is always ordered for a day before its whole, and never after the one who gave it has taken it back. */
export const isOrderedBeforeItsWhole: Invariant = (week) =>
  together(
    pairs(week).map(({ part, whole }): Finding => {
      const orders = [part.context.order];
      return each(
        orders.filter(({ ended }) => ended === null && part.isOpen && part.context.said?.work !== 'reported'),
        ({ deadline, suspended, number }) =>
          number >= 1 &&
          (suspended === null) === (whole.suspension === null) &&
          (whole.deadline === null ||
            whole.suspension !== null ||
            (deadline !== null && deadline < whole.deadline.at)),
        ({ deadline }) =>
          `part ${part.id} is due ${on(deadline ?? 0)}, its whole ${on(whole.deadline?.at ?? 0)}`,
      );
    }),
  );

/** Below, what was stopped by its own people goes on by their word alone. */
export const waitsForItsOwnWord: Invariant = (week) =>
  together(
    keptIn<DirectiveContext>(week.instances, 'directive')
      .filter(({ context: { parent } }) => parent !== null && parent.organization !== null)
      .map(({ id, context }) => {
        const history = week.histories.get(id) ?? [];
        const above = context.parent?.organization ?? '';
        const resumed = history.filter(({ event }) => event.type === 'resume');
        return each(
          resumed,
          ({ revision, event }) => {
            const stopped = history
              .filter((entry) => entry.event.type === 'suspend' && entry.revision < revision)
              .at(-1);
            return event['by'] !== above || stopped?.event['by'] === above;
          },
          ({ at }) => `${id} went on at ${on(at)} by another's word than stopped it`,
        );
      }),
  );
