import { type ChartLine, type ChartState } from './chart';

/**
 * Where an arrow runs: vertical lanes beside the states of a compound state (`right`, `left`) or beside a region, and one
 * horizontal lane below the regions of a parallel state. Arrows to the same state share a lane.
 */
export type Passage =
  | { readonly kind: 'right' | 'left' | 'below'; readonly of: string }
  /** The lanes to the right of this region. */
  | { readonly kind: 'region'; readonly of: string };

export interface Route {
  readonly from: ChartState;
  readonly line: ChartLine;
  readonly to: ChartState;
  readonly passages: readonly Passage[];
}

export const passageKey = ({ kind, of }: Passage): string => `${kind} ${of}`;

/** The chart with what routes have to know of it: parents, and the order of the states. */
export class ChartMap {
  readonly states = new Map<string, ChartState>();
  private readonly parents = new Map<string, ChartState>();
  private readonly first = new Map<string, number>();
  private readonly last = new Map<string, number>();

  constructor(readonly root: ChartState) {
    let count = 0;
    const visit = (state: ChartState): void => {
      this.states.set(state.id, state);
      this.first.set(state.id, count++);
      for (const child of state.children) {
        this.parents.set(child.id, state);
        visit(child);
      }
      this.last.set(state.id, count - 1);
    };
    visit(root);
  }

  parent(state: ChartState): ChartState | undefined {
    return this.parents.get(state.id);
  }

  /** From the first to the last place of a state and all within it, in the order of the machine. */
  places(id: string): readonly [number, number] {
    return [this.first.get(id) ?? 0, this.last.get(id) ?? 0];
  }

  /** From the root down to the state. */
  way(state: ChartState): ChartState[] {
    const up = this.parent(state);
    return up ? [...this.way(up), state] : [state];
  }
}

/** Lanes beside and below the regions that lie between a state and `within`, from the inside out. */
function outOf(way: readonly ChartState[], within: number): Passage[] {
  const passages: Passage[] = [];
  for (let depth = way.length - 2; depth > within; depth--) {
    const [around, region] = [way[depth], way[depth + 1]];
    if (around?.type === 'parallel' && region)
      passages.push({ kind: 'region', of: region.id }, { kind: 'below', of: around.id });
  }
  return passages;
}

function passagesOf(map: ChartMap, from: ChartState, to: ChartState): Passage[] {
  const out = map.way(from);
  const into = map.way(to);
  let shared = 0;
  while (out[shared + 1] && out[shared + 1] === into[shared + 1]) shared++;
  // A state that leads to itself, or to one around it, is left first.
  if (shared === into.length - 1 && shared > 0) shared--;
  const around = out[shared];
  if (!around) return [];
  const leaving = outOf(out, shared);
  const entering = outOf(into, shared).reverse();
  if (around.type === 'parallel') {
    const region = (way: readonly ChartState[]): Passage[] => {
      const state = way[shared + 1];
      return state ? [{ kind: 'region', of: state.id }] : [];
    };
    const below: Passage = { kind: 'below', of: around.id };
    const within = out[shared + 1] === into[shared + 1] || out.length === shared + 1;
    return [...leaving, ...(within ? [] : [...region(out), below]), ...region(into), ...entering];
  }
  const straight = leaving.length === 0 && entering.length === 0;
  const back = map.places(to.id)[0] < map.places(from.id)[0] && out.length > shared + 1;
  const isLeft = straight && back && from !== to;
  return [...leaving, { kind: isLeft ? 'left' : 'right', of: around.id }, ...entering];
}

export function routesOf(map: ChartMap): Route[] {
  const routes: Route[] = [];
  for (const from of map.states.values())
    for (const line of from.lines)
      for (const target of line.targets) {
        const to = map.states.get(target);
        if (to) routes.push({ from, line, to, passages: passagesOf(map, from, to) });
      }
  return routes;
}

/** Lanes of every passage: which one leads to a state, counted from the states outwards. */
export interface Lanes {
  count(passage: Passage): number;
  lane(passage: Passage, to: ChartState): number;
}

export function lanesOf(map: ChartMap, routes: readonly Route[]): Lanes {
  const spans = new Map<string, Map<string, [number, number]>>();
  for (const { from, to, passages } of routes)
    passages.forEach((passage) => {
      const key = passageKey(passage);
      const ofPassage = spans.get(key) ?? new Map<string, [number, number]>();
      spans.set(key, ofPassage);
      const region = passage.kind === 'region' ? map.places(passage.of) : undefined;
      const within = (id: string): number => {
        const place = map.places(id)[0];
        // What leaves a region goes down to its end.
        return region && (place < region[0] || place > region[1]) ? region[1] + 0.5 : place;
      };
      const ends = [within(from.id), within(to.id)];
      const known = ofPassage.get(to.id) ?? [Infinity, -Infinity];
      ofPassage.set(to.id, [Math.min(known[0], ...ends), Math.max(known[1], ...ends)]);
    });
  const lanes = new Map<string, Map<string, number>>();
  for (const [key, ofPassage] of spans) {
    const taken: [number, number][][] = [];
    const chosen = new Map<string, number>();
    const shortest = [...ofPassage].sort(([, a], [, b]) => a[1] - a[0] - (b[1] - b[0]) || a[0] - b[0]);
    for (const [to, span] of shortest) {
      const isFree = (others: [number, number][]): boolean =>
        others.every(([low, high]) => high < span[0] || low > span[1]);
      // Longer ones stay outside of all that they enclose, so that lanes do not cross more than they must.
      const inner = taken.findLastIndex((others) => !isFree(others));
      const lane = inner + 1;
      (taken[lane] ??= []).push(span);
      chosen.set(to, lane);
    }
    lanes.set(key, chosen);
  }
  return {
    count: (passage) => {
      const used = [...(lanes.get(passageKey(passage))?.values() ?? [])];
      return used.length === 0 ? 0 : Math.max(...used) + 1;
    },
    lane: (passage, to) => lanes.get(passageKey(passage))?.get(to.id) ?? 0,
  };
}
