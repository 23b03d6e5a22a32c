import { assign, createMachine, fromPromise, log, setup, spawnChild } from 'xstate';
import { purchaseOrder } from '../testing/purchase-order.lifecycle';
import { effect } from './durable-actions';
import { invokedEffect } from './invoked-effect';
import { defineLifecycle, LifecycleDefinitionError } from './lifecycle-definition';

function problemsOf(machine: Parameters<typeof defineLifecycle>[0]['machine'], more = {}): readonly string[] {
  try {
    defineLifecycle({ id: 'thing', version: 1, machine, ...more });
    return [];
  } catch (error) {
    if (error instanceof LifecycleDefinitionError) return error.problems;
    throw error;
  }
}

describe('what cannot be durable stops the start, with its path', () => {
  it('inline functions in place of names', () => {
    const problems = problemsOf(
      createMachine({
        id: 'm',
        initial: 'a',
        entry: () => undefined,
        states: {
          a: { on: { GO: { target: 'b', guard: () => true, actions: [assign({}), () => undefined] } } },
          b: {},
        },
      }),
    );
    expect(problems).toEqual([
      'm.entry[0]: an inline function stands in place of a name',
      'm.a.on.GO[0].actions[0]: an inline function stands in place of a name',
      'm.a.on.GO[0].actions[1]: an inline function stands in place of a name',
      'm.a.on.GO[0].guard: an inline function stands in place of a name',
    ]);
  });

  it('names to which nothing is bound', () => {
    const machine = setup({}).createMachine({
      id: 'm',
      initial: 'a',
      states: {
        a: {
          entry: 'greet' as never,
          after: { soon: 'b' } as never,
          always: { guard: 'g' as never, target: 'b' },
        },
        b: {},
      },
    });
    expect(problemsOf(machine)).toEqual([
      'm.a.entry[0]: nothing is bound to the name "greet"',
      'm.a.after.soon: nothing is bound to the delay "soon"',
      'm.a.always[0].guard: nothing is bound to the name "g"',
    ]);
  });

  it('states that nothing leads to, and actors', () => {
    const machine = setup({
      actors: { fetch: fromPromise(() => Promise.resolve(1)) },
      actions: {
        spawn: spawnChild('fetch' as never),
        shout: log('x'),
        plain: () => undefined,
        tell: effect(() => ({})),
      },
    }).createMachine({ id: 'm', initial: 'a', states: { a: { invoke: { src: 'fetch' } }, lost: {} } });
    expect(problemsOf(machine)).toEqual([
      'actions.spawn: "xstate.spawnChild" is not durable; use startInstance',
      'actions.shout: "xstate.log" is not durable',
      'actions.plain: is neither a durable action nor assign, raise, cancel or enqueueActions',
      'actors.fetch: is not declared with invokedEffect(); no other actor is durable',
      'm.lost: no transition leads to this state',
    ]);
  });

  it('invocations that a restart would lose, or that could not be told apart', () => {
    const spawning = assign({
      child: ({ spawn }: { spawn: (src: string) => unknown }) => spawn('fetch'),
    });
    const machine = setup({
      actors: { fetch: invokedEffect() },
      actions: { fetch: effect(() => ({})), spawning: spawning as never },
      guards: { open: () => true },
    }).createMachine({
      id: 'm',
      type: 'parallel',
      states: {
        a: {
          invoke: [
            { src: 'fetch', id: 'one', systemId: 'all' },
            { src: 'nothing' as never, onDone: { actions: 'unbound' as never } },
            { src: fromPromise(() => Promise.resolve(1)) as never },
          ],
        },
        b: { invoke: { src: 'fetch', id: 'one', onError: { guard: () => true } } },
      },
    });
    expect(problemsOf(machine)).toEqual([
      'm.a.invoke[0].systemId: no actor lives to be found by it',
      'm.a.invoke[1].src: nothing is bound to the name "nothing"',
      'm.a.invoke[1].onDone[0].actions[0]: nothing is bound to the name "unbound"',
      'm.a.invoke[2].src: an inline actor stands in place of a name',
      'm.b.invoke[0].onError[0].guard: an inline function stands in place of a name',
      'actors.fetch: an action has the same name; one handler serves a name',
      'actions.spawning: spawned actors are not durable',
      'm.b.invoke: the id "one" is also used by m.a at the same time',
    ]);
  });

  it('reasons for guards that are not there, and ids and versions that are none', () => {
    const machine = setup({}).createMachine({ id: 'm' });
    expect(problemsOf(machine, { refusals: { nobody: { code: 'x', vi: 'x', en: 'x' } } })).toEqual([
      'refusals.nobody: there is no guard of this name',
    ]);
    expect(problemsOf(machine, { version: 0 })).toEqual(['version 0 is not a whole number from 1']);
    expect(problemsOf(machine, { id: 'Not Kebab' })).toEqual(['id "Not Kebab" is not kebab-case']);
  });

  it('knows its effects, and its hash follows structure and names only', () => {
    expect(purchaseOrder.effects).toEqual(['tellBuyer']);
    const make = (target: string, guard: () => boolean) =>
      defineLifecycle({
        id: 'thing',
        version: 1,
        machine: setup({ guards: { open: guard } }).createMachine({
          id: 'm',
          initial: 'a',
          states: {
            a: { on: { GO: [{ guard: 'open', target }, { target: 'b' }] } },
            b: { on: { BACK: 'a' } },
          },
        }),
      }).hash;
    expect(make('b', () => true)).toBe(make('b', () => false));
    expect(make('b', () => true)).not.toBe(make('a', () => true));
  });
});
