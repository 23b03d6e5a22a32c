import { Lifecycles } from '@dondoc/workflow';
import { DataSource } from 'typeorm';
import { order } from './order.lifecycle';
import { type Subject } from './subject';

/** The lifecycle that is judged: the runtime alone. */
export const sampleSubject: Subject = {
  lifecycles: new Lifecycles([order]),
  lifecycle: order.id,
  organization: '00000000-0000-4000-8000-0000000000be',
  tables: [],
  connect: (url, poolSize) => new DataSource({ type: 'postgres', url, poolSize }).initialize(),
  prepare: () => Promise.resolve(),
  plan: () =>
    Promise.resolve({
      input: ({ first, later }) => ({
        owner: 'an',
        dueAt: later,
        rungs: first === null ? [] : [first, later + 1, later + 2, later + 3, later + 4],
      }),
      event: { type: 'touch', note: 'bench' },
    }),
};
