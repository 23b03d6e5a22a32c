import * as fc from 'fast-check';
import { Agenda } from './agenda';

describe('the agenda of a unit of work', () => {
  it('gives what was noted earliest first, all of an instant together, also when more is noted meanwhile', () => {
    const notes = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom('a', 'b', 'c', 'd')));
    fc.assert(
      fc.property(notes, notes, (before, meanwhile) => {
        const agenda = new Agenda();
        before.forEach(([at, id]) => agenda.add(at, id));
        const left = new Set(before.map(([at, id]) => `${at} ${id}`));
        const more = [...meanwhile];
        for (let taken = agenda.take(); taken; taken = agenda.take()) {
          const { at, ids } = taken;
          const earliest = Math.min(...[...left].map((note) => Number(note.split(' ')[0])));
          expect(at).toBe(earliest);
          expect(new Set(ids).size).toBe(ids.length);
          ids.forEach((id) => expect(left.delete(`${at} ${id}`)).toBe(true));
          expect([...left].filter((note) => note.startsWith(`${at} `))).toEqual([]);
          const [next] = more.splice(0, 1);
          if (next) {
            agenda.add(...next);
            left.add(`${next[0]} ${next[1]}`);
          }
        }
        expect(left.size).toBe(0);
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});
