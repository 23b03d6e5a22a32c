import { lifecycles } from '../lifecycles/lifecycles';
import { authority, toldEvents } from './authority';
import { consequences } from './consequences';

const lists = (one: Readonly<Partial<Record<string, readonly string[]>>>, id: string) => one[id] ?? [];

describe('every event of every lifecycle', () => {
  it.each(lifecycles.all.map(({ id, machine }) => [id, machine.events as readonly string[]]))(
    'of %s has somewhere that decides who may send it',
    (id, events) => {
      const acts = Object.keys((authority as Partial<Record<string, object>>)[id] ?? {});
      const following = consequences.flatMap((one) =>
        one.startsWith(`${id}.`) ? [one.slice(id.length + 1)] : [],
      );
      const decided = new Set([...acts, ...following, ...lists(toldEvents, id)]);
      const sent = events.filter((event) => !event.startsWith('xstate.'));
      // A new event: grant it in `authority`, let it follow from one in `consequences`, or say that nobody sends it.
      expect(sent.filter((event) => !decided.has(event))).toEqual([]);
    },
  );

  it('is granted to people, or told by machines, never both', () => {
    for (const { id } of lifecycles.all) {
      const acts = Object.keys((authority as Partial<Record<string, object>>)[id] ?? {});
      expect(acts.filter((act) => lists(toldEvents, id).includes(act))).toEqual([]);
    }
  });
});
