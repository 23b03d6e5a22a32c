import {
  and,
  assign,
  cancel,
  type createMachine,
  emit,
  log,
  not,
  or,
  raise,
  sendParent,
  sendTo,
  setup,
  spawnChild,
  stateIn,
  stopChild,
  type AnyStateMachine,
} from 'xstate';
import { defineLifecycle, LifecycleDefinitionError, type Lifecycle } from './lifecycle-definition';

type Config = Parameters<typeof createMachine>[0];

/** Machines as whoever writes them without types could: configuration and implementations as they come. */
function define(config: object, implementations: object = {}): Lifecycle {
  const machine = setup(implementations).createMachine({
    id: 'm',
    ...config,
  } as Config as never) as unknown as AnyStateMachine;
  return defineLifecycle({ id: 'thing', version: 1, machine });
}

function problemsOf(config: object, implementations: object = {}): readonly string[] {
  try {
    define(config, implementations);
    return [];
  } catch (error) {
    if (error instanceof LifecycleDefinitionError) return error.problems;
    throw error;
  }
}

const two = (a: object, b: object = {}): object => ({ initial: 'a', states: { a, b } });
const go = (transition: object): object => two({ on: { GO: { target: 'b', ...transition } } });
const say = () => undefined;
const name = (vi: unknown, en: unknown) => ({ meta: { label: { vi, en } } });

