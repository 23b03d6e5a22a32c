import { isRefusal } from '@dondoc/workflow';
import { parse, stringify } from 'yaml';
import { defaultWorkingRules } from '../sample/sample-files';
import { readRules } from './parse-working-rules';
import { type AuthoredRules, type WorkingRules } from './rules-form';
import { type FindRules } from './rules-inheritance';
import { type RulesRefusal } from './rules-problem';

const stated = {
  article: 'Điều 4',
  legalBasis: { text: 'Quy chế của tỉnh (tự đặt để thử)', document: null, article: null, verified: false },
};
const province: WorkingRules = {
  ...defaultWorkingRules(),
  id: 'tinh',
  version: 3,
  limits: [
    { path: 'returnWindow', most: { amount: 3, unit: 'wd' }, ...stated },
    { path: 'extension.atMost', most: 2, ...stated },
    { path: 'beforeMeans', locked: true, ...stated },
    { path: 'ladders.ordinary.rungs.T+5.offset', most: { amount: 5, unit: 'wd' }, ...stated },
  ],
};
const find: FindRules = ({ id, version }) => (id === 'tinh' && version === 3 ? province : null);

const head = `id: xa\nversion: 1\nvalidFrom: '2026-12-01'\ntitle: { vi: Quy chế xã, en: Commune rules }\n`;
const child = `${head}inherits: { id: tinh, version: 3 }\n`;
const basis = `  article: Điều 9\n  legalBasis: { text: Thử, document: null, article: null, verified: false }\n`;
const valued = (name: string, value: string) => `${name}:\n  value: ${value}\n${basis}`;

function rulesOf(text: string, above = find): WorkingRules {
  const read = readRules(text, above);
  if (isRefusal(read)) throw new Error(read.en);
  return read.rules;
}

function refused(text: string, above = find): RulesRefusal {
  const read = readRules(text, above);
  if (!isRefusal(read)) throw new Error('the rules were accepted');
  return read;
}

