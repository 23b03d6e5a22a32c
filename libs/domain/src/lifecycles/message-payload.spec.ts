import { resolveAudience } from '../directory/audience';
import { type Directory } from '../directory/directory';
import { sampleOffice } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { recipientsOf, type MessagePayload } from './message-payload';

const { zone } = sampleCalendar;
const at = Date.parse('2026-11-25T03:00:00Z');
const sample = sampleOffice().directory;
const facts = {
  ...{ lead: 'kinh-te', coordinating: [], assignedPerson: null, assigningLeader: 'chutich' },
  ...{ trackingOfficer: 'vanthu', field: null },
};
const found = resolveAudience(sample, 'leader-in-charge', facts, Date.parse('2026-11-03T03:00:00Z'), zone);
const payload = { to: ['leader-in-charge'], recipients: found, facts } as unknown as MessagePayload;

describe('whom a message reaches that was addressed earlier', () => {
  const tell = (directory: Directory) =>
    recipientsOf(payload, directory, at, zone).map(({ person }) => person);

  it('reaches whoever was found, as long as they hold an office', () => {
    expect(tell(sample)).toEqual(['pct-kinhte']);
  });

  it('goes to those who are found now, once whoever was found has left', () => {
    const offices = sample.offices.map((held) =>
      held.person === 'pct-kinhte' ? { ...held, to: '2026-11-20' } : held,
    );
    // The leader in charge is gone, and nobody else was charged: one level up, and to the administrator.
    expect(tell({ ...sample, offices })).toEqual(['chutich', 'quantri']);
    const inCharge = sample.inCharge.map((one) =>
      one.leader === 'pct-kinhte' ? { ...one, leader: 'pct-vanxa' } : one,
    );
    expect(tell({ ...sample, offices, inCharge })).toEqual(['pct-vanxa']);
  });
});
