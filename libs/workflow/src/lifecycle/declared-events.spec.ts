import { raise, setup } from 'xstate';
import { z } from 'zod';
import { checkedPayload, declaredEvents } from './declared-events';
import { defineLifecycle, LifecycleDefinitionError } from './lifecycle-definition';

const label = { vi: 'Đi', en: 'Go' };
const machine = setup({
  types: { events: {} as { type: 'go'; at: number } },
  delays: { wait: 10 },
  actions: { poke: raise({ type: 'go', at: 0 }, { id: 'poke', delay: 5 }) },
}).createMachine({
  id: 'm',
  initial: 'a',
  states: { a: { entry: 'poke', on: { go: 'b' }, after: { wait: 'b' } }, b: {} },
});

function problemsOf(
  more: object,
  of: Parameters<typeof defineLifecycle>[0]['machine'] = machine,
): readonly string[] {
  try {
    defineLifecycle({ id: 'thing', version: 1, machine: of, ...more });
    return [];
  } catch (error) {
    if (error instanceof LifecycleDefinitionError) return error.problems;
    throw error;
  }
}

describe('what a lifecycle says of itself', () => {
  it('is held to its machine, each problem with its path', () => {
    const events = {
      go: { label: { vi: ' ', en: '' }, payload: z.object({ on: z.date() }) },
      fly: { label },
    };
    expect(problemsOf({ events, timers: { wait: label, poke: label, sleep: { vi: 'x', en: '' } } })).toEqual([
      'events.go.label.vi: is empty',
      'events.go.label.en: is empty',
      'events.go.payload: Date cannot be represented in JSON Schema',
      'events.fly: the machine has no such event',
      'timers.sleep: the machine has no delay and no delayed raise of this name',
      'timers.sleep.en: is empty',
    ]);
    expect(problemsOf({ events: { go: { label, payload: z.string() } } })).toEqual([
      'events.go.payload: is not a schema of an object',
    ]);
    expect(problemsOf({ events: { go: { label, payload: z.object({}) } }, timers: { wait: label } })).toEqual(
      [],
    );
  });

  it('names who is waited for by a name or several', () => {
    const waiting = (waitsFor: unknown) =>
      problemsOf(
        {},
        setup({}).createMachine({ id: 'm', initial: 'a', states: { a: { meta: { waitsFor } as never } } }),
      );
    expect([waiting('clerk'), waiting(['clerk', 'head'])]).toEqual([[], []]);
    for (const wrong of [7, '', ['clerk', null]])
      expect(waiting(wrong)).toEqual(['m.a.meta.waitsFor: is neither a name nor a list of names']);
  });

  it('does not change the hash: labels and schemas may change within a version', () => {
    const define = (more: object) => defineLifecycle({ id: 'thing', version: 1, machine, ...more });
    expect(define({ events: { go: { label } }, timers: { wait: label } }).hash).toBe(define({}).hash);
  });
});

describe('what is entered', () => {
  const { go } = declaredEvents({
    go: {
      label,
      payload: z
        .object({
          by: z.string().min(2).max(3),
          days: z.number().int().gt(0).max(9).multipleOf(3).optional(),
          kind: z.enum(['a', 'b']).default('a'),
          on: z.iso.date().optional(),
          items: z
            .array(z.object({ price: z.number() }))
            .max(1)
            .optional(),
          either: z.union([z.string(), z.number()]).optional(),
        })
        .strict()
        .refine(({ by }) => by !== 'xx', {
          path: ['by'],
          params: { vi: 'Không được là xx.', en: 'Must not be xx.' },
        }),
    },
  });
  const enter = (payload: object) => checkedPayload(go, { type: 'go', ...payload });

  it.each([
    [{}, 'by', 'Chưa nhập.', 'Is missing.'],
    [{ by: 1 }, 'by', 'Phải là chữ.', 'Must be text.'],
    [{ by: 'x' }, 'by', 'Phải từ 2 ký tự.', 'Must be at least 2 characters.'],
    [{ by: 'xxxx' }, 'by', 'Phải không quá 3 ký tự.', 'Must be at most 3 characters.'],
    [{ by: 'xx' }, 'by', 'Không được là xx.', 'Must not be xx.'],
    [{ by: 'an', days: 0 }, 'days', 'Phải lớn hơn 0.', 'Must be more than 0.'],
    [{ by: 'an', days: 4 }, 'days', 'Phải là bội của 3.', 'Must be a multiple of 3.'],
    [{ by: 'an', days: 1.5 }, 'days', 'Phải là số nguyên.', 'Must be a whole number.'],
    [{ by: 'an', kind: 'c' }, 'kind', 'Phải là một trong: a, b.', 'Must be one of: a, b.'],
    [{ by: 'an', on: '1/2' }, 'on', 'Phải là ngày dạng NĂM-THÁNG-NGÀY.', 'Must be a date as YEAR-MONTH-DAY.'],
    [{ by: 'an', items: [{ price: '1' }] }, 'items.0.price', 'Phải là số.', 'Must be a number.'],
    [
      { by: 'an', items: [{ price: 1 }, { price: 1 }] },
      'items',
      'Phải không quá 1 mục.',
      'Must be at most 1 items.',
    ],
    [{ by: 'an', either: true }, 'either', 'Không đúng dạng.', 'Not in the right form.'],
    [{ by: 'an', other: 1 }, 'other', 'Không có mục này.', 'There is no such field.'],
  ])('%j is refused at %s', (payload, field, vi, en) => {
    expect(enter(payload)).toMatchObject({ refused: true, code: 'invalid-payload', field, vi, en });
  });

  it('is kept as the schema makes it, and as it came where there is none', () => {
    expect(enter({ by: 'an', at: 7 })).toEqual({ event: { type: 'go', by: 'an', kind: 'a' } });
    expect(checkedPayload(undefined, { type: 'go', x: 1 })).toEqual({ event: { type: 'go', x: 1 } });
  });
});
