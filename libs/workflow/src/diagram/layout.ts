import { type ChartLine, type ChartState } from './chart';
import { type Lanes, type Passage } from './routes';
import { shortened, TEXT, widthOf } from './text-measure';

/** A line of text in a box; `y` is the height at which its arrow leaves. */
export interface PlacedLine {
  readonly line: ChartLine;
  readonly text: string;
  readonly actions: string;
  readonly due: readonly string[];
  readonly steps: readonly number[];
  /** Of the text alone, without what stands below it. */
  readonly textWidth: number;
  readonly width: number;
  readonly height: number;
  x: number;
  y: number;
}

export interface Placed {
  readonly state: ChartState;
  readonly title: string;
  readonly badge: string;
  readonly lines: readonly PlacedLine[];
  readonly children: readonly Placed[];
  /** Width of the column that its children stand in, beside its lanes. */
  columnWidth: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is said beside a state or a transition because of an instance. */
export interface Remarks {
  due(line: ChartLine): readonly string[];
  steps(line: ChartLine): readonly number[];
  badge(state: ChartState): string;
}

const PAD = 12;
const TITLE = 26;
const GAP = 24;
const LANE = 13;
/** How much wider bold text is. */
export const BOLD = 1.08;
const MOST_CHARACTERS = 46;
/** Between the outermost lane and the next line beside it. */
const LANES_END = 8;

const lanesWidth = (count: number): number => (count === 0 ? 0 : count * LANE + LANES_END);

/** Gives every state, line and lane its place. */
export class Layout {
  readonly placed = new Map<string, Placed>();

  constructor(
    readonly root: ChartState,
    private readonly lanes: Lanes,
    private readonly remarks: Remarks,
  ) {
    const top = this.measure(root);
    this.place(top, 0, 0);
  }

  /** The x of a vertical lane, or the y of a horizontal one. */
  at(passage: Passage, to: ChartState): number {
    const lane = this.lanes.lane(passage, to);
    const box = this.placed.get(passage.of);
    if (!box) return 0;
    const bottom = box.y + box.height;
    switch (passage.kind) {
      case 'right':
        return this.column(box)[1] + (lane + 1) * LANE;
      case 'left':
        return this.column(box)[0] - (lane + 1) * LANE;
      case 'region':
        return box.x + box.width + (lane + 1) * LANE;
      case 'below':
        return bottom - PAD - lanesWidth(this.lanes.count(passage)) + (lane + 1) * LANE;
    }
  }

  /** From where to where the column of its children reaches. */
  private column(box: Placed): readonly [number, number] {
    const left = box.x + PAD + this.leftLanes(box);
    return [left, left + box.columnWidth];
  }

  private measureLine(line: ChartLine): PlacedLine {
    const steps = this.remarks.steps(line);
    const prefix = steps.length > 0 ? `${steps.join(', ')} · ` : '';
    const text = shortened(`${prefix}${line.text}`, MOST_CHARACTERS);
    const isNote = line.kind === 'note';
    const actions = line.actions === '' ? '' : shortened(`/ ${line.actions}`, MOST_CHARACTERS);
    const due = this.remarks.due(line);
    const below = isNote ? [] : [actions, ...due].filter((part) => part !== '');
    const noted = isNote ? `${text} ${actions}` : text;
    const bold = steps.length > 0 ? BOLD : 1;
    const textWidth = widthOf(noted, isNote ? TEXT.small : TEXT.size) * bold;
    const width = Math.max(textWidth, ...below.map((part) => widthOf(part, TEXT.small) * BOLD + 10));
    const height = (isNote ? TEXT.smallLine : TEXT.line) + below.length * TEXT.smallLine;
    return isNote
      ? { line, text: noted, actions: '', due, steps, textWidth, width, height, x: 0, y: 0 }
      : { line, text, actions, due, steps, textWidth, width, height, x: 0, y: 0 };
  }

  private measure(state: ChartState): Placed {
    const title = shortened(state.label, MOST_CHARACTERS);
    const badge = this.remarks.badge(state);
    const lines = state.lines.map((line) => this.measureLine(line));
    const children = state.children.map((child) => this.measure(child));
    const placed: Placed = {
      state,
      title,
      badge,
      lines,
      children,
      columnWidth: 0,
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    };
    this.placed.set(state.id, placed);
    const tags = state.tags.length > 0 ? widthOf(` #${state.tags.join(' #')}`, TEXT.small) : 0;
    const heading = widthOf(title) * BOLD + tags + (badge === '' ? 0 : widthOf(badge, TEXT.small) + 14);
    const text = Math.max(heading, ...lines.map(({ width }) => width)) + 2 * PAD;
    const [width, height] = this.measureWithin(placed);
    placed.width = Math.max(text, width, state.type === 'history' ? 40 : 90);
    placed.height = this.headHeight(placed) + height;
    return placed;
  }

  private headHeight({ lines }: Placed): number {
    const text = lines.reduce((sum, { height }) => sum + height, 0);
    return TITLE + text + (lines.length > 0 ? 5 : 0);
  }

  private measureWithin(placed: Placed): readonly [number, number] {
    const { children, state } = placed;
    if (children.length === 0) return [0, 0];
    if (state.type === 'parallel') {
      const height = Math.max(...children.map((child) => child.height));
      for (const child of children) child.height = height;
      const width = children.reduce((sum, child) => sum + child.width + this.regionLanes(child) + PAD, PAD);
      const below = lanesWidth(this.lanes.count({ kind: 'below', of: state.id }));
      return [width, height + below + 2 * PAD];
    }
    const leaves = children.filter((child) => child.children.length === 0);
    const widest = Math.max(0, ...leaves.map((child) => child.width));
    for (const leaf of leaves) leaf.width = widest;
    // Arrows from the lines of this state pass to the right of them.
    const texts = placed.lines.map((line) => line.width + PAD - this.leftLanes(placed));
    const width = Math.max(...children.map((child) => child.width), ...texts);
    placed.columnWidth = width;
    const beside = this.leftLanes(placed) + lanesWidth(this.lanes.count({ kind: 'right', of: state.id }));
    const height = children.reduce((sum, child) => sum + child.height + GAP, 0);
    return [width + beside + 2 * PAD, height + PAD];
  }

  private leftLanes({ state }: Placed): number {
    return lanesWidth(this.lanes.count({ kind: 'left', of: state.id }));
  }

  private regionLanes({ state }: Placed): number {
    return lanesWidth(this.lanes.count({ kind: 'region', of: state.id }));
  }

  private place(box: Placed, x: number, y: number): void {
    box.x = x;
    box.y = y;
    let down = y + TITLE;
    for (const line of box.lines) {
      line.x = x + PAD;
      line.y = down + (line.line.kind === 'note' ? TEXT.smallLine : TEXT.line) / 2;
      down += line.height;
    }
    down = y + this.headHeight(box);
    if (box.state.type === 'parallel') {
      let right = x + PAD;
      for (const child of box.children) {
        this.place(child, right, down + PAD);
        right += child.width + this.regionLanes(child) + PAD;
      }
      return;
    }
    const [left] = this.column(box);
    down += box.children.length > 0 ? GAP - 4 : 0;
    for (const child of box.children) {
      this.place(child, left, down);
      down += child.height + GAP;
    }
  }
}
