import { sampleId } from '@dondoc/domain/organizations/sample-office';
import { describeInBrowser, everySight } from './browser';
import { BrowserOffice } from './browser-office';

jest.setTimeout(600_000);

/** The desk's pages in every language, theme and size. */
describeInBrowser('the desk, at length', () => {
  let office: BrowserOffice;

  beforeAll(async () => {
    office = await BrowserOffice.open({ worker: false });
    await office.give(
      'chutich',
      [
        {
          text: 'Rà soát các điểm sạt lở ven suối, báo cáo kết quả',
          lead: [sampleId('agency', 'kinh-te')],
          coordinating: [sampleId('agency', 'cong-an')],
          deadline: { phrase: null, date: '2026-11-20' },
        },
      ],
      'GB-01',
    );
  });

  afterAll(async () => {
    await office.close();
  });

  const places = [
    '/intake/by-hand',
    '/directives',
    '/directives?show=columns',
    '/verification',
    '/standing',
    '/digest',
  ];

  it.each(everySight)('is open to everybody: %j', async (sight) => {
    const reader = await office.as('vanthu', sight);
    for (const path of places) {
      await reader.goTo(path);
      await reader.page.waitForLoadState('networkidle').catch(() => undefined);
      expect([path, await reader.complaints()]).toEqual([path, []]);
      await reader.picture(
        `full${path.replace(/\W+/g, '-')}-${sight.size}-${sight.scheme ?? ''}-${sight.language ?? ''}`,
      );
    }
    await reader.leave();
  });
});