describe('rules that inherit', () => {
  it('are those of the organization above with what they say themselves', () => {
    const rules = rulesOf(child + valued('returnWindow', '{ amount: 1, unit: wd }'));
    const { id, version, title, returnWindow, ...rest } = rules;
    expect([id, version, title.vi]).toEqual(['xa', 1, 'Quy chế xã']);
    expect(returnWindow).toMatchObject({ value: { amount: 1, unit: 'wd' }, article: 'Điều 9' });
    expect(rest).toMatchObject({ ladders: province.ladders, extension: province.extension });
    expect(rules.limits).toEqual(province.limits);
  });

  it('replace entries of lists by their id and add others at the end', () => {
    const ladder = province.ladders.find(({ id }) => id === 'pressing');
    const own = {
      ladders: [{ ...ladder, title: { vi: 'Khẩn của xã', en: 'Urgent, of the commune' } }],
      periodicReports: [{ ...province.periodicReports[0], id: 'weekly-of-ours' }],
    };
    const rules = rulesOf(child + stringify(own));
    expect(rules.ladders.map(({ id, title }) => [id, title.vi])).toEqual([
      ['ordinary', 'Nhiệm vụ thường'],
      ['pressing', 'Khẩn của xã'],
      ['immediate', 'Nhiệm vụ hỏa tốc'],
    ]);
    expect(rules.periodicReports.map(({ id }) => id)).toEqual(['monthly', 'half-yearly', 'weekly-of-ours']);
  });

  it('may inherit from rules that inherit, and keep all limits on the way', () => {
    const district: AuthoredRules = {
      ...(parse(child) as AuthoredRules),
      id: 'huyen',
      limits: [{ path: 'nearDue', least: { amount: 2, unit: 'wd' }, ...stated }],
    };
    const both: FindRules = (reference) => (reference.id === 'huyen' ? district : find(reference));
    const below = `${head}inherits: { id: huyen, version: 1 }\n`;
    expect(rulesOf(below, both).limits).toHaveLength(5);
    const { errors } = refused(
      below + valued('nearDue', '{ amount: 1, unit: wd }') + valued('beforeMeans', 'that-day'),
      both,
    );
    expect(errors.map(({ code, field }) => [code, field])).toEqual([
      ['beyond-limit', 'beforeMeans.value'],
      ['beyond-limit', 'nearDue.value'],
    ]);
  });

  it.each([
    ['a longer time than allowed', valued('returnWindow', '{ amount: 4, unit: wd }'), 'returnWindow.value'],
    [
      'another unit, which cannot be compared',
      valued('returnWindow', '{ amount: 1, unit: wh }'),
      'returnWindow.value',
    ],
    ['what is locked', valued('beforeMeans', 'that-day'), 'beforeMeans.value'],
  ])('are refused for %s, with path, line and reason', (_what, own, field) => {
    const { code, errors } = refused(child + own);
    expect(code).toBe('invalid-working-rules');
    expect(errors).toMatchObject([{ code: 'beyond-limit', field, line: 7, column: 3 }]);
    expect(errors[0]?.vi).toContain('Điều 4');
    expect(errors[0]?.en).toContain('organization above');
  });

  it('are refused for no limit where there has to be one, and for a rung that may not vanish', () => {
    const { requestBefore, ...extension } = province.extension.value;
    const unlimited = {
      extension: { ...province.extension, value: { ...extension, requestBefore, atMost: null } },
    };
    expect(refused(child + stringify(unlimited)).errors).toMatchObject([
      { code: 'beyond-limit', field: 'extension.value.atMost', line: 8 },
    ]);
    const [ordinary] = province.ladders;
    const rungs = ordinary?.rungs.filter(({ id }) => id !== 'T+5');
    const { errors } = refused(child + stringify({ ladders: [{ ...ordinary, rungs }] }));
    expect(errors).toMatchObject([{ code: 'beyond-limit', field: 'ladders.ordinary.rungs.T+5.offset' }]);
  });

  it('may repeat what is locked, and go as far as the limit', () => {
    const own = valued('returnWindow', '{ amount: 3, unit: wd }') + valued('beforeMeans', 'previous-day');
    expect(rulesOf(child + own).returnWindow.value.amount).toBe(3);
  });

  it.each([
    [
      'an organization that has no such rules',
      `${head}inherits: { id: tinh, version: 4 }\n`,
      'unknown-parent',
    ],
    ['themselves', `${head}inherits: { id: xa, version: 1 }\n`, 'inheritance-cycle'],
    ['rules that inherit from them', `${head}inherits: { id: vong, version: 1 }\n`, 'inheritance-cycle'],
  ])('cannot inherit from %s', (_what, text, code) => {
    const round = { ...(parse(head) as object), id: 'vong', inherits: { id: 'xa', version: 1 }, limits: [] };
    const above: FindRules = (reference) =>
      reference.id === 'vong' ? (round as unknown as AuthoredRules) : find(reference);
    expect(refused(text, above).errors).toMatchObject([{ code, field: 'inherits', line: 5, column: 1 }]);
  });

  it('may not say the same thing twice, not even where it is inherited as well', () => {
    const [monthly] = province.periodicReports;
    const { errors } = refused(
      child + stringify({ periodicReports: [monthly, { ...monthly, every: 'year' }] }),
    );
    expect(errors).toMatchObject([{ code: 'contradiction', field: 'periodicReports.1.id' }]);
  });

  it('are found to contradict themselves in what they come to, at what they say', () => {
    const [ordinary] = province.ladders;
    const own = { ladders: [{ ...ordinary, id: 'another', urgency: ['immediate'] }] };
    const { errors } = refused(child + stringify(own));
    expect(errors.map(({ code, field, line }) => [code, field, line])).toEqual([
      ['contradiction', 'ladders', 6],
      ['contradiction', 'ladders', 6],
      ['contradiction', 'ladders', 6],
    ]);
  });
});

describe('limits', () => {
  const standing = (limit: string) =>
    stringify({ ...defaultWorkingRules(), limits: [] }).replace(/^limits: \[\]$/m, `limits:\n  - ${limit}`);
  const because = `article: Điều 4, legalBasis: { text: Thử, document: null, article: null, verified: false }`;

  it('have to speak of something that there is', () => {
    const { errors } = refused(standing(`{ path: retourWindow, most: 3, ${because} }`));
    expect(errors).toMatchObject([{ code: 'unknown-limit', field: 'limits.0.path' }]);
  });

  it('hold for those who set them as well', () => {
    const { errors } = refused(standing(`{ path: extension.atMost, most: 0, ${because} }`));
    expect(errors).toMatchObject([{ code: 'beyond-limit', field: 'extension.value.atMost' }]);
  });
});
