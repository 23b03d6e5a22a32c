import { sampleId } from '@dondoc/domain/organizations/sample-office';
import { describeInBrowser, everySight } from './browser';
import { BrowserOffice } from './browser-office';

const logIns = ['chutich', 'pct-kinhte', 'vanthu', 'kt-cv', 'kt-truong', 'quantri'];

/** Every place that the frame offers to anybody, and what opens from it, in every language, theme and size. */
describeInBrowser('every page in every look', () => {
  let office: BrowserOffice;

  beforeAll(async () => {
    office = await BrowserOffice.open();
    const items = ['Rà soát hộ nghèo', 'Kiểm tra cống', 'Thu gom rác'].map((text, index) => ({
      text,
      lead: [sampleId('agency', 'kinh-te')],
      deadline: { phrase: null, date: index === 2 ? '2026-12-18' : '2026-11-06' },
    }));
    const source = { kind: 'oral', givenBy: sampleId('person', 'pct-kinhte'), givenOn: '2026-10-30' };
    await office.give({ source, items });
    await office.system.command(['clock', 'advance', '9wd']);
  });

  afterAll(async () => {
    await office.close();
  });

  it.each(everySight)(
    'is open to everybody: %j',
    async (sight) => {
      const found: [string, string, string[]][] = [];
      for (const login of logIns) {
        const reader = await office.as(login, sight);
        await reader.goTo('/');
        const places = await reader.page.evaluate<string[]>(
          "[...new Set([...document.querySelectorAll('.rail a, .tabs a')].map((a) => a.getAttribute('href')))]",
        );
        expect(places.length).toBeGreaterThan(2);
        for (const path of places) {
          await reader.goTo(path);
          await reader.page.waitForLoadState('load');
          const complaints = await reader.complaints();
          if (complaints.length > 0) found.push([login, path, complaints]);
        }
        await reader.leave();
      }
      expect(found).toEqual([]);
    },
    300_000,
  );
});
