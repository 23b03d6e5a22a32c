import { setup } from 'xstate';
import { labelOf, labelsOf, tagsOf } from './labels';
import { defineLifecycle } from './lifecycle-definition';

const lifecycle = defineLifecycle({
  id: 'leave',
  version: 1,
  machine: setup({}).createMachine({
    id: 'leave',
    type: 'parallel',
    tags: 'kept',
    states: {
      approval: {
        meta: { label: { vi: 'Phê duyệt', en: 'Approval' } },
        initial: 'asked',
        states: {
          asked: {
            tags: ['open', 'waiting'],
            meta: { label: { vi: 'Chờ duyệt', en: 'Asked for' }, colour: 'blue' },
          },
          given: { meta: { label: { vi: 'Đã duyệt', en: 'Given' } } },
        },
        on: { give: { target: '.given', meta: { label: { vi: 'Duyệt', en: 'Give' } } } },
      },
      cover: { initial: 'none', states: { none: { tags: 'open' } } },
    },
  }),
});

describe('labels and tags of active states', () => {
  it('are told outer before inner, in the order of the machine, whatever order the value comes in', () => {
    expect(labelsOf(lifecycle, { cover: 'none', approval: 'asked' })).toEqual([
      { state: 'approval', vi: 'Phê duyệt', en: 'Approval' },
      { state: 'approval.asked', vi: 'Chờ duyệt', en: 'Asked for' },
    ]);
    expect(tagsOf(lifecycle, { cover: 'none', approval: 'asked' })).toEqual(['kept', 'open', 'waiting']);
    expect(tagsOf(lifecycle, { cover: 'none', approval: 'given' })).toEqual(['kept', 'open']);
  });

  it('are told of transitions by their meta, and only where there are any', () => {
    const [give] = lifecycle.machine.root.states['approval']?.on['give'] ?? [];
    expect(labelOf(give?.meta)).toEqual({ vi: 'Duyệt', en: 'Give' });
    expect(labelOf(undefined)).toBeNull();
    expect(labelOf({ colour: 'blue' })).toBeNull();
  });

  it('know no state that the machine does not have', () => {
    expect(() => labelsOf(lifecycle, { cover: 'none', approval: 'lost' })).toThrow(/lost/);
  });
});
