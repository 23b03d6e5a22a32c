import * as fc from 'fast-check';
import { integerLiteral, textLiteral, uuidLiteral } from './literals';

describe('literals', () => {
  it('quotes any text under a tag that the text does not hold', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('$w$', '$w0$', '$w1$', "'", '\\', '$', 'w', 'ý')), (parts) => {
        const text = parts.join('');
        const literal = textLiteral(text);
        const tag = /^\$w\d*\$/.exec(literal)?.[0] ?? '';
        expect(literal).toBe(`${tag}${text}${tag}`);
        expect(text.includes(tag)).toBe(false);
        // The text must not end in the beginning of its own tag either.
        expect(literal.indexOf(tag, tag.length)).toBe(literal.length - tag.length);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('refuses what is no id, no number and no text', () => {
    expect(() => uuidLiteral("x' or true --")).toThrow(TypeError);
    expect(() => integerLiteral(Number.NaN)).toThrow(TypeError);
    expect(() => textLiteral('a\u0000b')).toThrow(TypeError);
  });
});
