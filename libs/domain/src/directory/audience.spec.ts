import { sampleOffice } from '../sample/sample-files';
import { agenciesNamed, agencyInForce, requireAgency } from './agencies';
import { presentOn, resolveAudience, resolveAudiences, type Audience, type AudienceFacts } from './audience';
import { emptyDirectory, type Directory } from './directory';
import { delegateOf, leaderInCharge, standsInFor } from './offices';

const { directory } = sampleOffice();
const ZONE = 'Asia/Ho_Chi_Minh';
const at = (date: string): number => Date.parse(`${date}T09:00:00+07:00`);
const facts: AudienceFacts = {
  lead: 'kinh-te',
  coordinating: [],
  assignedPerson: null,
  assigningLeader: 'chutich',
  trackingOfficer: 'vanthu',
  field: null,
};

function reached(
  audience: Audience,
  more: Partial<AudienceFacts> = {},
  date = '2026-11-02',
  office: Directory = directory,
): string[] {
  return resolveAudience(office, audience, { ...facts, ...more }, at(date), ZONE).map(
    ({ person, via }) => `${person} ${via}`,
  );
}

describe('who receives what is meant for an audience', () => {
  it.each<[Audience, string[]]>([
    ['lead-staff', ['kt-cv holder']],
    ['lead-head', ['kt-truong holder']],
    ['tracking-officer', ['vanthu holder']],
    ['chief-of-office', ['chanhvp holder']],
    ['leader-in-charge', ['pct-kinhte holder']],
    ['assigning-leader', ['chutich holder']],
    ['chair', ['chutich holder']],
    ['administrator', ['quantri holder']],
  ])('%s', (audience, people) => {
    expect(reached(audience)).toEqual(people);
  });

  it('is the delegate while the holder is away, and says in whose place', () => {
    const [chair] = resolveAudience(directory, 'chair', facts, at('2026-11-17'), ZONE);
    expect(chair).toMatchObject({ person: 'pct-kinhte', role: 'chair', via: 'delegate' });
    expect(chair?.reason?.vi).toContain('Trần Quốc Bảo');
    expect(reached('chair', {}, '2026-11-21')).toEqual(['chutich holder']);
  });

  it('is the holder again once the delegate holds no office any more', () => {
    const offices = directory.offices.map((held) =>
      held.person === 'pct-kinhte' ? { ...held, to: '2026-11-17' } : held,
    );
    const left = { ...directory, offices };
    const chairOn = (date: string) => resolveAudience(left, 'chair', facts, at(date), ZONE)[0];
    expect(chairOn('2026-11-17')).toMatchObject({ person: 'pct-kinhte', via: 'delegate' });
    expect(chairOn('2026-11-18')).toMatchObject({ person: 'chutich', via: 'holder', reason: null });
    expect(standsInFor(left, 'pct-kinhte', '2026-11-17')).toEqual(['chutich']);
    expect(standsInFor(left, 'pct-kinhte', '2026-11-18')).toEqual([]);
  });

  it('has the chair stand in for leaders who have left, for as long as they hold no office', () => {
    const offices = directory.offices
      .filter(({ person }) => person !== 'pct-vanxa')
      .map((held) =>
        held.person === 'chutich' || held.person === 'pct-kinhte' ? { ...held, to: '2026-11-20' } : held,
      );
    const next = { person: 'pct-vanxa', role: 'chair', agency: null, from: '2026-11-21', to: null } as const;
    const back = { ...next, person: 'pct-kinhte', role: 'vice-chair', from: '2026-12-01' } as const;
    const changed = { ...directory, offices: [...offices, next, back] };
    expect(standsInFor(changed, 'pct-vanxa', '2026-11-20')).toEqual([]);
    expect(standsInFor(changed, 'pct-vanxa', '2026-11-21')).toEqual(['chutich', 'pct-kinhte']);
    expect(standsInFor(changed, 'pct-vanxa', '2026-12-01')).toEqual(['chutich']);
    expect(standsInFor(changed, 'chanhvp', '2026-11-21')).toEqual([]);
  });

  it('is whoever is present when it is told, where it was found on another day', () => {
    const found = resolveAudience(directory, 'chair', facts, at('2026-11-13'), ZONE);
    const [away] = presentOn(directory, found, '2026-11-17');
    expect(away).toMatchObject({ person: 'pct-kinhte', insteadOf: 'chutich', via: 'delegate' });
    expect(presentOn(directory, away ? [away] : [], '2026-11-21')).toEqual(found);
  });

  it('goes one level up and to the administrator where nobody holds the role', () => {
    expect(reached('lead-staff', { lead: 'quan-su' })).toEqual([
      'qs-truong one-level-up',
      'quantri administrator',
    ]);
    expect(reached('tracking-officer', { trackingOfficer: null })).toEqual([
      'chanhvp one-level-up',
      'quantri administrator',
    ]);
    const [up] = resolveAudience(
      directory,
      'lead-staff',
      { ...facts, lead: 'quan-su' },
      at('2026-11-02'),
      ZONE,
    );
    expect(up?.reason).toEqual({
      vi: 'Chưa có ai giữ vai trò chuyên viên cơ quan chủ trì',
      en: "Nobody holds the role of the lead agency's staff",
    });
  });

  it('climbs as many levels as it takes', () => {
    expect(reached('lead-staff', { lead: 'nobody-knows-it' })).toEqual([
      'chutich one-level-up',
      'quantri administrator',
    ]);
    const onlyAdministrator = {
      ...directory,
      offices: directory.offices.filter((held) => held.role === 'administrator'),
    };
    expect(reached('lead-staff', {}, '2026-11-02', onlyAdministrator)).toEqual(['quantri administrator']);
    expect(reached('lead-staff', {}, '2026-11-02', emptyDirectory)).toEqual([]);
  });

  it('follows an abolished agency to its successor, and offices to their dates', () => {
    expect(reached('lead-staff', { lead: 'tai-chinh-ke-hoach' })).toEqual(['kt-cv holder']);
    expect(reached('lead-staff', {}, '2025-06-30')).toEqual([]);
  });

  it('reaches each person once, in the first of several roles', () => {
    const people = resolveAudiences(
      directory,
      ['assigning-leader', 'chair', 'lead-head'],
      facts,
      at('2026-11-02'),
      ZONE,
    );
    expect(people.map(({ person }) => person)).toEqual(['chutich', 'kt-truong']);
  });
});

