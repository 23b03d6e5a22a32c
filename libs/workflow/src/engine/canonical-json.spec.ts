import * as fc from 'fast-check';
import { canonicalJson, NotStorableError } from './canonical-json';

describe('canonical JSON', () => {
  it('orders keys by UTF-16 units and writes numbers as ECMAScript does (RFC 8785)', () => {
    expect(canonicalJson({ b: 1e21, a: [-0, 0.000001, 1e-7], '€': '\u20ac\n"', '\ud83d\ude00': true })).toBe(
      '{"a":[0,0.000001,1e-7],"b":1e+21,"€":"€\\n\\"","😀":true}',
    );
    expect(canonicalJson({ kept: null, left: undefined })).toBe('{"kept":null}');
  });

  it('says the same of equal values, and reads back as them', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: true }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 8_785, numRuns: 300 },
    );
  });

  it.each([
    ['a number that is none', { a: [Number.NaN] }, 'a[0]'],
    ['half a surrogate pair', { a: { b: '\ud800' } }, 'a.b'],
    ['a NUL character', { a: 'x\u0000' }, 'a'],
    ['an object that is not plain', { at: new Date(0) }, 'at'],
    ['a function', { f: () => 1 }, 'f'],
  ])('refuses %s and names its path', (_what, value, path) => {
    expect(() => canonicalJson(value)).toThrow(NotStorableError);
    try {
      canonicalJson(value);
    } catch (error) {
      expect((error as NotStorableError).path).toBe(path);
    }
  });
});
