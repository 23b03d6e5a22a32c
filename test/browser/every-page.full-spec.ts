import { sampleId } from '@dondoc/domain/organizations/sample-office';
import { describeInBrowser, everySight } from './browser';
import { BrowserOffice } from './browser-office';

const logIns = ['chutich', 'pct-kinhte', 'vanthu', 'kt-cv', 'kt-truong', 'quantri'];

/** What no place of the frame leads to at once. */
const deeper: Readonly<Record<string, readonly string[]>> = {
  chutich: ['/standing', '/nowhere'],
  vanthu: ['/intake/by-hand', '/directives?view=columns'],
  quantri: [
    '/rules/new',
    '/rules/versions/1',
    '/directory/people',
    '/directory/in-charge',
    '/operations/lifecycles',
    '/operations/lessons',
  ],
};

/** Both themes are looked at where one stands. */
const sights = everySight.filter(({ scheme }) => scheme === 'light');

/** Every place that the frame offers to anybody, and what opens from it, in every language, theme and size. */
describeInBrowser('every page in every look', () => {
  let office: BrowserOffice;
  let given: readonly string[];

  beforeAll(async () => {
    office = await BrowserOffice.open();
    const items = ['Rà soát hộ nghèo', 'Kiểm tra cống', 'Thu gom rác'].map((text, index) => ({
      text,
      lead: [sampleId('agency', 'kinh-te')],
      deadline: { phrase: null, date: index === 2 ? '2026-12-18' : '2026-11-06' },
    }));
    given = await office.give('pct-kinhte', items);
    await office.system.command(['clock', 'advance', '9wd']);
  });

  afterAll(async () => {
    await office.close();
  });

  it.each(sights.flatMap((sight) => logIns.map((login) => [login, sight] as const)))(
    'is open to everybody: %s, %j',
    async (login, sight) => {
      const found: [string, string[]][] = [];
      const reader = await office.as(login, sight);
      const { page } = reader;
      const look = async (where: string) => {
        const complaints = await reader.complaintsInBothThemes();
        if (complaints.length > 0) found.push([where, complaints]);
      };
      await reader.goTo('/');
      const places = await page.evaluate<string[]>(
        "[...new Set([...document.querySelectorAll('.rail a, .tabs a')].map((a) => a.getAttribute('href')))]",
      );
      expect(places.length).toBeGreaterThan(2);
      for (const path of [...places, '/profile', ...(deeper[login] ?? [])]) {
        await reader.goTo(path);
        await page.waitForLoadState('load');
        await look(path);
      }
      for (const menu of await page
        .locator('header [aria-haspopup=menu], .tabs [aria-haspopup=menu]')
        .all()) {
        if (!(await menu.isVisible())) continue;
        await menu.click();
        await page.getByRole('menu').waitFor();
        await look('a menu of the frame');
        await page.keyboard.press('Escape');
        await page.getByRole('menu').waitFor({ state: 'detached' });
      }
      await reader.goTo(`/directives/${given[0] ?? ''}`);
      for (const act of await page.locator('.acts button').all()) {
        await act.click();
        await look(`the form: ${(await act.textContent()) ?? ''}`);
      }
      await reader.leave();
      expect(found).toEqual([]);
    },
    300_000,
  );
});
