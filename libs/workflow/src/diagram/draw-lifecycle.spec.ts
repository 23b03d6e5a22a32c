import { setup } from 'xstate';
import { delivery, purchaseOrder } from '../testing/purchase-order.lifecycle';
import { TestRuntime } from '../testing/test-runtime';
import { defineLifecycle, effect, type Lifecycle } from '../index';
import { drawLifecycle } from './draw-lifecycle';
import { escaped } from './svg';

const DAY = 86_400_000;

interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Elements of an SVG in their order. Fails on whatever is no well-formed XML. */
function parse(svg: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  const plain = /^(?:[^<>&]|&(?:amp|lt|gt|quot|#39);)*$/;
  let rest = svg.replace(/<style>[\s\S]*?<\/style>/, '').trim();
  while (rest !== '') {
    const [whole, tag, attributes = '', empty] =
      /^<([a-z]+)((?: [a-zA-Z-:]+="[^"<]*")*)(\/?)>/.exec(rest) ?? [];
    const closing = /^<\/([a-z]+)>\s*/.exec(rest);
    if (closing) {
      if (open.pop() !== closing[1]) throw new Error(`closed too early: ${rest.slice(0, 80)}`);
      rest = rest.slice(closing[0].length);
      continue;
    }
    if (whole === undefined || tag === undefined) throw new Error(`not XML: ${rest.slice(0, 80)}`);
    rest = rest.slice(whole.length);
    const text = /^[^<]*/.exec(rest)?.[0] ?? '';
    if (!plain.test(text) || !plain.test(attributes)) throw new Error(`not escaped: ${whole}${text}`);
    rest = rest.slice(text.length);
    const pairs = [...attributes.matchAll(/ ([a-zA-Z-:]+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]);
    elements.push({ tag, attributes: Object.fromEntries(pairs) as Record<string, string>, text });
    if (empty === '') open.push(tag);
  }
  expect(open).toEqual([]);
  return elements;
}

const textsOf = (svg: string): string[] =>
  parse(svg)
    .filter(({ tag }) => tag === 'text')
    .map(({ text }) => text);

/** The style of the box that stands for a state. */
function styleOf(svg: string, id: string): string | undefined {
  const elements = parse(svg);
  const index = elements.findIndex(({ tag, text }) => tag === 'title' && text === id);
  return elements[index + 1]?.attributes['class'];
}

async function orderUnderWay() {
  const test = new TestRuntime({ lifecycles: [purchaseOrder, delivery] });
  const nudges = [test.now + DAY, test.now + 5 * DAY];
  const id = await test.start(purchaseOrder, { buyer: 'an', answerBy: test.now + 9 * DAY, nudges });
  await test.advance(DAY);
  return { test, id };
}

const small = (label: string, more: Parameters<typeof machineOf>[1] = {}): Lifecycle =>
  defineLifecycle({ id: 'small', version: 1, machine: machineOf(label, more) });

const machineOf = (label: string, more: { readonly event?: string; readonly key?: string }) =>
  setup({ actions: { tell: effect(() => ({})) } }).createMachine({
    id: 'small',
    initial: 'a',
    states: {
      a: {
        meta: { label: { vi: label, en: label } },
        entry: 'tell',
        on: { [more.event ?? 'go']: more.key ?? 'b' },
        after: { 5_400_000: more.key ?? 'b', 172_800_000: more.key ?? 'b' },
      },
      [more.key ?? 'b']: { type: 'final' },
    },
  });

describe('the drawing of a lifecycle', () => {
  it('names states, events, guards, delays and actions', () => {
    const texts = textsOf(drawLifecycle(purchaseOrder, { language: 'en' }));
    for (const text of [
      'order',
      'decision',
      'approve [approverIsNotBuyer]',
      '/ keepApprover',
      'after answer',
      'entry / tellBuyer',
      'at once [hasNudge]',
      'at once [otherwise]',
    ])
      expect(texts).toContain(text);
    expect(textsOf(drawLifecycle(purchaseOrder, { language: 'vi' }))).toContain('sau answer');
  });

  it('writes the label of a state in the language asked for, and whole units of a delay', () => {
    const texts = textsOf(drawLifecycle(small('Đang mượn'), { language: 'vi' }));
    expect(texts).toEqual(expect.arrayContaining(['Đang mượn', 'b', 'sau 90 min', 'sau 2 d']));
    expect(texts).not.toContain('a');
  });

  it('draws one arrow for each transition that leads somewhere', () => {
    const arrows = parse(drawLifecycle(purchaseOrder, { language: 'en' })).filter(
      ({ attributes }) => attributes['class'] === 'a',
    );
    expect(arrows).toHaveLength(9);
  });

  it('lights where an instance is, marks its path and says when its timers are due', async () => {
    const { test, id } = await orderUnderWay();
    const before = drawLifecycle(purchaseOrder, { language: 'en' });
    const instance = { value: test.state(id), path: test.history(id), timers: test.timers(id) };
    const svg = drawLifecycle(purchaseOrder, { language: 'en', instance });
    expect(styleOf(before, 'order.open.decision.waiting')).toBe('b');
    expect(styleOf(svg, 'order.open.decision.waiting')).toBe('b h');
    expect(styleOf(svg, 'order.open.nudging.waiting')).toBe('b h');
    expect(styleOf(svg, 'order.open.nudging.deciding')).toBe('b p');
    expect(styleOf(svg, 'order.rejected')).toBe('b');
    const texts = textsOf(svg);
    expect(texts).toContain('1, 2 · at once [hasNudge]');
    expect(texts).toContain('2 · after nudge');
    expect(texts).toContain('at once [otherwise]');
    expect(texts.filter((text) => text.startsWith('due'))).toEqual([
      'due 2026-01-14 09:00 UTC',
      'due 2026-01-10 09:00 UTC',
    ]);
    const taken = parse(svg).filter(({ attributes }) => attributes['class'] === 'at');
    expect(taken).toHaveLength(2);
  });

  it('says what is parked, in the words and the time that are asked for', async () => {
    const { test, id } = await orderUnderWay();
    const timers = test.timers(id).map((timer) => ({ ...timer, parked: true }));
    const svg = drawLifecycle(purchaseOrder, {
      language: 'vi',
      instance: { value: test.state(id), path: [], timers },
      instant: (at) => `+${(at - test.now) / DAY}`,
    });
    expect(textsOf(svg).filter((text) => text.startsWith('đang giữ lại'))).toEqual([
      'đang giữ lại +8',
      'đang giữ lại +4',
    ]);
  });

  it('marks the way to the end', async () => {
    const { test, id } = await orderUnderWay();
    await test.send(purchaseOrder, id, { type: 'reject', by: 'binh', reason: 'no need' });
    const instance = { value: test.state(id), path: test.history(id), timers: test.timers(id) };
    const svg = drawLifecycle(purchaseOrder, { language: 'en', instance });
    expect(styleOf(svg, 'order.rejected')).toBe('b h');
    expect(styleOf(svg, 'order.open.decision.waiting')).toBe('b p');
    expect(textsOf(svg)).toContain('3 · reject');
    expect(textsOf(svg)).not.toContain('3 · approve [approverIsNotBuyer]');
  });

  it('is the same text for the same input', async () => {
    const [one, other] = [await orderUnderWay(), await orderUnderWay()];
    const draw = ({ test, id }: typeof one): string =>
      drawLifecycle(purchaseOrder, {
        language: 'vi',
        instance: { value: test.state(id), path: test.history(id), timers: test.timers(id) },
      });
    expect(draw(one)).toBe(draw(other));
  });

  it.each([
    '<script>alert(1)</script>',
    '"><image href=x onerror=alert(1)>',
    "' onload='alert(1)",
    '&amp;lt; ]]> <!-- --> <?x?>',
    'a\u0001b\u0008c\ufffe',
    'new\nline\ttab',
  ])('shows hostile words as words: %j', (words) => {
    const svg = drawLifecycle(small(words, { event: words, key: words.replace(/\./g, '') }), {
      language: 'en',
    });
    const elements = parse(svg);
    expect(elements.map(({ tag }) => tag)).not.toEqual(expect.arrayContaining(['script']));
    expect(new Set(elements.map(({ tag }) => tag))).toEqual(
      new Set(['svg', 'title', 'rect', 'g', 'text', 'circle', 'path']),
    );
    expect(/[^\n\u{20}-\u{fffd}]/u.test(svg)).toBe(false);
  });

  it('leaves out what no XML may hold', () => {
    expect(escaped('a\u0000b\ud800c\uffffd😀')).toBe('a\ufffdb\ufffdc\ufffdd😀');
  });

  it('keeps arrows out of the boxes of states that they do not belong to', () => {
    const elements = parse(drawLifecycle(purchaseOrder, { language: 'en' }));
    const leaves = elements.filter(({ attributes }) => attributes['class'] === 'b');
    expect(leaves.length).toBeGreaterThan(5);
    for (const { attributes } of elements.filter((element) => element.attributes['class'] === 'a')) {
      let [x, y] = [0, 0];
      for (const [, command, first, second] of (attributes['d'] ?? '').matchAll(
        /([MHV])([\d.]+) ?([\d.]+)?/g,
      )) {
        const [fromX, fromY] = [x, y];
        if (command !== 'V') x = Number(first);
        if (command === 'V') y = Number(first);
        if (command === 'M') y = Number(second);
        if (command === 'M') continue;
        const crossed = leaves.filter(({ attributes: box }) => {
          const left = Number(box['x']) + 1;
          const top = Number(box['y']) + 1;
          const right = left + Number(box['width']) - 2;
          const bottom = top + Number(box['height']) - 2;
          return (
            Math.max(fromX, x) > left &&
            Math.min(fromX, x) < right &&
            Math.max(fromY, y) > top &&
            Math.min(fromY, y) < bottom
          );
        });
        expect(crossed).toEqual([]);
      }
    }
  });
});
