import { type StateValue } from 'xstate';
import { type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { chartOf, type ChartLine, type ChartState, type Language } from './chart';
import { Layout, type Placed, type Remarks } from './layout';
import { ChartMap, lanesOf, routesOf, type Route } from './routes';
import { arrow, box, escaped, legend, stylesheet } from './svg';
import { TEXT } from './text-measure';
import { travel, type Travelled, type TravelledStep } from './travelled';

/** What is drawn of one instance: where it is, how it came there, and what it waits for. */
export interface DrawnInstance {
  /** The present state value; `snapshot.value` of its record. */
  readonly value: StateValue;
  /** Its macrosteps from the start, in order: its history entries. */
  readonly path: readonly TravelledStep[];
  readonly timers: readonly {
    readonly id: string;
    readonly dueAt: Instant;
    readonly parked?: boolean | object;
  }[];
}

export interface DrawingOptions {
  readonly language: Language;
  readonly instance?: DrawnInstance;
  /** How an instant is written; in UTC unless said otherwise. */
  readonly instant?: (at: Instant) => string;
}

const MARGIN = 12;
const LEGEND = 24;

const words = {
  vi: { due: 'đến hạn', parked: 'đang giữ lại', now: 'đang ở đây', passed: 'đã qua', step: 'số: bước' },
  en: { due: 'due', parked: 'parked', now: 'here now', passed: 'been here', step: 'number: step' },
} as const;

function inUtc(at: Instant): string {
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  return `${day} ${time.replace(/(:00)?(\.000)?Z$/, '')} UTC`;
}

function remarksOf(root: ChartState, options: DrawingOptions, travelled: Travelled): Remarks {
  const { instance, language, instant = inUtc } = options;
  const say = words[language];
  const lineOf = new Map<string, ChartLine>();
  const visit = (state: ChartState): void => {
    for (const line of state.lines)
      if (line.kind === 'after' && !lineOf.has(line.event)) lineOf.set(line.event, line);
    state.children.forEach(visit);
  };
  visit(root);
  const due = new Map<ChartLine, string[]>();
  const others: string[] = [];
  for (const { id, dueAt, parked } of instance?.timers ?? []) {
    const text = `${parked ? say.parked : say.due} ${instant(dueAt)}`;
    const line = lineOf.get(id);
    if (line) due.set(line, [...(due.get(line) ?? []), text]);
    else others.push(`${id}: ${text}`);
  }
  return {
    due: (line) => due.get(line) ?? [],
    steps: (line) => travelled.taken.get(line) ?? [],
    badge: (state) => {
      if (state === root) return others.join('; ');
      return state.children.length > 0 ? '' : (travelled.entered.get(state.id) ?? []).join(', ');
    },
  };
}

/** The points of an arrow, from the line in its box to the box that it leads to. */
function pointsOf({ from, line, to, passages }: Route, layout: Layout): (readonly [number, number])[] {
  const source = layout.placed.get(from.id);
  const target = layout.placed.get(to.id);
  const row = source?.lines.find((one) => one.line === line);
  if (!source || !target || !row) return [];
  const isLeft = passages.length === 1 && passages[0]?.kind === 'left';
  const textEnd = row.x + row.textWidth + 6;
  const start = isLeft ? source.x : source.children.length > 0 ? textEnd : source.x + source.width;
  const points: (readonly [number, number])[] = [[start, row.y]];
  let [x, y] = [start, row.y];
  for (const passage of passages) {
    if (passage.kind === 'below') y = layout.at(passage, to);
    else x = layout.at(passage, to);
    points.push([x, y]);
  }
  const entry = target.y + TEXT.line / 2 + 4;
  points.push([x, entry], [isLeft ? target.x : target.x + target.width, entry]);
  return points;
}

/** A line of words for whoever does not see the picture. */
function spoken(lifecycle: Lifecycle, root: ChartState, travelled: Travelled): string {
  const labels: string[] = [];
  const visit = (state: ChartState): void => {
    if (state.children.length === 0 && travelled.active.has(state.id)) labels.push(state.label);
    state.children.forEach(visit);
  };
  visit(root);
  return `${lifecycle.id}@${lifecycle.version}${labels.length > 0 ? `: ${labels.join(', ')}` : ''}`;
}

/**
 * Draws a lifecycle as one self-contained SVG: states as boxes, each with its transitions as lines of text from which the
 * arrows leave. With an instance, its present states are lit, the states and transitions it came by are marked with the
 * numbers of its steps, and what it waits for stands beside the transition that it will take. Pure: the same input
 * gives the same text.
 */
export function drawLifecycle(lifecycle: Lifecycle, options: DrawingOptions): string {
  const { instance, language } = options;
  const root = chartOf(lifecycle.machine, language);
  const travelled = travel(root, instance?.path ?? [], instance?.value);
  const map = new ChartMap(root);
  const routes = routesOf(map);
  const layout = new Layout(root, lanesOf(map, routes), remarksOf(root, options, travelled));
  const frame = layout.placed.get(root.id) as Placed;
  const boxes: string[] = [];
  const visit = (placed: Placed): void => {
    const { id } = placed.state;
    const standing = travelled.active.has(id) ? 'here' : travelled.entered.has(id) ? 'been' : 'never';
    boxes.push(box(placed, standing));
    placed.children.forEach(visit);
  };
  visit(frame);
  const isTaken = (route: Route): boolean => travelled.taken.has(route.line);
  const arrows = [...routes.filter((route) => !isTaken(route)), ...routes.filter(isTaken)].map((route) =>
    arrow(pointsOf(route, layout), isTaken(route)),
  );
  const width = Math.ceil(frame.width + 2 * MARGIN);
  const height = Math.ceil(frame.height + 2 * MARGIN + (instance ? LEGEND : 0));
  const title = escaped(spoken(lifecycle, root, travelled));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${title}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" class="lifecycle">`,
    `<title>${title}</title>`,
    stylesheet,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})">`,
    ...boxes,
    ...arrows,
    ...(instance ? [legend(frame.height + LEGEND - 4, words[language])] : []),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
