import { setup } from 'xstate';
import { defineLifecycle } from '../lifecycle/lifecycle-definition';
import { defineMigration } from '../lifecycle/migration';
import { migrationStep } from './migration-step';
import { fromStored, toStored, type StoredSnapshot } from './stored-snapshot';

/** Two regions, a history state beside the states of one, and an `always` that tells in which order regions were entered. */
const rooms = (version: number) =>
  defineLifecycle({
    id: 'rooms',
    version,
    machine: setup({ types: { events: {} as { type: 'go' } | { type: 'back' } } }).createMachine({
      id: 'rooms',
      initial: 'open',
      states: {
        open: {
          type: 'parallel',
          states: {
            left: {
              initial: 'one',
              states: { one: { on: { go: 'two' } }, two: {} },
            },
            right: {
              initial: 'one',
              states: {
                one: { on: { go: 'passing' } },
                passing: { always: 'two' },
                two: { on: { back: '#left-was' } },
              },
            },
            was: { type: 'history', id: 'left-was', history: 'deep' },
          },
        },
      },
    }),
  });

const one = rooms(1);
const two = rooms(2);
const same = defineMigration({
  from: one,
  to: two,
  migrate: ({ value, context, historyValue }) => ({
    value,
    context,
    ...(historyValue && { historyValue }),
    timers: [],
  }),
});

const ordersOf = (ids: readonly string[]): number[] => {
  const snapshot = fromStored(one.machine, { value: { open: { left: 'two', right: 'two' } }, context: {} });
  const nodes = (snapshot as unknown as { _nodes: readonly { id: string; order: number }[] })._nodes;
  return ids.map((id) => nodes.find((node) => node.id === id)?.order ?? Number.NaN);
};

describe('one step of a migration', () => {
  const entered = ordersOf([
    'rooms',
    'rooms.open',
    'rooms.open.right',
    'rooms.open.right.two',
    'rooms.open.left',
    'rooms.open.left.two',
  ]);
  const stored: StoredSnapshot = { value: { open: { left: 'two', right: 'two' } }, context: {}, entered };

  it('keeps the order in which states were entered where they are all still there', () => {
    const { snapshot } = migrationStep(same, stored, [], 0, 2);
    expect(snapshot.entered).toEqual(entered);
    expect(toStored(fromStored(two.machine, snapshot))).toEqual(stored);
  });

  it('falls back to the order of the document where one is not', () => {
    const moved = defineMigration({
      from: one,
      to: two,
      migrate: ({ context }) => ({ value: { open: { left: 'one', right: 'two' } }, context, timers: [] }),
    });
    expect(migrationStep(moved, stored, [], 0, 2).snapshot.entered).toBeUndefined();
  });

  it('wants to be told what becomes of remembered states', () => {
    const historyValue = { 'left-was': ['rooms.open.left.one', 'rooms.open.right.two'] };
    const remembering = { ...stored, historyValue };
    expect(migrationStep(same, remembering, [], 0, 2).snapshot.historyValue).toEqual(historyValue);
    const answering = (answer: object) =>
      defineMigration({
        from: one,
        to: two,
        migrate: ({ value, context }) => ({ value, context, timers: [], ...answer }),
      });
    expect(() => migrationStep(answering({}), remembering, [], 0, 2)).toThrow('historyValue: not mentioned');
    const { snapshot } = migrationStep(answering({ historyValue: {} }), remembering, [], 0, 2);
    expect(snapshot.historyValue).toBeUndefined();
  });
});
