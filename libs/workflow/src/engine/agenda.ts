import { type Instant } from '../lifecycle/macrostep-instant';

interface Noted {
  readonly at: Instant;
  readonly id: string;
}

/** Instances by the instant at which something of theirs is due: a binary heap, earliest first. */
export class Agenda {
  private readonly heap: Noted[] = [];

  add(at: Instant, id: string): void {
    this.heap.push({ at, id });
    for (let place = this.heap.length - 1; place > 0;) {
      const parent = (place - 1) >> 1;
      if (this.at(parent) <= this.at(place)) return;
      this.swap(parent, place);
      place = parent;
    }
  }

  /** Everything noted for the earliest instant, each instance once; `null` when nothing is left. */
  take(): { readonly at: Instant; readonly ids: readonly string[] } | null {
    const [first] = this.heap;
    if (!first) return null;
    const ids = new Set<string>();
    while (this.heap[0]?.at === first.at) ids.add(this.pop().id);
    return { at: first.at, ids: [...ids] };
  }

  private pop(): Noted {
    const first = this.heap[0] as Noted;
    const last = this.heap.pop() as Noted;
    if (this.heap.length === 0) return first;
    this.heap[0] = last;
    for (let place = 0; ;) {
      let least = place;
      for (const child of [2 * place + 1, 2 * place + 2]) if (this.at(child) < this.at(least)) least = child;
      if (least === place) return first;
      this.swap(least, place);
      place = least;
    }
  }

  private at(place: number): Instant {
    return this.heap[place]?.at ?? Number.POSITIVE_INFINITY;
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b] as Noted, this.heap[a] as Noted];
  }
}
