import { assign, createActor, setup } from 'xstate';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { eventStep, startStep } from './machine-step';
import { fromStored, storedText, toStored, type StoredSnapshot } from './stored-snapshot';

/** As `jsonb` gives an object back: shorter keys first, whatever order they were written in. */
function asJsonb(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonb);
  if (typeof value !== 'object' || value === null) return value;
  const byLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byLength(a, b))
      .map(([key, member]) => [key, asJsonb(member)]),
  );
}

const stored = (snapshot: StoredSnapshot): StoredSnapshot => asJsonb(snapshot) as StoredSnapshot;

describe('regions that take the same event', () => {
  const lifecycle = defineLifecycle({
    id: 'two-regions',
    version: 1,
    machine: setup({
      types: { context: {} as { said: string[] } },
      actions: {
        sayFirst: assign({ said: ({ context }) => [...context.said, 'first'] }),
        saySecond: assign({ said: ({ context }) => [...context.said, 'second'] }),
      },
    }).createMachine({
      id: 'm',
      type: 'parallel',
      context: { said: [] },
      states: {
        lengthy: {
          initial: 'a',
          states: { a: { on: { GO: { target: 'b', actions: 'sayFirst' } } }, b: {} },
        },
        tiny: {
          initial: 'a',
          states: { a: { on: { GO: { target: 'b', actions: 'saySecond' } } }, b: {} },
        },
      },
    }),
  });

  it('act in the order of the machine, also after the state came back from the database', () => {
    const first = startStep(lifecycle, {}, 0).snapshot;
    const reloaded = fromStored(lifecycle.machine, stored(toStored(first)));
    const live = eventStep(lifecycle, first, { type: 'GO' }, 1).snapshot;
    const resumed = eventStep(lifecycle, reloaded, { type: 'GO' }, 1).snapshot;
    expect(toStored(live).context).toEqual({ said: ['first', 'second'] });
    expect(toStored(resumed)).toEqual(toStored(live));
  });

  it('are asked for their always in the order in which they were entered, also after they were stored', () => {
    const asked = defineLifecycle({
      id: 'asked',
      version: 1,
      machine: setup({
        types: { context: {} as { said: string[] } },
        guards: { isOpen: ({ context }) => context.said.includes('open') },
        actions: {
          open: assign({ said: ['open'] }),
          sayFirst: assign({ said: ({ context }) => [...context.said, 'first'] }),
          saySecond: assign({ said: ({ context }) => [...context.said, 'second'] }),
        },
      }).createMachine({
        id: 'm',
        type: 'parallel',
        context: { said: [] },
        on: { OPEN: { actions: 'open' } },
        states: {
          lengthy: {
            initial: 'a',
            states: {
              a: { on: { MOVE: 'b' } },
              b: { always: { guard: 'isOpen', target: 'c', actions: 'sayFirst' } },
              c: {},
            },
          },
          tiny: {
            initial: 'a',
            states: { a: { always: { guard: 'isOpen', target: 'c', actions: 'saySecond' } }, c: {} },
          },
        },
      }),
    });
    const actor = createActor(asked.machine).start();
    let resumed = startStep(asked, {}, 0).snapshot;
    for (const type of ['MOVE', 'OPEN'] as const) {
      actor.send({ type });
      const kept = JSON.parse(storedText(toStored(resumed))) as StoredSnapshot;
      resumed = eventStep(asked, fromStored(asked.machine, kept), { type }, 1).snapshot;
    }
    expect(actor.getSnapshot().context).toEqual({ said: ['open', 'second', 'first'] });
    expect(toStored(resumed).context).toEqual(actor.getSnapshot().context);
  });
});
