import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { sampleId, sampleOrganization } from '@dondoc/domain/organizations/sample-office';
import { describeInBrowser, everySight } from './browser';
import { BrowserOffice } from './browser-office';

jest.setTimeout(600_000);

/** The desk's pages in every language, theme and size, and a list of ten thousand. */
describeInBrowser('the desk, at length', () => {
  let office: BrowserOffice;

  beforeAll(async () => {
    office = await BrowserOffice.open({ worker: false });
    await office.give({
      source: {
        kind: 'oral',
        givenBy: sampleId('person', 'chutich'),
        givenOn: '2026-10-30',
        reference: 'GB-01',
      },
      items: [
        {
          text: 'Rà soát các điểm sạt lở ven suối, báo cáo kết quả',
          lead: [sampleId('agency', 'kinh-te')],
          coordinating: [sampleId('agency', 'cong-an')],
          deadline: { phrase: null, date: '2026-11-20' },
        },
      ],
    });
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

  /** As many directives as wanted, as rows of the list: the machine of the one that is there stands for none of them. */
  async function fill(count: number): Promise<void> {
    const source = await dondocDataSource({
      url: office.database.superuserUrl,
      application: 'long lists',
      poolSize: 1,
    }).initialize();
    try {
      await source.query(
        `insert into dondoc.directive
       select (jsonb_populate_record(null::dondoc.directive, to_jsonb(d) - 'plain_text' || jsonb_build_object(
         'id', gen_random_uuid(), 'ordinal', n + $2::integer,
         'text', 'Nhiệm vụ số ' || n || ': ' || d.text || repeat(' và các nội dung kèm theo', n % 4),
         'assigned_at', d.assigned_at - make_interval(mins => n), 'deadline_at', d.deadline_at + make_interval(mins => n)))).*
       from dondoc.directive d, generate_series(1, $2::integer) n
       where d.organization_id = $1 and d.ordinal = 1`,
        [sampleOrganization, count],
      );
      await source.query('analyze dondoc.directive');
    } finally {
      await source.destroy();
    }
  }

  interface Scroll {
    readonly frames: number;
    readonly median: number;
    readonly slow: number;
    readonly worst: number;
    readonly rows: number;
    readonly loaded: number;
  }

  it.each([10_000, 100_000])(
    'scrolls through %i directives with a handful of rows in the page',
    async (count) => {
      await fill(count);
      const reader = await office.as('vanthu', { size: 'desktop' });
      const { page } = reader;
      const began = performance.now();
      await reader.goTo('/directives');
      await page.getByRole('row').nth(5).waitFor();
      const shown = Math.round(performance.now() - began);
      const scroll = await page.evaluate<Scroll>(`new Promise((done) => {
      const times = [];
      let last = performance.now();
      const end = last + 10000;
      const step = (now) => {
        times.push(now - last);
        last = now;
        scrollBy(0, 120);
        if (now < end) return requestAnimationFrame(step);
        times.sort((a, b) => a - b);
        done({
          frames: times.length,
          median: times[times.length >> 1],
          slow: times.filter((time) => time > 50).length,
          worst: times.at(-1),
          rows: document.querySelectorAll('tbody tr').length,
          loaded: Math.round(document.documentElement.scrollHeight / 78),
        });
      };
      requestAnimationFrame(step);
    })`);
      process.stdout.write(`${count} directives: first rows after ${shown} ms; ${JSON.stringify(scroll)}\n`);
      expect(scroll.rows).toBeLessThan(60);
      expect(scroll.loaded).toBeGreaterThan(200);
      await reader.leave();
    },
  );
});
