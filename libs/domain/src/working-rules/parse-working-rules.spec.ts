import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '@dondoc/workflow';
import { defaultWorkingRules } from '../sample/sample-files';
import { checkWorkingRules, parseWorkingRules, type RulesRefusal } from './parse-working-rules';
import { ladderFor, rungOf, sendsOutsideHours, urgencies, type WorkingRules } from './working-rules';

const text = readFileSync(join(__dirname, 'default-working-rules.yaml'), 'utf8');

function refused(parsed: WorkingRules | RulesRefusal): RulesRefusal {
  if (!isRefusal(parsed)) throw new Error('the rules were accepted');
  return parsed;
}

const spoiled = (from: string, to: string): RulesRefusal => {
  if (!text.includes(from)) throw new Error(`the default rules do not say ${from}`);
  return refused(parseWorkingRules(text.replace(from, to)));
};

describe('working rules', () => {
  it('have a legal basis beside every value, and claim none that nobody checked', () => {
    const bases: { verified: boolean; text: string }[] = [];
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, member] of Object.entries(value)) {
        if (key === 'legalBasis') bases.push(member as (typeof bases)[number]);
        else walk(member);
      }
    };
    walk(defaultWorkingRules());
    expect(bases.length).toBeGreaterThan(15);
    expect(bases.filter(({ verified }) => verified)).toEqual([]);
    expect(bases.filter(({ text: words }) => !words.includes('chưa có căn cứ'))).toEqual([]);
  });

  it('have one ladder for each urgency, and let only the immediate ones leave at night', () => {
    const rules = defaultWorkingRules();
    expect(urgencies.map((urgency) => ladderFor(rules, { kind: 'task', urgency }).id)).toEqual([
      'ordinary',
      'pressing',
      'pressing',
      'immediate',
    ]);
    expect(urgencies.filter((urgency) => sendsOutsideHours(rules, urgency))).toEqual(['immediate']);
    expect(rungOf(rules, { kind: 'task', urgency: 'normal' }, 'T+5')?.article).toBe('Mục 5.2 (T+5)');
    expect(rungOf(rules, { kind: 'standing', urgency: 'normal' }, 'T+99')).toBeNull();
  });

  it('survive being stored as JSON', () => {
    const rules = defaultWorkingRules();
    expect(checkWorkingRules(JSON.parse(JSON.stringify(rules)))).toEqual(rules);
  });

  it.each([
    ['value: previous-day', 'value: never', 'beforeMeans.value'],
    ['{ amount: 3, unit: wd }', '{ amount: 3, unit: years }', 'nearDue.value.unit'],
    ['{ amount: 2, unit: wd }', '{ amount: -2, unit: wd }', 'returnWindow.value.amount'],
    ['{ amount: 10, unit: wd }', '{ amount: 10000, unit: wd }', 'ladders.0.rungs.5.offset.amount'],
    ['to: [assigned-person]', 'to: [mayor]', 'ladders.0.rungs.0.to.0'],
    ['to: [leader-in-charge]', 'to: [assigned-person]', 'ladders.0.rungs.4.to'],
    ['id: T-1', 'id: T-5', 'ladders.0.rungs.1.id'],
    ['urgency: [normal]', 'urgency: [normal, urgent]', 'ladders'],
    ["validFrom: '2025-07-01'", "validFrom: '2025-02-30'", 'validFrom'],
    [
      'acknowledgeWithin: null',
      'acknowledgeWithin: { amount: 1, unit: wd }',
      'escalationLevels.value.1.acknowledgeWithin',
    ],
    ['kinds: [task, standing, guidance]', 'kinds: [standing, guidance]', 'ladders'],
    ['amount: -5, unit: wd }', 'amount: 5, unit: wd }', 'ladders.0.rungs.0.offset.amount'],
    ['id: V+2', 'id: V+0', 'verification.value.rungs.1.id'],
    ['to: [tracking-officer]', 'to: []', 'verification.value.rungs.0.to'],
    ['channels: [inbox, mail]', 'channels: [pigeon]', 'verification.value.rungs.0.channels.0'],
    ["daily: '07:30'", "daily: '25:00'", 'digest.value.daily'],
    ['id: half-yearly', 'id: monthly', 'periodicReports.1.id'],
    [
      'due: { in: month, day: 20, monthsAfter: 0, at: null',
      'due: { in: week, weekday: 5, weeksAfter: 0, at: null',
      'periodicReports.1.due.in',
    ],
    ['- { audience: chair,', '- { audience: leader-in-charge,', 'escalationLevels.value.1.audience'],
    ['nearDue:', 'nearlyDue:', 'nearDue'],
    ['verified: false', 'verified: true', 'enforcedFrom.legalBasis.document'],
  ])('name the field where %s became %s', (from, to, field) => {
    const { errors, code } = spoiled(from, to);
    expect(code).toBe('invalid-working-rules');
    const problem = errors.find((one) => one.field === field);
    expect(problem?.vi).not.toBe('');
    expect(problem?.en).not.toBe('');
    expect(problem?.vi).not.toBe(problem?.en);
  });

  it('name line and column: of the field, of the field that nobody knows, of what is around a missing one', () => {
    const place = (part: string) => {
      const before = text.slice(0, text.indexOf(part)).split('\n');
      return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    };
    expect(spoiled('value: previous-day', 'value: never').errors).toMatchObject([
      { code: 'malformed', field: 'beforeMeans.value', ...place('value: previous-day') },
    ]);
    const [unknown, missing] = [...spoiled('nearDue:', 'nearlyDue:').errors].reverse();
    expect(unknown).toMatchObject({ field: 'nearlyDue', ...place('nearDue:') });
    expect(missing).toMatchObject({ field: 'nearDue', line: 1, column: 1 });
    const twice = spoiled('id: T-1', 'id: T-5');
    expect(twice.errors[0]).toMatchObject({ code: 'contradiction', ...place('id: T-1') });
    expect(twice.vi).toContain(`dòng ${place('id: T-1').line}`);
    expect(refused(parseWorkingRules('id: [1')).errors[0]).toMatchObject({ code: 'unreadable', line: 1 });
    expect(refused(parseWorkingRules('id: a\nid: b')).errors[0]).toMatchObject({
      code: 'unreadable',
      line: 2,
    });
  });

  it.each([
    '',
    '42',
    'null',
    '[]',
    '*x',
    '\u0000',
    'a: &a [*a]',
    'x'.repeat(600_000),
    '['.repeat(100_000),
    `${'['.repeat(200)}${']'.repeat(200)}`,
  ])('refuse nonsense %# without throwing', (nonsense) => {
    expect(refused(parseWorkingRules(nonsense)).errors.length).toBeGreaterThan(0);
  });
});
