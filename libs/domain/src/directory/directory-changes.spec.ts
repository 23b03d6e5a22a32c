import { type Agency, type Directory, emptyDirectory } from './directory';
import {
  chargeRefusal,
  endAgencyRefusal,
  endOfficeRefusal,
  newAgencyRefusal,
  officeRefusal,
  renameRefusal,
} from './directory-changes';

const agency = (id: string, name: string, more: Partial<Agency> = {}): Agency => ({
  id,
  name,
  aliases: [],
  abbreviation: null,
  parent: null,
  validFrom: '2025-07-01',
  validTo: null,
  successor: null,
  isOffice: false,
  ...more,
});

const economy = agency('kt', 'Phòng Kinh tế', { abbreviation: 'PKT' });
const culture = agency('vh', 'Phòng Văn hóa - Xã hội');
const past = agency('cu', 'Phòng Cũ', { validTo: '2025-12-31', successor: 'kt' });
const team = agency('to', 'Tổ Thủy lợi', { parent: 'vh' });

const directory: Directory = {
  ...emptyDirectory,
  agencies: [economy, culture, past, team],
  people: [
    { id: 'an', name: 'An', email: null },
    { id: 'binh', name: 'Bình', email: null },
  ],
  offices: [
    { person: 'an', role: 'chair', agency: null, from: '2025-07-01', to: null },
    { person: 'an', role: 'administrator', agency: null, from: '2025-07-01', to: null },
    { person: 'binh', role: 'agency-head', agency: 'kt', from: '2025-07-01', to: '2026-06-30' },
  ],
  inCharge: [{ leader: 'an', agency: 'kt', field: null, from: '2025-07-01', to: null }],
};

const names = (name: string, abbreviation: string | null = null) => ({ name, abbreviation, aliases: [] });
const refused = (answer: { code: string; field?: string } | null) =>
  answer && [answer.code, answer.field ?? null];

describe('changes of the directory', () => {
  it('lets an agency begin under a name of its own, below one that exists then', () => {
    const wanted = { ...names('Phòng Nội vụ', 'PNV'), parent: 'vh', validFrom: '2026-12-01' };
    expect(newAgencyRefusal(directory, wanted)).toBeNull();
    expect(refused(newAgencyRefusal(directory, { ...wanted, name: 'phòng  kinh tế' }))).toEqual([
      'agency-name-taken',
      'name',
    ]);
    expect(refused(newAgencyRefusal(directory, { ...wanted, abbreviation: 'pkt' }))).toEqual([
      'agency-name-taken',
      'abbreviation',
    ]);
    expect(refused(newAgencyRefusal(directory, { ...wanted, parent: 'cu' }))).toEqual([
      'agency-not-in-force',
      'parent',
    ]);
  });

  it('renames what exists, also to a name that only a past one had', () => {
    expect(renameRefusal(directory, economy, names('Phòng Cũ'), '2026-11-02')).toBeNull();
    expect(refused(renameRefusal(directory, past, names('Phòng Mới'), '2026-11-02'))).toEqual([
      'agency-not-in-force',
      'name',
    ]);
  });

  it('ends an agency once, with a successor for what is open, and without parts', () => {
    const ending = { lastDay: '2026-12-31', next: '2027-01-01', successor: null, openDirectives: 0 };
    expect(endAgencyRefusal(directory, economy, ending)).toBeNull();
    const code = (one: Agency, more: object) =>
      refused(endAgencyRefusal(directory, one, { ...ending, ...more }));
    expect(code(economy, { openDirectives: 2 })).toEqual(['agency-has-open-directives', 'successor']);
    expect(code(economy, { openDirectives: 2, successor: 'vh' })).toBeNull();
    expect(code(economy, { successor: 'kt' })).toEqual(['own-successor', 'successor']);
    expect(code(economy, { successor: 'cu' })).toEqual(['agency-not-in-force', 'successor']);
    expect(code(culture, {})).toEqual(['agency-has-parts', null]);
    expect(code(past, {})).toEqual(['ended-already', 'lastDay']);
    expect(code(economy, { lastDay: '2025-06-30' })).toEqual(['ends-before-it-begins', 'lastDay']);
  });

  it('gives an office where it belongs, and those of one holder to one', () => {
    const held = { person: 'an', role: 'agency-head', agency: 'kt', from: '2026-07-01', to: null } as const;
    expect(officeRefusal(directory, held)).toBeNull();
    expect(refused(officeRefusal(directory, { ...held, from: '2026-06-30' }))).toEqual([
      'office-taken',
      'from',
    ]);
    expect(refused(officeRefusal(directory, { ...held, agency: null }))).toEqual(['agency-needed', 'agency']);
    expect(refused(officeRefusal(directory, { ...held, role: 'vice-chair' }))).toEqual([
      'no-agency-here',
      'agency',
    ]);
    const again = { ...held, role: 'chair', agency: null } as const;
    expect(refused(officeRefusal(directory, again))).toEqual(['held-already', null]);
    expect(refused(officeRefusal(directory, { ...again, person: 'binh' }))).toEqual(['office-taken', 'from']);
  });

  it('keeps an administrator', () => {
    const held = directory.offices[1];
    if (!held) throw new Error('there is an administrator');
    const ends = (more: Directory) => refused(endOfficeRefusal(more, held, '2026-11-30', '2026-12-01'));
    expect(ends(directory)).toEqual(['last-administrator', null]);
    expect(ends({ ...directory, offices: [...directory.offices, { ...held, person: 'binh' }] })).toBeNull();
  });

  it('puts leaders in charge, one of each agency and field', () => {
    const charge = { leader: 'an', agency: null, field: 'Đất đai', from: '2026-11-02' };
    expect(chargeRefusal(directory, charge)).toBeNull();
    expect(refused(chargeRefusal(directory, { ...charge, leader: 'binh' }))).toEqual([
      'not-a-leader',
      'leader',
    ]);
    expect(refused(chargeRefusal(directory, { ...charge, field: null }))).toEqual([
      'agency-or-field-needed',
      'agency',
    ]);
    expect(refused(chargeRefusal(directory, { ...charge, agency: 'kt', field: null }))).toEqual([
      'charge-taken',
      'leader',
    ]);
  });
});
