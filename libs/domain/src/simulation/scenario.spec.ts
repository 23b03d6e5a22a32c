import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '@dondoc/workflow';
import { parseOffice } from '../sample/office-document';
import { sampleScenario } from '../sample/sample-files';
import { actSchema, instantOfLocal, parseScenario } from './scenario';

const head = 'title: { vi: a, en: b }\nfrom: 2026-11-02\nto: 2026-11-03\nacts:\n';
const accept = (at: string) => `  - { at: '${at}', by: an, act: accept, directive: 'A#1' }\n`;

/** Line and field of the first thing that is wrong. */
const fieldOf = (text: string): string | undefined => {
  const parsed = parseScenario(text);
  return isRefusal(parsed) ? parsed.field : undefined;
};

describe('a scenario', () => {
  it('covers every act that people have', () => {
    const acts = new Set(sampleScenario().acts.map(({ act }) => act));
    expect([...acts].sort()).toEqual(
      ['accept', 'acknowledge', 'cancel', 'confirm', 'correct', 'decide', 'manual', 'reassign', 'report']
        .concat(['return', 'send-back', 'set-deadline', 'upload', 'verify'])
        .sort(),
    );
  });

  it('has each of its acts and their fields in docs/scenarios.md, and there is none beside them', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/scenarios.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (.*?) +\|/gm)];
    const common = ['at', 'by', 'act', 'refused'];
    const documented = new Map(rows.map(([, act = '', fields = '']) => [act, fields]));
    const known = actSchema.options.map(({ shape }) => shape.act.value as string);
    expect([...documented.keys()].sort()).toEqual([...known].sort());
    for (const { shape } of actSchema.options)
      for (const field of Object.keys(shape).filter((name) => !common.includes(name)))
        expect([shape.act.value, documented.get(shape.act.value)]).toEqual([
          shape.act.value,
          expect.stringContaining(`\`${field}\``),
        ]);
  });

  it('is told with the line and the field of everything that is wrong', () => {
    const wrong = `${head + accept('2026-11-02 08:00')}  - at: '2026-11-02 9:00'
    by: an
    act: consult
    directive: 'A#1'
    agencies: []
    question: Sao?
`;
    expect(parseScenario(wrong)).toMatchObject({
      code: 'invalid-scenario',
      field: 'acts.1.at',
      en: expect.stringContaining('on line 6, acts.1.at: ') as string,
      errors: [
        { line: 6, field: 'acts.1.at' },
        { line: 10, field: 'acts.1.agencies' },
      ],
    });
  });

  it('is read in local time', () => {
    expect(fieldOf(head + accept('2026-11-02 08:00'))).toBeUndefined();
    expect(new Date(instantOfLocal('2026-11-02 08:00', 'Asia/Ho_Chi_Minh')).toISOString()).toBe(
      '2026-11-02T01:00:00.000Z',
    );
  });

  it.each([
    [
      'an act before the one above it',
      head + accept('2026-11-02 09:00') + accept('2026-11-02 08:00'),
      'acts.1.at',
    ],
    ['a time that is none', head + accept('2026-11-02 25:00'), 'acts.0.at'],
    ['an act nobody knows', head + accept('2026-11-02 08:00').replace('accept', 'forget'), 'acts.0.act'],
    ['a field too many', head + accept('2026-11-02 08:00').replace('by:', 'why: x, by:'), 'acts.0.why'],
    ['broken YAML', '{', 'yaml'],
    ['an alias without anchor', '*x', 'yaml'],
  ])('is refused for %s', (_what, text, field) => {
    expect(fieldOf(text)).toBe(field);
  });
});

describe('an office document', () => {
  const base = "name: x\nstartsAt: '2026-11-02 08:00'\n";
  it.each([
    [
      'a leader who is nobody',
      `${base}agencies: []\npeople: []\ninCharge: [{ leader: an, field: y }]`,
      'people',
    ],
    [
      'a successor that is not there',
      `${base}agencies: [{ id: a, name: A, successor: b }]\npeople: []\ninCharge: []`,
      'agencies',
    ],
    [
      'a role that is none',
      `${base}agencies: []\npeople: [{ login: an, name: An, holds: [{ role: king }] }]\ninCharge: []`,
      'people.0.holds.0.role',
    ],
    ['broken YAML', '{', 'yaml'],
  ])('is refused for %s', (_what, text, field) => {
    expect(parseOffice(text)).toMatchObject({ code: 'invalid-office', field });
  });
});
