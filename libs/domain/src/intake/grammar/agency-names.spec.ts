import { type AgencyName, matchAgency } from './agency-names';

const agency = (id: string, name: string, more: Partial<AgencyName> = {}): AgencyName => ({
  id,
  name,
  aliases: [],
  validFrom: null,
  validTo: null,
  ...more,
});

const directory: readonly AgencyName[] = [
  agency('finance', 'Phòng Tài chính - Kế hoạch'),
  agency('office', 'Văn phòng HĐND và UBND huyện', { abbreviation: 'VP HĐND&UBND' }),
  agency('land', 'Sở Tài nguyên và Môi trường', { aliases: ['Sở Môi trường'] }),
  agency('farming', 'Phòng Nông nghiệp và Phát triển nông thôn'),
  agency('police-district', 'Công an huyện'),
  agency('police-commune', 'Công an xã Bình Lạc'),
  agency('labour', 'Phòng Lao động - Thương binh và Xã hội', { validTo: '2025-06-30' }),
  agency('culture', 'Phòng Văn hóa - Xã hội', { validFrom: '2025-07-01' }),
];

describe('matching a written name to the directory', () => {
  test.each([
    ['Phòng Tài chính - Kế hoạch', 'finance', 'exact'],
    ['phòng Tài chính – Kế hoạch', 'finance', 'spelling'],
    ['Phòng Tài chính Kế hoạch', 'finance', 'spelling'],
    ['P. TC-KH', 'finance', 'spelling'],
    ['Phòng TCKH', 'finance', 'spelling'],
    ['Phòng Tài chính - Kế hoạch huyện', 'finance', 'level'],
    ['VP HĐND&UBND', 'office', 'abbreviation'],
    ['Văn phòng HĐND và UBND', 'office', 'level'],
    ['Văn phòng Hội đồng nhân dân và Uỷ ban nhân dân huyện', 'office', 'spelling'],
    ['Sở TN&MT', 'land', 'spelling'],
    ['Sở Môi trường', 'land', 'alias'],
    ['Phòng NN và PTNT', 'farming', 'spelling'],
    ['Phòng NN&PTNT', 'farming', 'abbreviation'],
    ['công an huyện', 'police-district', 'exact'],
    ['Công an xã', 'police-commune', 'level'],
    ['Phòng Văn hoá - Xã hội', 'culture', 'spelling'],
  ])('%s is %s (%s)', (written, agencyId, how) => {
    expect(matchAgency(written, directory)).toMatchObject({ kind: 'match', agencyId, how });
  });

  test('offers a damaged name as a candidate and never decides it', () => {
    expect(matchAgency('Phòng Tài chính Kế', directory)).toMatchObject({
      kind: 'candidates',
      candidates: [{ agencyId: 'finance', how: 'damaged' }],
    });
    expect(matchAgency('Phong Tai chinh Ke hoach', directory)).toMatchObject({
      kind: 'candidates',
      candidates: [{ agencyId: 'finance', how: 'damaged' }],
    });
  });

  test('knows nothing of what the directory does not hold', () => {
    expect(matchAgency('Sở Ngoại vụ', directory)).toEqual({ kind: 'none' });
    expect(matchAgency('Công an tỉnh', directory)).toEqual({ kind: 'none' });
    expect(matchAgency('  ', directory)).toEqual({ kind: 'none' });
  });

  test('offers an abolished agency as a former one', () => {
    expect(matchAgency('Phòng Lao động - Thương binh và Xã hội', directory, '2024-03-01')).toMatchObject({
      kind: 'match',
      agencyId: 'labour',
    });
    expect(matchAgency('Phòng Lao động - Thương binh và Xã hội', directory, '2025-08-01')).toMatchObject({
      kind: 'candidates',
      candidates: [{ agencyId: 'labour', how: 'former' }],
    });
  });

  test('asks when a name fits two agencies', () => {
    const communes = [agency('a', 'Công an xã Tân Phú'), agency('b', 'Công an xã Tân Hà')];
    const match = matchAgency('Công an xã', communes);
    expect(match.kind).toBe('candidates');
    expect(match.kind === 'candidates' && match.candidates.map(({ agencyId }) => agencyId)).toEqual([
      'a',
      'b',
    ]);
  });
});
