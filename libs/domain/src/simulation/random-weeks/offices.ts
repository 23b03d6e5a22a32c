import { type Directory } from '../../directory/directory';
import { sampleOffice } from '../../sample/sample-files';
import { sampleCalendar } from '../../working-time/sample-calendar';
import { type WorkingCalendar } from '../../working-time/working-calendar';

/** The organization that plays, and one below it that takes parts of its directives. */
export const ABOVE = '00000000-0000-4000-8000-000000000000';
export const BELOW = '00000000-0000-4000-8000-000000000001';

/** The agency that leads some directives is abolished while they are under way. */
const ABOLISHED = { id: 'tram-y-te', validTo: '2026-11-11', successor: 'van-hoa-xa-hoi' };
/** Somebody leaves, and nobody follows. */
const LEAVES = { person: 'vhxh-cv', to: '2026-11-13' };
/** A leader's office passes to another, who is charged with what the first was. */
const CHANGES = { person: 'pct-vanxa', to: '2026-11-20', successor: 'pct-moi', from: '2026-11-21' };

const sample = sampleOffice().directory;

const withLeaving: Directory = {
  ...sample,
  people: [...sample.people, { id: CHANGES.successor, name: 'Phó Chủ tịch mới', email: null }],
  agencies: sample.agencies.map((one) => (one.id === ABOLISHED.id ? { ...one, ...ABOLISHED } : one)),
  offices: [
    ...sample.offices.map((held) => {
      if (held.person === LEAVES.person) return { ...held, to: LEAVES.to };
      return held.person === CHANGES.person ? { ...held, to: CHANGES.to } : held;
    }),
    { person: CHANGES.successor, role: 'vice-chair', agency: null, from: CHANGES.from, to: null },
  ],
  inCharge: sample.inCharge.flatMap((entry) =>
    entry.leader === CHANGES.person
      ? [
          { ...entry, to: CHANGES.to },
          { ...entry, leader: CHANGES.successor, from: CHANGES.from },
        ]
      : [entry],
  ),
};

/** Of the organization that plays: one agency under its lead is an organization of its own. */
export const directoryAbove: Directory = {
  ...withLeaving,
  agencies: [
    ...withLeaving.agencies,
    {
      id: 'don-vi-duoi',
      name: 'Đơn vị trực thuộc',
      aliases: [],
      abbreviation: 'DVTT',
      parent: 'kinh-te',
      validFrom: '2025-07-01',
      validTo: null,
      successor: null,
      pointsTo: BELOW,
      isOffice: false,
    },
  ],
};

export const directoryBelow: Directory = sample;

/** Works on Saturday mornings, begins later in winter. */
const saturdays: WorkingCalendar = {
  ...sampleCalendar,
  id: 'saturdays',
  restDays: [7],
  sessions: [
    {
      from: null,
      to: '2026-11-15',
      days: [1, 2, 3, 4, 5],
      periods: [
        { opens: '07:00', closes: '11:30' },
        { opens: '13:30', closes: '17:00' },
      ],
      basis: 'Giờ mùa hè',
    },
    {
      from: '2026-11-16',
      to: null,
      days: [1, 2, 3, 4, 5],
      periods: [
        { opens: '08:00', closes: '12:00' },
        { opens: '13:00', closes: '16:30' },
      ],
      basis: 'Giờ mùa đông',
    },
    {
      from: null,
      to: null,
      days: [6],
      periods: [{ opens: '07:30', closes: '11:00' }],
      basis: 'Sáng thứ Bảy',
    },
  ],
};

/** One long session, and a Saturday that is worked for the Monday after it. */
const oneSession: WorkingCalendar = {
  ...sampleCalendar,
  id: 'one-session',
  sessions: [{ from: null, to: null, periods: [{ opens: '08:30', closes: '15:45' }], basis: 'Một buổi' }],
  days: [
    ...sampleCalendar.days,
    {
      date: '2026-11-14',
      kind: 'worked',
      name: { vi: 'Làm bù', en: 'Worked' },
      notice: null,
      inPlaceOf: '2026-11-16',
    },
    {
      date: '2026-11-16',
      kind: 'make-up-off',
      name: { vi: 'Hoán đổi', en: 'Exchanged' },
      notice: null,
      inPlaceOf: '2026-11-14',
    },
  ],
};

export const calendars: readonly WorkingCalendar[] = [sampleCalendar, saturdays, oneSession];
