import fc from 'fast-check';

/** Texts that have broken programs: SQL, headers, mail, paths, formulas, templates, scripts, numbers, dates, odd Unicode. */
export const hostileWords = [
  `'; drop table dondoc.person; --`,
  `' or '1'='1`,
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\u202e\u200b\ufeff',
  'ạ̈̈̈̈'.repeat(50),
  'x'.repeat(20_000),
  '\r\nSet-Cookie: dondoc_session=x',
  '../../../../etc/passwd',
  '..%2f..%2f',
  `=cmd|' /C calc'!A0`,
  '@SUM(1+1)*cmd',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '%00%ff%s%n',
  '9999-99-99',
  '2026-02-30',
  '+275760-09-14T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  '\u2028\u2029\ufffe\uffff',
  '\u061c\u2066abc\u2069\u200f',
  '👩\u200d👩\u200d👧'.repeat(30),
  'a\r\nBcc: ai-do@example.com\r\n\r\nxin chào',
  'a@example.com, b@example.com',
  `"><img src=x onerror=alert(1)>`,
  `'||(select pg_sleep(30))||'`,
  '#{7*7} {% include "/etc/passwd" %} ${jndi:ldap://127.0.0.1/a}',
  '|/bin/sleep 30',
  '+84 900-1+1',
  '-1+1|calc',
  '\t=1+1',
  '1e999',
  'null',
  '0x7fffffff',
  'infinity',
  '',
  ' ',
] as const;

/** Values that fit nowhere, or only nearly. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...hostileWords) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.constantFrom<unknown>(null, true, -1, 0, 2 ** 53, -(2 ** 31) - 1, 1e308, 0.1, [], {}, [[[[]]]]),
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .integer({ min: 70, max: 400 })
    .map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
  fc.constant(JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": 1}}') as unknown),
  fc.integer({ min: 100, max: 1_500 }).map((length) => Array.from({ length }, () => 'x')),
);

const fileNames = [
  '../../../etc/cron.d/x',
  'a\u0000b.pdf',
  'thong-bao.pdf',
  'thong-bao.docx',
  'x'.repeat(3_000),
  '"; filename="b.txt',
  'a\r\nContent-Type: text/html',
  '.htaccess',
  'CON',
  '\u202egpj.exe',
  '👩\u200d👩\u200d👧'.repeat(60),
  ' ',
] as const;

const contents: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom(...hostileWords).map((word) => Buffer.from(word)),
  fc.constantFrom(
    Buffer.alloc(0),
    Buffer.from('%PDF-1.7\n1 0 obj<</Length 99999999999>>stream\n'),
    Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(80, 0xff)]),
    // The end of an archive that tells of four thousand million entries.
    Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18, 0xff)]),
    Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]),
    Buffer.from('UBND XÃ\nThông báo\n'.repeat(4_000)),
    Buffer.alloc(120_000, 0x41),
  ),
);

/** A form that is meant to harm. */
export interface HostileForm {
  readonly part: string;
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
  readonly fields: readonly (readonly [string, string])[];
}

export const hostileForm: fc.Arbitrary<HostileForm> = fc.record({
  part: fc.oneof({ weight: 5, arbitrary: fc.constant('file') }, fc.constantFrom('', 'x', '__proto__')),
  name: fc.oneof(fc.constantFrom(...fileNames), fc.string({ unit: 'binary', maxLength: 30 })),
  type: fc.constantFrom('application/pdf', 'text/plain', 'text/html', '', 'a/b; c="d', 'image/svg+xml'),
  content: contents,
  fields: fc.array(
    fc.tuple(
      fc.constantFrom('acceptSameNumber', 'x[y]', '__proto__', 'file', ''),
      fc.constantFrom(...hostileWords),
    ),
    { maxLength: 12 },
  ),
});

export function formOf({ part, name, type, content, fields }: HostileForm): FormData {
  const form = new FormData();
  for (const [field, value] of fields) form.append(field, value);
  form.append(part, new Blob([Uint8Array.from(content)], { type }), name);
  return form;
}

/** Bodies that are no JSON, or are and should not be. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '{',
    '\ufeff{}',
    '{"a":1,"a":2}',
    '[1e400]',
    '"\\ud800"',
    '{"a":' + '['.repeat(60_000),
    '['.repeat(3_000) + ']'.repeat(3_000),
    'null',
    '123',
    `"${'x'.repeat(190_000)}"`,
    '{"__proto__":{"__proto__":null}}',
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** As they stand in an address, percent signs and all. */
export const rawSegments = [
  '%00',
  '%ff',
  '%c0%af',
  '%ed%a0%80',
  '%',
  '%zz',
  '%252e%252e',
  '..%5c',
  ';',
  '*',
  '%0d%0aX: y',
] as const;
