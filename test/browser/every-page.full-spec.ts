import { type Browser } from 'playwright-core';
import { loadOffice } from '../e2e/sample-month';
import { HttpOffice } from '../e2e/http-office';
import { createTestSystem, type TestSystem } from '../services/processes';
import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { testQueue } from '../services/test-queue';
import { sampleId } from '@dondoc/domain/organizations/sample-office';
import { describeInBrowser, openBrowser, Reader, type Sight } from './browser';

const sights: readonly Sight[] = (['vi', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['desktop', 'phone'] as const).map((size) => ({ size, scheme, language })),
  ),
);

const logIns = ['chutich', 'pct-kinhte', 'vanthu', 'kt-cv', 'kt-truong', 'quantri'];

/** Every place that the frame offers to anybody, and what opens from it, in every language, theme and size. */
describeInBrowser('every page in every look', () => {
  let database: TestDatabase;
  let system: TestSystem;
  let browser: Browser;

  beforeAll(async () => {
    database = await createTestDatabase();
    await loadOffice(database);
    system = await createTestSystem({ database, queue: testQueue() });
    await Promise.all([system.startApi(), system.startWorker()]);
    const office = new HttpOffice(system.address);
    const items = ['Rà soát hộ nghèo', 'Kiểm tra cống', 'Thu gom rác'].map((text, index) => ({
      text,
      lead: [sampleId('agency', 'kinh-te')],
      deadline: { phrase: null, date: index === 2 ? '2026-12-18' : '2026-11-06' },
    }));
    const source = { kind: 'oral', givenBy: sampleId('person', 'pct-kinhte'), givenOn: '2026-10-30' };
    const { body } = await office.as('vanthu', 'POST', '/drafts', { body: { source, items } });
    await office.as('vanthu', 'POST', `/drafts/${String(body['id'])}/confirm`);
    await system.command(['clock', 'advance', '9wd']);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await system.stop();
    await database.drop();
  });

  it.each(sights)(
    'is open to everybody: %j',
    async (sight) => {
      const found: [string, string, string[]][] = [];
      for (const login of logIns) {
        const reader = await Reader.loggedIn(browser, system.address, login, sight);
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
