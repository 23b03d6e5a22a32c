import { type Directory } from '../directory/directory';
import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { rolesNobodyHolds } from './rules-holders';

const rules = defaultWorkingRules();
const { directory } = sampleOffice();
const found = (changed: Partial<Directory>, date = '2026-11-02') =>
  rolesNobodyHolds(rules, { ...directory, ...changed }, date).map(({ path }) => path.join('.'));

describe('roles that rules name', () => {
  it('are all held in the sample office', () => {
    expect(found({})).toEqual([]);
  });

  it('are named, field by field, where nobody holds them on the first day of the rules', () => {
    const offices = directory.offices.filter(({ role }) => role !== 'chair');
    expect(found({ offices })).toEqual([
      'ladders.0.rungs.5.to.0',
      'escalationLevels.value.1.audience',
      'lateSummary.value.to.1',
    ]);
    expect(found({ inCharge: [] })).toEqual([
      'ladders.0.rungs.4.to.0',
      'ladders.1.rungs.1.to.0',
      'ladders.2.rungs.1.to.0',
      'escalationLevels.value.0.audience',
    ]);
    const [problem] = rolesNobodyHolds(rules, { ...directory, offices }, '2026-11-02');
    expect(problem).toMatchObject({
      code: 'nobody-holds-role',
      vi: 'ngày 2026-11-02 chưa có ai là Chủ tịch',
      en: 'on 2026-11-02 nobody is the chair',
    });
  });

  it('are judged by the day: an office that ended is held by nobody after it', () => {
    const offices = directory.offices.map((held) =>
      held.role === 'agency-head' ? { ...held, to: '2026-11-30' } : held,
    );
    expect(found({ offices }, '2026-11-30')).toEqual([]);
    expect(found({ offices }, '2026-12-01')).toContain('verification.value.rungs.1.to.0');
  });
});
