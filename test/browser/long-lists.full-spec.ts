import { type Page } from 'playwright-core';
import { sampleId, sampleOrganization } from '@dondoc/domain/organizations/sample-office';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { describeInBrowser, type Reader, type Sight } from './browser';
import { BrowserOffice } from './browser-office';

jest.setTimeout(300_000);

/** How many of each; more only to look, since every page of a list is read once on the way to its end. */
const COUNT = Number(process.env['LONG_LIST'] ?? 10_000);
/** Rows that may be in the page at most, however long its list. */
const MOST_ROWS = 90;

/** Lists of ten thousand: every page of them is read once, and only what is in sight is there. */
describeInBrowser('long lists', () => {
  let office: BrowserOffice;
  const desktop: Sight = { size: 'desktop' };

  beforeAll(async () => {
    office = await BrowserOffice.open({ worker: false });
    await office.give(
      'chutich',
      [
        {
          text: 'Rà soát các điểm sạt lở ven suối, báo cáo kết quả',
          lead: [sampleId('agency', 'kinh-te')],
          deadline: { phrase: null, date: '2026-11-20' },
        },
      ],
      'GB',
    );
    await fill();
  });

  afterAll(async () => {
    await office.close();
  });

  /** Rows as the lists read them: the machine of the one directive that is there stands for none of them. */
  async function fill(): Promise<void> {
    const source = await dondocDataSource({
      url: office.database.superuserUrl,
      application: 'long lists',
      poolSize: 1,
    }).initialize();
    const run = (sql: string, ...more: readonly unknown[]) =>
      source.query(sql, [sampleOrganization, COUNT, ...more]);
    try {
      await run(
        `insert into dondoc.directive
         select (jsonb_populate_record(null::dondoc.directive, to_jsonb(d) - 'plain_text' || jsonb_build_object(
           'id', gen_random_uuid(), 'ordinal', n + 1,
           'work_state', case n % 4 when 0 then 'assigned' when 1 then 'reported' else 'in-progress' end,
           'reported_at', case n % 4 when 1 then d.assigned_at end,
           'text', 'Nhiệm vụ số ' || n || ': ' || d.text || repeat(' và các nội dung kèm theo', n % 4),
           'assigned_at', d.assigned_at - make_interval(mins => n),
           'deadline_at', d.deadline_at + make_interval(mins => n)))).*
         from dondoc.directive d, generate_series(1, $2::integer - 1) n
         where d.organization_id = $1 and d.ordinal = 1`,
      );
      await run(
        `insert into dondoc.inbox_message (organization_id, id, recipient_id, subject, directive_id, details,
           created_at, deliver_at, outbox_id)
         select $1, gen_random_uuid(), $3, 'rung', d.id, '{"rung":null,"rules":null,"collapsed":[],"note":null}', instant, instant, gen_random_uuid()
         from dondoc.directive d, generate_series(1, $2::integer) n,
           lateral (select d.assigned_at - make_interval(mins => n) as instant) moment
         where d.organization_id = $1 and d.ordinal = 1`,
        sampleId('person', 'kt-cv'),
      );
      await run(
        `insert into dondoc.standing_directive (organization_id, id, text, lead_id, coordinating_ids, urgency, reports,
           given_by_id, given_at, revision)
         select $1, gen_random_uuid(), 'Nhiệm vụ thường xuyên số ' || n, $3, '{}', 'normal', '{}', $4,
           now() - make_interval(mins => n), 1
         from generate_series(1, $2::integer) n`,
        sampleId('agency', 'kinh-te'),
        sampleId('person', 'vanthu'),
      );
      await source.query('analyze');
    } finally {
      await source.destroy();
    }
  }

  interface Scroll {
    readonly frames: number;
    readonly median: number;
    readonly p95: number;
    readonly over50: number;
    readonly worst: number;
    /** Most rows that were in the page at once. */
    readonly most: number;
  }

  /** Scrolls for some seconds as a hand does, and then to the end, page after page. */
  const scrolling = (frame: string, seconds: number) => `new Promise((done) => {
    const frame = ${frame};
    const times = [];
    let most = 0;
    let last = performance.now();
    const until = last + ${seconds * 1000};
    const step = (now) => {
      times.push(now - last);
      last = now;
      frame.scrollBy(0, 120);
      most = Math.max(most, document.querySelectorAll('[data-index]').length);
      if (now < until) return requestAnimationFrame(step);
      times.sort((a, b) => a - b);
      const at = (part) => Math.round(times[Math.floor(times.length * part)] * 10) / 10;
      done({
        frames: times.length,
        median: at(0.5),
        p95: at(0.95),
        over50: times.filter((time) => time > 50).length,
        worst: Math.round(times.at(-1)),
        most,
      });
    };
    requestAnimationFrame(step);
  })`;

  /** To the end, however many pages are on the way; the place of the last row, and most rows that were there. */
  const toTheEnd = (frame: string, rows: string) => `new Promise((done) => {
    const frame = ${frame};
    let most = 0;
    let still = 0;
    const look = () => {
      const end = frame.scrollHeight - frame.clientHeight;
      const rows = [...document.querySelectorAll(${JSON.stringify(rows)})];
      most = Math.max(most, rows.length);
      const hasMore = (frame.closest('.column') ?? document).querySelector('.more') !== null;
      still = !hasMore && Math.abs(frame.scrollTop - end) < 2 ? still + 1 : 0;
      if (still > 5) return done({ last: Math.max(...rows.map((row) => Number(row.dataset.index))), most });
      frame.scrollTo(0, frame.scrollHeight);
      requestAnimationFrame(look);
    };
    look();
  })`;

  /** Pages that a list asked for after its first, and the ids that they brought. */
  function listen(page: Page, path: string, filter = '') {
    const cursors: string[] = [];
    const ids = new Set<string>();
    let read = 0;
    const reading: Promise<unknown>[] = [];
    page.on('response', (response) => {
      const url = new URL(response.url());
      if (url.pathname !== `/api/v1/${path}` || !url.search.includes(filter) || !response.ok()) return;
      const cursor = url.searchParams.get('cursor');
      if (cursor !== null) cursors.push(cursor);
      reading.push(
        response.json().then(({ items }: { items: { id: string }[] }) => {
          if (cursor !== null) read += items.length;
          for (const { id } of items) ids.add(id);
        }),
      );
    });
    return {
      async heard() {
        await Promise.all(reading);
        return { pages: cursors.length, different: new Set(cursors).size, ids: ids.size, read };
      },
    };
  }

  interface List {
    readonly name: string;
    readonly login: string;
    readonly at: string;
    readonly path: string;
    readonly filter?: string;
    readonly sight?: Sight;
    /** What scrolls. */
    readonly frame?: string;
    readonly rows: string;
    readonly count: number;
    /** Rows that are no items: heads of groups. */
    readonly heads?: number;
    /** Items of the first page. */
    readonly first: number;
  }

  const whole = 'document.scrollingElement';
  const column = '.column[aria-labelledby="column-in-progress"] .column-scroll';
  const doing = Array.from({ length: COUNT - 1 }, (_, index) => (index + 1) % 4).filter((n) => n > 1).length;
  const reported = Array.from({ length: COUNT - 1 }, (_, index) => (index + 1) % 4).filter(
    (n) => n === 1,
  ).length;
  const lists: readonly List[] = [
    {
      name: 'table',
      login: 'vanthu',
      at: '/directives',
      path: 'directives',
      rows: 'tr[data-index]',
      count: COUNT,
      first: 100,
    },
    {
      name: 'column',
      login: 'vanthu',
      at: '/directives?show=columns',
      path: 'directives',
      filter: 'state=in-progress',
      frame: `document.querySelector('${column}')`,
      rows: `${column} [data-index]`,
      count: doing,
      first: 50,
    },
    {
      name: 'my work on a phone',
      login: 'kt-cv',
      at: '/work',
      path: 'directives',
      sight: { size: 'phone' },
      rows: '.work-groups [data-index]',
      count: COUNT,
      heads: 2,
      first: 100,
    },
    {
      name: 'verification',
      login: 'vanthu',
      at: '/verification',
      path: 'directives',
      filter: 'state=reported',
      frame: "document.querySelector('.queue-list')",
      rows: '.queue-list [data-index]',
      count: reported,
      first: 100,
    },
    {
      name: 'inbox',
      login: 'kt-cv',
      at: '/inbox',
      path: 'inbox',
      rows: '.messages [data-index]',
      count: COUNT,
      first: 100,
    },
    {
      name: 'standing',
      login: 'vanthu',
      at: '/standing',
      path: 'standing-directives',
      rows: '.directives [data-index]',
      count: COUNT,
      first: 100,
    },
  ];

  it.each(lists)('scrolls through the whole of: $name', async (list) => {
    const { login, at, path, filter, sight = desktop, frame = whole, rows, count, heads = 0, first } = list;
    const reader: Reader = await office.as(login, sight);
    const { page } = reader;
    const heard = listen(page, path, filter);
    const listens = page.waitForResponse(/\/api\/v1\/events/);
    const began = performance.now();
    await reader.goTo(at);
    await page.locator(rows).nth(3).waitFor();
    const shown = Math.round(performance.now() - began);
    await listens;
    const scroll = await page.evaluate<Scroll>(scrolling(frame, 3));
    const since = performance.now();
    const end = await page.evaluate<{ last: number; most: number }>(toTheEnd(frame, rows));
    const took = Math.round(performance.now() - since);
    const { pages, different, ids, read } = await heard.heard();
    process.stdout.write(
      `${list.name}, ${count}: first rows after ${shown} ms; ${JSON.stringify(scroll)}; to the end ${took} ms\n`,
    );
    expect(end.last).toBe(count - 1 + heads);
    expect(ids).toBe(count);
    // Each page after the first came once, and no two of them told of the same one.
    expect([pages, read]).toEqual([different, count - first]);
    expect(Math.max(end.most, scroll.most)).toBeLessThan(MOST_ROWS);
    await reader.leave();
  });
});