describe('who is in charge', () => {
  it('is told by the most specific entry', () => {
    const leader = (agency: string, field: string | null) =>
      leaderInCharge(directory, { agency, field }, '2026-11-02');
    expect(leader('kinh-te', null)).toBe('pct-kinhte');
    expect(leader('kinh-te', 've-sinh-moi-truong')).toBe('pct-vanxa');
    expect(leader('cong-an', 've-sinh-moi-truong')).toBe('chutich');
    expect(leader('nobody-knows-it', null)).toBeNull();
  });

  it('is told by the field where no agency is named, and by the newest of equals', () => {
    const entry = { agency: null, field: 'y-te', to: null };
    const office = {
      ...emptyDirectory,
      inCharge: [
        { ...entry, leader: 'a', from: '2026-01-01' },
        { ...entry, leader: 'b', from: '2026-06-01' },
      ],
    };
    expect(leaderInCharge(office, { agency: 'x', field: 'y-te' }, '2026-05-01')).toBe('a');
    expect(leaderInCharge(office, { agency: 'x', field: 'y-te' }, '2026-07-01')).toBe('b');
  });

  it('ends where delegations run in a circle', () => {
    const dates = { start: '2026-11-01', end: '2026-11-30' };
    const office = {
      ...emptyDirectory,
      offices: ['a', 'b'].map((person) => ({
        ...{ person, role: 'vice-chair' as const, agency: null, from: '2026-01-01', to: null },
      })),
      delegations: [
        { from: 'a', to: 'b', ...dates },
        { from: 'b', to: 'a', ...dates },
      ],
    };
    expect(delegateOf(office, 'a', '2026-11-10')).toBe('b');
    expect(delegateOf(office, 'c', '2026-11-10')).toBeNull();
  });
});

describe('agencies', () => {
  it('are found by name, alias and abbreviation, however they are written', () => {
    const named = (name: string) => agenciesNamed(directory, name, '2026-11-02').map(({ id }) => id);
    expect(named('PHÒNG KINH TẾ')).toEqual(['kinh-te']);
    expect(named('Phòng Văn hóa – Xã hội')).toEqual(['van-hoa-xa-hoi']);
    expect(named('Văn phòng')).toEqual(['van-phong']);
    expect(named('Phòng Tài chính - Kế hoạch')).toEqual(['kinh-te']);
    expect(named('Sở Xây dựng')).toEqual([]);
    expect(named('')).toEqual([]);
  });

  it('end with a successor, with nobody, or in no circle', () => {
    expect(agencyInForce(directory, 'tai-chinh-ke-hoach', '2025-06-30')?.id).toBe('tai-chinh-ke-hoach');
    expect(agencyInForce(directory, 'tai-chinh-ke-hoach', '2025-07-01')?.id).toBe('kinh-te');
    const circle = {
      ...directory,
      agencies: directory.agencies.map((agency) => ({
        ...agency,
        validTo: '2026-01-01',
        successor: agency.id,
      })),
    };
    expect(agencyInForce(circle, 'kinh-te', '2026-11-02')).toBeNull();
  });

  it('are refused by field, naming the successor', () => {
    expect(requireAgency(directory, 'tai-chinh-ke-hoach', '2026-11-02', 'lead')).toMatchObject({
      code: 'agency-not-in-force',
      field: 'lead',
      en: expect.stringContaining('Phòng Kinh tế') as string,
    });
    expect(requireAgency(directory, 'x', '2026-11-02', 'lead')).toMatchObject({ code: 'unknown-agency' });
  });
});
