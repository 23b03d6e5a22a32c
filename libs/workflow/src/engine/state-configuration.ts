import { type AnyStateMachine, type AnyStateNode, type StateValue } from 'xstate';

/**
 * The states that a value names: every active node from the root down.
 * @param missing told, with its path, what the machine does not have or the value leaves open
 */
export function activeStates(
  machine: AnyStateMachine,
  value: StateValue,
  missing: (problem: string) => void,
): AnyStateNode[] {
  const active: AnyStateNode[] = [];
  const visit = (node: AnyStateNode, within: StateValue | undefined): void => {
    active.push(node);
    const children = Object.values(node.states)
      .filter(({ type }) => type !== 'history')
      .map(({ key }) => key);
    if (children.length === 0) {
      if (within !== undefined && Object.keys(within).length > 0)
        missing(`value: ${node.id} has no states within, but the value names ${JSON.stringify(within)}`);
      return;
    }
    const named = typeof within === 'string' ? { [within]: undefined } : (within ?? {});
    for (const key of Object.keys(named))
      if (!Object.hasOwn(node.states, key)) missing(`value: there is no state ${node.id}.${key}`);
    const known = Object.keys(named).filter((key) => Object.hasOwn(node.states, key));
    if (node.type === 'parallel')
      for (const region of children.filter((key) => !Object.hasOwn(named, key)))
        missing(`value: the region ${node.id}.${region} is not mentioned`);
    else if (Object.keys(named).length !== 1)
      missing(`value: ${node.id} must be in exactly one of ${children.join(', ')}`);
    for (const key of known) {
      const child = node.states[key] as AnyStateNode;
      if (child.type === 'history') missing(`value: ${child.id} is a history state, in which nothing can be`);
      else visit(child, named[key]);
    }
  };
  visit(machine.root, value);
  return active;
}

/** The timers that entering a state sets for its `after`, by the ids that XState gives them. */
export function delaysOf(node: AnyStateNode): string[] {
  const delays = Object.keys((node.config as { after?: object }).after ?? {});
  return delays.map((delay) => `xstate.after.${Number.isNaN(+delay) ? delay : +delay}.${node.id}`);
}
