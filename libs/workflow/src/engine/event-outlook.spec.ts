import * as fc from 'fast-check';
import { and, createMachine, not, or, stateIn, type AnyMachineSnapshot } from 'xstate';
import { allowedEvents } from './event-admission';
import { outlook } from './event-outlook';
import { fromStored } from './stored-snapshot';

interface Entered {
  readonly event: { readonly a?: boolean; readonly b?: boolean; readonly list?: readonly number[] };
}

const guards = {
  yes: () => true,
  no: () => false,
  a: ({ event }: Entered) => event.a === true,
  b: ({ event }: Entered) => event.b !== true,
  throwing: ({ event }: Entered) => (event.list as readonly number[]).length > 0,
  whole: ({ event }: Entered) => JSON.stringify(event).includes('"a":true'),
  notA: not('a' as never),
  both: and(['yes', 'b'] as never),
  either: or(['no', 'a'] as never),
  inline: and([(({ event }: Entered) => event.a === true) as never]),
  inP: stateIn('#m.p'),
};

/** What a guard looks at of what is entered. */
const looksAt = (guard: string | undefined): string[] => {
  if (guard === 'a' || guard === 'either' || guard === 'notA') return ['a'];
  if (guard === 'b' || guard === 'both') return ['b'];
  if (guard === 'throwing') return ['list'];
  return guard === 'whole' || guard === 'inline' ? ['anything'] : [];
};

const guardName = fc.constantFrom(undefined, ...Object.keys(guards));
const transition = fc.record({ guard: guardName, forbids: fc.nat(4).map((roll) => roll === 0) });
const transitions = fc.array(transition, { maxLength: 3 });
const shape = fc.record({ root: transitions, p: transitions, child: transitions, other: transitions });

const on = (all: readonly { guard: string | undefined; forbids: boolean }[]) =>
  all.length === 0
    ? {}
    : {
        on: {
          go: all.map(({ guard, forbids }) => ({
            ...(guard && { guard }),
            ...(!forbids && { target: '#m.end' }),
          })),
        },
      };

const payloads = [true, false].flatMap((a) =>
  [true, false].flatMap((b) => [[], [1]].map((list) => ({ a, b, list }))),
);

describe('the outlook of an event', () => {
  it('is what XState does with whatever may be entered, for random machines', () => {
    const met = { possible: 0, depends: 0, refused: 0 };
    fc.assert(
      fc.property(shape, (all) => {
        const machine = createMachine(
          {
            id: 'm',
            initial: 'p',
            ...on(all.root),
            states: {
              p: {
                id: 'm.p',
                type: 'parallel',
                ...on(all.p),
                states: {
                  x: { initial: 'child', states: { child: on(all.child) } },
                  y: { initial: 'other', states: { other: on(all.other) } },
                },
              },
              end: { id: 'm.end' },
            },
          } as never,
          { guards: guards as never },
        );
        const snapshot: AnyMachineSnapshot = fromStored(machine, {
          value: { p: { x: 'child', y: 'other' } },
          context: {},
        });
        if (!allowedEvents(snapshot).includes('go')) return;
        const told = outlook(machine, snapshot, 'go', 0);
        met[told]++;
        const taken = new Set(payloads.map((payload) => snapshot.can({ type: 'go', at: 0, ...payload })));
        if (told === 'possible') expect([...taken]).toEqual([true]);
        if (told === 'refused') expect([...taken]).toEqual([false]);
        // Guards that look at the same thing, and inline ones, count as independent.
        const looks = [...all.root, ...all.p, ...all.child, ...all.other].flatMap(({ guard }) =>
          looksAt(guard),
        );
        const isExact = new Set(looks).size === looks.length && !looks.includes('anything');
        if (told === 'depends' && isExact) expect(taken.size).toBe(2);
      }),
      { seed: 20_261_121, numRuns: 1_500 },
    );
    expect(Math.min(...Object.values(met))).toBeGreaterThan(50);
  });

  it('throws what a guard throws that looked at nothing that is entered', () => {
    const machine = createMachine(
      { id: 'm', initial: 'a', states: { a: { on: { go: { guard: 'broken', target: 'b' } } }, b: {} } },
      {
        guards: {
          broken: () => {
            throw new Error('out of order');
          },
        },
      },
    );
    const snapshot = fromStored(machine, { value: 'a', context: {} });
    expect(() => outlook(machine, snapshot, 'go', 0)).toThrow(/out of order/);
  });
});
