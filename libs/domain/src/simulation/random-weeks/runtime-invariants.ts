import { Lifecycles, verifyInstance } from '@dondoc/workflow';
import { lifecycles } from '../../lifecycles/lifecycles';
import { each, together, type Invariant } from './invariant';

const catalogue = new Lifecycles([...lifecycles.all]);

/** A refusal changes nothing; what is done changes something. */
export const changesNothingByRefusal: Invariant = (week) =>
  each(
    week.acts,
    ({ refused, changed }) => changed === (refused === null),
    ({ act, refused }) => `${JSON.stringify(act)}: ${refused ?? 'done'}`,
  );

/** Nothing waits that is due; what has ended waits for nothing; instants never go back within an instance. */
export const leavesNothingBehind: Invariant = (week) => {
  const { memory, organization } = week.office;
  return together([
    each(
      week.instances,
      ({ id, status }) => {
        const timers = memory.store.timers(organization, id);
        return status === 'active' ? timers.every(({ dueAt }) => dueAt > memory.now) : timers.length === 0;
      },
      ({ id, lifecycle }) => `${lifecycle} ${id} has timers that are due, or none of its own any more`,
    ),
    each(
      [...week.histories.values()],
      (history) => history.every(({ at }, index) => index === 0 || at >= (history[index - 1]?.at ?? 0)),
      ([first]) => `${first?.lifecycle ?? ''} ${first?.instance ?? ''} went back in time`,
    ),
  ]);
};

/** Every history replays to what is stored. */
export const replays: Invariant = (week) => {
  const { store } = week.office.memory;
  const { organization } = week.office;
  return together(
    week.instances.map((instance) => {
      const findings = verifyInstance(catalogue, instance, store.history(organization, instance.id));
      return { judged: 1, broken: findings.map((finding) => JSON.stringify(finding)) };
    }),
  );
};
