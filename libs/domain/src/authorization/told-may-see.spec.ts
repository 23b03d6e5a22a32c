import { audiences, resolveAudience } from '../directory/audience';
import { type Directory } from '../directory/directory';
import { standsInFor } from '../directory/offices';
import { sampleOffice } from '../sample/sample-files';
import { reaches } from './abilities';
import { directiveRelations, strengthOn } from './relations';

const { directory } = sampleOffice();
const facts = {
  lead: 'kinh-te',
  coordinating: ['cong-an'],
  assignedPerson: null,
  assigningLeader: 'chutich',
  trackingOfficer: 'vanthu',
  field: null,
};

const without = (...people: readonly string[]): Directory => ({
  ...directory,
  offices: directory.offices.filter(({ person }) => !people.includes(person)),
});

describe('whoever is told of a directive may open it', () => {
  it.each<[string, Directory, string]>([
    ['on an ordinary day', directory, '2026-11-02'],
    ['while the chair is away', directory, '2026-11-17'],
    ['while the lead has no staff', without('kt-cv'), '2026-11-02'],
    ['while the lead has no head', without('kt-truong'), '2026-11-02'],
    ['while nobody follows', without('vanthu'), '2026-11-02'],
    ['while the Office has no chief', without('chanhvp'), '2026-11-02'],
    ['while nobody is in charge', without('pct-kinhte'), '2026-11-02'],
  ])('%s', (_when, office, date) => {
    const on = { directory: office, date };
    const relations = directiveRelations(facts, on);
    const maySee = (person: string) =>
      [undefined, ...standsInFor(office, person, date)].some((onBehalfOf) => {
        const strength = strengthOn({ id: person, ...(onBehalfOf !== undefined && { onBehalfOf }) }, on);
        return strength !== null && reaches(strength, 'directive', 'see', relations);
      });
    for (const audience of audiences) {
      const instant = Date.parse(`${date}T09:00:00+07:00`);
      const told = resolveAudience(office, audience, facts, instant, 'Asia/Ho_Chi_Minh');
      expect([audience, told.length > 0]).toEqual([audience, true]);
      expect([audience, told.filter(({ person }) => !maySee(person))]).toEqual([audience, []]);
    }
  });
});
