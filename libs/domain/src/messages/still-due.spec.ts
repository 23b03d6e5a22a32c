import { sampleOffice } from '../sample/sample-files';
import { isStillDue, type WaitingMessage } from './still-due';

const { directory } = sampleOffice();
const [first] = directory.agencies;
const successor = { ...first, id: 'moi', name: 'Phòng mới', validFrom: '2026-11-01' };
const agencies = directory.agencies.map((agency) =>
  agency.id === 'kinh-te' ? { ...agency, validTo: '2026-10-31', successor: 'moi' } : agency,
);
const merged = { agencies: [...agencies, successor as (typeof agencies)[number]] };

const of = (more: Partial<WaitingMessage>): WaitingMessage => ({
  subject: 'rung',
  details: { rung: 'T-1', lead: 'kinh-te' },
  directive: { leadId: 'kinh-te', state: 'in-progress' },
  matter: null,
  ...more,
});
const due = (message: WaitingMessage, known: Parameters<typeof isStillDue>[1] = directory): boolean =>
  isStillDue(message, known, '2026-11-10');
const inState = (state: string, leadId = 'kinh-te') => ({ leadId, state });

describe('a message that waits to leave', () => {
  it.each(['reported', 'suspended', 'closed', 'cancelled', 'replaced'])(
    'reminds nobody of work that is %s; of its verification while it waits for that',
    (state) => {
      expect(due(of({ directive: inState(state) }))).toBe(false);
      const verification = of({ details: { rung: 'V+1', lead: 'kinh-te' }, directive: inState(state) });
      expect(due(verification)).toBe(state === 'reported');
    },
  );

  it('is not for the lead that the directive was taken from; a successor is the same lead', () => {
    for (const subject of ['rung', 'assigned']) {
      expect(due(of({ subject }))).toBe(true);
      expect(due(of({ subject, directive: inState('assigned', 'tram-y-te') }))).toBe(false);
      expect(due(of({ subject, directive: inState('in-progress', 'moi') }), merged)).toBe(true);
    }
    // What somebody did stays news, and what was kept without its lead is told.
    expect(due(of({ subject: 'urged', directive: inState('in-progress', 'tram-y-te') }))).toBe(true);
    expect(due(of({ details: { rung: 'T-1' }, directive: inState('in-progress', 'tram-y-te') }))).toBe(true);
  });

  it.each([
    ['escalation-raised', ['raised', 'acknowledged', 'held'], ['decided', 'withdrawn']],
    ['escalation-forgotten', ['raised', 'acknowledged', 'held'], ['decided', 'withdrawn']],
    ['explanation-due', ['demanded'], ['submitted', 'accepted', 'withdrawn']],
    ['explanation-late', ['demanded'], ['submitted', 'accepted', 'withdrawn']],
    ['consultation-late', ['asked', 'late'], ['answered', 'deemed-consent', 'withdrawn']],
    ['extension-waiting', ['awaiting-head', 'requested', 'held'], ['granted', 'refused', 'withdrawn']],
    ['obligation-due', ['awaited'], ['reported', 'accepted', 'withdrawn']],
    ['obligation-late', ['awaited'], ['reported', 'accepted', 'withdrawn']],
  ])('%s is told only while something is waited for', (subject, waiting, over) => {
    for (const matter of waiting) expect(due(of({ subject, matter }))).toBe(true);
    for (const matter of over) expect(due(of({ subject, matter }))).toBe(false);
  });

  it('tells what came of a matter when it is over', () => {
    for (const subject of ['escalation-decided', 'consultation-deemed-consent', 'explanation-accepted'])
      expect(due(of({ subject, matter: 'decided' }))).toBe(true);
    expect(due(of({ subject: 'digest-daily', directive: null }))).toBe(true);
  });
});