describe('what cannot be durable is refused with its path', () => {
  const inline = 'an inline function stands in place of a name';
  it.each<readonly [what: string, config: object, implementations: object, problems: readonly string[]]>([
    ['an inline entry action', two({ entry: say, on: { GO: 'b' } }), {}, [`m.a.entry[0]: ${inline}`]],
    ['an inline exit action', two({ exit: [say], on: { GO: 'b' } }), {}, [`m.a.exit[0]: ${inline}`]],
    ['an inline action', go({ actions: say }), {}, [`m.a.on.GO[0].actions[0]: ${inline}`]],
    ['an inline assign', go({ actions: [assign({})] }), {}, [`m.a.on.GO[0].actions[0]: ${inline}`]],
    ['an inline raise', go({ actions: raise({ type: 'X' }) }), {}, [`m.a.on.GO[0].actions[0]: ${inline}`]],
    ['an inline cancel', go({ actions: cancel('x') }), {}, [`m.a.on.GO[0].actions[0]: ${inline}`]],
    ['an inline guard', go({ guard: () => true }), {}, [`m.a.on.GO[0].guard: ${inline}`]],
    [
      'an inline guard inside of operators',
      go({ guard: and(['yes', not(or([() => true]))] as never) }),
      { guards: { yes: () => true } },
      [`m.a.on.GO[0].guard.and[1].not[0].or[0]: ${inline}`],
    ],
    [
      'an action with the initial state',
      { initial: { target: 'a', actions: [say] }, states: { a: {} } },
      {},
      [`m.initial.actions[0]: ${inline}`],
    ],
    [
      'an action of always',
      two({ always: { target: 'b', actions: say } }),
      {},
      [`m.a.always[0].actions[0]: ${inline}`],
    ],
    [
      'a guard of after',
      two({ after: { 5: { target: 'b', guard: say } } }),
      {},
      [`m.a.after.5[0].guard: ${inline}`],
    ],
    [
      'an action of onDone',
      two({ initial: 'x', states: { x: { type: 'final' } }, onDone: { target: 'b', actions: say } }),
      {},
      [`m.a.onDone[0].actions[0]: ${inline}`],
    ],
    [
      'computed params',
      go({ actions: { type: 'note', params: () => ({}) } }),
      { actions: { note: assign({}) } },
      [
        'm.a.on.GO[0].actions[0]: params of "note" are an inline function; compute them in the named implementation',
      ],
    ],
    [
      'an unbound action',
      go({ actions: 'x' }),
      {},
      ['m.a.on.GO[0].actions[0]: nothing is bound to the name "x"'],
    ],
    [
      'an action named as what every object has',
      go({ actions: 'toString' }),
      {},
      ['m.a.on.GO[0].actions[0]: nothing is bound to the name "toString"'],
    ],
    ['an unbound guard', go({ guard: 'x' }), {}, ['m.a.on.GO[0].guard: nothing is bound to the name "x"']],
    [
      'an unbound guard inside of an operator',
      go({ guard: not('x') }),
      {},
      ['m.a.on.GO[0].guard.not[0]: nothing is bound to the name "x"'],
    ],
    [
      'an unbound guard inside of a named one',
      go({ guard: 'both' }),
      { guards: { both: and([() => true, 'x'] as never) } },
      ['guards.both.and[1]: nothing is bound to the name "x"'],
    ],
    [
      'an unbound delay',
      two({ after: { soon: 'b' } }),
      {},
      ['m.a.after.soon: nothing is bound to the delay "soon"'],
    ],
    [
      'a negative delay',
      two({ after: { '-5': 'b' } }),
      {},
      ['m.a.after.-5: -5 is not a number of milliseconds from 0'],
    ],
    [
      'a delay without end',
      two({ after: { Infinity: 'b' } }),
      {},
      ['m.a.after.Infinity: Infinity is not a number of milliseconds from 0'],
    ],
    [
      'a delay that is not a number',
      two({ after: { NaN: 'b' } }),
      {},
      ['m.a.after.NaN: nothing is bound to the delay "NaN"'],
    ],
    [
      'a named delay that is neither computed nor a number',
      two({ after: { soon: 'b' } }),
      { delays: { soon: Number.NaN } },
      ['delays.soon: NaN is neither a function nor a number of milliseconds from 0'],
    ],
    [
      'the same timer twice',
      two({ after: { 1000: 'b', '1e3': 'b' } }),
      {},
      ['m.a.after.1e3: is the same timer as m.a.after.1000'],
    ],
    [
      'a delayed raise without an id',
      go({}),
      { actions: { r: raise({ type: 'X' }, { delay: 5 }) } },
      ['actions.r: a delayed raise needs an id, by which its timer is kept'],
    ],
    [
      'an id without a delay',
      go({}),
      { actions: { r: raise({ type: 'X' }, { id: 'x' }) } },
      ['actions.r: an id without a delay means nothing; leave it away'],
    ],
    [
      'a raise with an unbound delay',
      go({}),
      { actions: { r: raise({ type: 'X' }, { id: 'x', delay: 'soon' as never }) } },
      ['actions.r: nothing is bound to the delay "soon"'],
    ],
    [
      'a raise with a negative delay',
      go({}),
      { actions: { r: raise({ type: 'X' }, { id: 'x', delay: -1 }) } },
      ['actions.r: its delay -1 is not a number of milliseconds from 0'],
    ],
    [
      'spawnChild',
      go({}),
      { actions: { x: spawnChild('y' as never) } },
      ['actions.x: "xstate.spawnChild" is not durable; use startInstance'],
    ],
    [
      'stopChild',
      go({}),
      { actions: { x: stopChild('y') } },
      ['actions.x: "xstate.stopChild" is not durable'],
    ],
    [
      'sendTo',
      go({}),
      { actions: { x: sendTo('y', { type: 'X' }) } },
      ['actions.x: "xstate.sendTo" is not durable; use sendToChild, sendToParent or sendToInstance'],
    ],
    [
      'a delayed send',
      go({}),
      { actions: { x: sendTo('y', { type: 'X' }, { delay: 5 }) } },
      ['actions.x: "xstate.sendTo" is not durable; use sendToChild, sendToParent or sendToInstance'],
    ],
    [
      'sendParent',
      go({}),
      { actions: { x: sendParent({ type: 'X' }) } },
      ['actions.x: "xstate.sendTo" is not durable; use sendToChild, sendToParent or sendToInstance'],
    ],
    ['emit', go({}), { actions: { x: emit({ type: 'X' }) } }, ['actions.x: "xstate.emit" is not durable']],
    ['log', go({}), { actions: { x: log('y') } }, ['actions.x: "xstate.log" is not durable']],
    [
      'a plain function',
      go({}),
      { actions: { x: say } },
      ['actions.x: is neither a durable action nor assign, raise, cancel or enqueueActions'],
    ],
    [
      'a route',
      two({ on: { GO: 'b' } }, { id: 'there', route: {} }),
      {},
      ['m.b.route: nobody can send "xstate.route"; use a transition of the root'],
    ],
    [
      'the same id twice',
      two({ id: 'x', on: { GO: 'b' } }, { id: 'x' }),
      {},
      ['m.b: has the same id "x" as m.a'],
    ],
    [
      'an id that another state has by its place',
      two({ on: { GO: 'b' } }, { id: 'm.a' }),
      {},
      ['m.b: has the same id "m.a" as m.a'],
    ],
    ['a state that nothing leads to', two({}), {}, ['m.b: no transition leads to this state']],
    [
      'a state that only a state which nothing leads to leads to',
      { initial: 'a', states: { a: {}, b: { on: { GO: 'c' } }, c: {} } },
      {},
      ['m.b: no transition leads to this state', 'm.c: no transition leads to this state'],
    ],
    [
      'an initial state that is always passed over',
      two({ on: { GO: 'b.y' } }, { initial: 'x', states: { x: {}, y: {} } }),
      {},
      ['m.b.x: no transition leads to this state'],
    ],
    [
      'a state that only the end of something which never ends leads to',
      {
        initial: 'a',
        states: {
          a: { initial: 'x', states: { x: {}, y: { type: 'final' } }, onDone: 'b' },
          b: {},
        },
      },
      {},
      ['m.a.y: no transition leads to this state', 'm.b: no transition leads to this state'],
    ],
    [
      'a default of a history state that is not there',
      two({ on: { GO: 'b.h' } }, { initial: 'x', states: { x: {}, h: { type: 'history', target: 'z' } } }),
      {},
      ['m.b.h.target: "z" is no state inside m.b'],
    ],
    [
      'a default of a history state outside of its parent',
      two({ on: { GO: 'b.h' } }, { initial: 'x', states: { x: {}, h: { type: 'history', target: '#m.a' } } }),
      {},
      ['m.b.h.target: "#m.a" is no state inside m.b'],
    ],
    [
      'a history that is neither deep nor shallow',
      two(
        { on: { GO: 'b.h' } },
        { initial: 'x', states: { x: {}, h: { type: 'history', history: 'long' } } },
      ),
      {},
      ['m.b.h.history: "long" is neither "shallow" nor "deep"'],
    ],
    [
      'onDone without a final state',
      two({ onDone: 'b' }),
      {},
      ['m.a.onDone: no final state completes this state', 'm.b: no transition leads to this state'],
    ],
    [
      'onDone of a parallel state of which one region never ends',
      two({
        type: 'parallel',
        states: {
          x: { initial: 'y', states: { y: { type: 'final' } } },
          z: { initial: 'y', states: { y: {} } },
        },
        onDone: 'b',
      }),
      {},
      ['m.a.onDone: no final state completes this state', 'm.b: no transition leads to this state'],
    ],
    [
      'onDone of the root',
      { initial: 'a', states: { a: { type: 'final' } }, onDone: {} },
      {},
      ['m.onDone: the machine ends when its root is done, and nothing follows'],
    ],
    [
      'a label without one language',
      two({ on: { GO: 'b' }, ...name('Chờ', '') }),
      {},
      ['m.a.meta.label: has no text in en'],
    ],
    [
      'a label of a transition without words',
      go(name(' ', 7)),
      {},
      ['m.a.on.GO[0].meta.label: has no text in vi and en'],
    ],
    [
      'a label that is a text',
      go({ meta: { label: 'Duyệt' } }),
      {},
      ['m.a.on.GO[0].meta.label: has no text in vi and en'],
    ],
  ])('%s', (_what, config, implementations, problems) => {
    expect(problemsOf(config, implementations)).toEqual(problems);
  });

  it.each<readonly [what: string, config: object, implementations: object]>([
    [
      'guards built of names',
      go({ guard: and(['yes', not('yes'), or(['yes', stateIn('a')])] as never) }),
      { guards: { yes: () => true } },
    ],
    [
      'functions within a named guard',
      go({ guard: 'both' }),
      { guards: { yes: () => true, both: and(['yes', () => true] as never) } },
    ],
    ['wildcards', two({ on: { '*': 'b' } }, { on: { 'go.*': 'a' } }), {}],
    [
      'a state that only onDone leads to',
      two({ initial: 'x', states: { x: { type: 'final' } }, onDone: 'b' }),
      {},
    ],
    ['a state that only always leads to', two({ always: 'b' }), {}],
    ['a state that only after leads to', two({ after: { 0: 'b' } }), {}],
    [
      'a state that only the default of a history state leads to',
      two(
        { on: { GO: 'b.h' } },
        { initial: 'x', states: { x: {}, y: {}, h: { type: 'history', target: 'y' } }, on: { GO: '.x' } },
      ),
      {},
    ],
    [
      'a state that only a shallow history enters by default',
      {
        initial: 'a',
        states: {
          a: { on: { GO: 'b.x.z', BACK: 'b.h' } },
          b: {
            initial: 'w',
            states: { w: {}, x: { initial: 'y', states: { y: {}, z: {} } }, h: { type: 'history' } },
            on: { OUT: 'a' },
          },
        },
      },
      {},
    ],
    [
      'labels in both languages',
      two({ on: { GO: { target: 'b', ...name('Gửi', 'Send') } }, ...name('Chờ', 'Waiting') }),
      {},
    ],
  ])('but not %s', (_what, config, implementations) => {
    expect(problemsOf(config, implementations)).toEqual([]);
  });

  it('follows in the hash what a guard is built of', () => {
    const guards = { yes: () => true, no: () => false };
    const hash = (guard: unknown) => define(go({ guard }), { guards }).hash;
    expect(hash(and(['yes', 'no'] as never))).toBe(hash(and(['yes', 'no'] as never)));
    const others = [
      and(['no', 'yes'] as never),
      or(['yes', 'no'] as never),
      not('yes' as never),
      stateIn('a'),
      stateIn('b'),
    ];
    expect(new Set([and(['yes', 'no'] as never), ...others].map(hash)).size).toBe(6);
  });
});
