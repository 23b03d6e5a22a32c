import { join } from 'node:path';
import { describeInBrowser, type Sight } from './browser';
import { BrowserOffice } from './browser-office';

const notice = join(__dirname, '../../libs/domain/src/sample/notices/thong-bao-12-giao-ban-thang-11.txt');

/** The main journey of every role, in the order in which a directive lives, through everything that runs in earnest. */
describeInBrowser('the page', () => {
  let office: BrowserOffice;
  const desktop: Sight = { size: 'desktop' };
  const phone: Sight = { size: 'phone' };

  beforeAll(async () => {
    office = await BrowserOffice.open();
  });

  afterAll(async () => {
    await office.close();
  });

  const as = (login: string, sight: Sight) => office.as(login, sight);

  it('offers the people of the sandbox at the door, and lets one in by a touch', async () => {
    const reader = await office.arrive(phone);
    await reader.goTo('/');
    expect(await reader.complaints()).toEqual([]);
    await reader.page.getByRole('button', { name: /Trần Quốc Bảo/ }).click();
    await reader.page.getByRole('heading', { level: 1, name: 'Cần quyết định' }).waitFor();
    expect(new URL(reader.page.url()).pathname).toBe('/decisions');
    await reader.leave();
  });

  it('refuses a wrong password in words, and keeps what was typed', async () => {
    const reader = await office.arrive(desktop);
    await reader.goTo('/');
    await reader.page.getByLabel('Tên đăng nhập').fill('vanthu');
    await reader.page.getByRole('textbox', { name: 'Mật khẩu' }).fill('sai');
    await reader.page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await reader.page.getByRole('alert').getByText('Tên đăng nhập hoặc mật khẩu không đúng.').waitFor();
    expect(await reader.page.getByLabel('Tên đăng nhập').inputValue()).toBe('vanthu');
    await reader.leave();
  });

  it('lets a clerk take in a notice, put right what is open, and assign all of it', async () => {
    const { page, ...clerk } = await taking();
    await page.locator('input[type=file]').setInputFiles(notice);
    await page.getByRole('heading', { level: 1, name: '12/TB-UBND' }).waitFor();
    await page.locator('mark').nth(7).waitFor();
    await clerk.reader.picture('intake');
    expect(await clerk.reader.complaints()).toEqual([]);
    await page.getByRole('button', { name: 'Giao 8 nhiệm vụ' }).click();
    await page
      .getByText('A directive has one lead')
      .or(page.getByText('một cơ quan chủ trì'))
      .first()
      .waitFor();
    await page.getByRole('button', { name: /Phòng Kinh tế chủ trì, còn lại phối hợp/ }).click();
    await page.getByRole('button', { name: /Phòng Kinh tế chủ trì/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Giao 8 nhiệm vụ' }).click();
    await page.getByText('Bản nháp này đã được xác nhận và giao.').waitFor();
    await page.getByRole('link', { name: 'Xem danh sách nhiệm vụ' }).click();
    await page.getByRole('row', { name: /12\/TB-UBND#8/ }).waitFor();
    await clerk.reader.leave();
  });

  async function taking() {
    const reader = await as('vanthu', desktop);
    await reader.goTo('/');
    return { reader, page: reader.page };
  }

  it('shows staff on a phone what is theirs, and takes their report with its file', async () => {
    const reader = await as('kt-cv', phone);
    const { page } = reader;
    await reader.goTo('/work');
    await page.getByRole('link', { name: /rau màu/ }).waitFor();
    expect(await reader.complaints()).toEqual([]);
    await page.getByRole('link', { name: /rau màu/ }).click();
    await page.getByRole('button', { name: 'Nhận việc', exact: true }).click();
    await page.getByRole('form', { name: 'Nhận việc' }).getByRole('button', { name: 'Nhận việc' }).click();
    await page.getByText('Đã nhận việc').waitFor();
    await page.getByRole('button', { name: 'Báo cáo kết quả', exact: true }).click();
    const form = page.getByRole('form', { name: 'Báo cáo kết quả' });
    await form.getByRole('button', { name: 'Báo cáo kết quả' }).click();
    expect(await form.getByText('Cần điền mục này').count()).toBe(3);
    await form.getByLabel('Số, ký hiệu văn bản').fill('31/BC-PKT');
    await form.getByLabel('Ngày văn bản').fill('2026-11-02');
    await form.getByLabel('Tóm tắt kết quả').fill('Đã tổng hợp 42 hộ bị thiệt hại.');
    await form.locator('input[type=file]').setInputFiles({
      name: 'danh-sach.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('42 hộ'),
    });
    await form.getByText('Đã tải lên: danh-sach.txt').waitFor();
    expect(await reader.complaints()).toEqual([]);
    await form.getByRole('button', { name: 'Báo cáo kết quả' }).click();
    await page.locator('.sheet-head').getByText('Phòng Kinh tế đã báo cáo kết quả').waitFor();
    await page.getByRole('link', { name: 'Tải tệp đính kèm' }).waitFor();
    await reader.leave();
  });

  it('tells a clerk live, who verifies what was reported', async () => {
    const reader = await as('vanthu', desktop);
    const { page } = reader;
    await reader.goTo('/verification');
    await page.getByRole('link', { name: /rau màu/ }).click();
    await page.getByRole('button', { name: 'Xác nhận hoàn thành', exact: true }).click();
    const lead = await as('kt-cv', desktop);
    await lead.goTo(new URL(page.url()).pathname);
    await lead.page.getByText('Chờ xác nhận').first().waitFor();
    await page
      .getByRole('form', { name: 'Xác nhận hoàn thành' })
      .getByRole('button', { name: 'Xác nhận hoàn thành' })
      .click();
    // The lead touches nothing: the news come by themselves.
    await lead.page.getByText('Phòng Kinh tế đã hoàn thành đúng hạn.').first().waitFor();
    await Promise.all([reader.leave(), lead.leave()]);
  });

  it('moves the clock, and brings what is overdue before the leader, who decides by one touch', async () => {
    const moved = await office.system.command(['clock', 'advance', '11wd']);
    expect(moved).toMatchObject({ code: 0 });
    const reader = await as('pct-vanxa', phone);
    const { page } = reader;
    await reader.goTo('/decisions');
    await page.getByRole('button', { name: 'Đôn đốc lần nữa' }).first().waitFor();
    await page
      .getByText(/quá hạn \d+ ngày làm việc/)
      .first()
      .waitFor();
    expect(await reader.complaints()).toEqual([]);
    await reader.picture('decisions-phone');
    const before = await page.getByRole('button', { name: 'Đôn đốc lần nữa' }).count();
    await page.getByRole('button', { name: 'Đôn đốc lần nữa' }).first().click();
    await page.getByText('Đã quyết định: Đôn đốc lần nữa').waitFor();
    await page.getByRole('heading', { name: 'Đã quyết định gần đây' }).waitFor();
    expect(await page.getByRole('button', { name: 'Đôn đốc lần nữa' }).count()).toBe(before - 1);
    await reader.leave();
  });

  it('moves the clock by its own button', async () => {
    const reader = await as('vanthu', desktop);
    await reader.goTo('/inbox');
    await reader.page.getByRole('button', { name: 'Tới sự kiện kế tiếp' }).click();
    await reader.page.getByText(/Đồng hồ đã tới/).waitFor();
    await reader.leave();
  });

  it('leads from a number of the overview to the list behind it', async () => {
    const reader = await as('chutich', desktop);
    const { page } = reader;
    await reader.goTo('/overview');
    const overdue = page.getByRole('link', { name: /Quá hạn/ }).first();
    const count = Number.parseInt((await overdue.textContent()) ?? '', 10);
    expect(count).toBeGreaterThan(0);
    await reader.picture('overview');
    await overdue.click();
    await page.getByRole('heading', { level: 1, name: 'Theo dõi nhiệm vụ' }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.getByRole('row').count()).toBe(count + 1);
    await reader.leave();
  });

  it('sends once what was sent into a cut connection, and keeps what was typed', async () => {
    const reader = await as('chutich', desktop);
    const { page } = reader;
    await reader.goTo('/directives?lateness=overdue');
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('button', { name: 'Đôn đốc', exact: true }).click();
    const form = page.getByRole('form', { name: 'Đôn đốc' });
    await form.getByLabel('Nội dung nhắc').fill('Báo cáo ngay trong tuần.');
    const keys: string[] = [];
    let cuts = 2;
    await page.route('**/urge', async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      cuts -= 1;
      if (cuts < 0) return route.continue();
      // The first arrives, but its answer is lost.
      if (cuts === 1) await route.fetch();
      return route.abort('connectionreset');
    });
    await form.getByRole('button', { name: 'Đôn đốc' }).click();
    await page.getByText('Đã gửi lời đôn đốc').waitFor();
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
    await page.getByText('Báo cáo ngay trong tuần.').first().waitFor();
    await reader.leave();
  });

  const places: readonly (readonly [string, string])[] = [
    ['chutich', '/decisions'],
    ['chutich', '/overview'],
    ['chutich', '/directives'],
    ['vanthu', '/intake'],
    ['vanthu', '/verification'],
    ['vanthu', '/inbox'],
    ['kt-cv', '/work'],
    ['quantri', '/office'],
  ];

  const sights: readonly Sight[] = [
    { size: 'desktop', scheme: 'dark' },
    { size: 'phone', scheme: 'light', language: 'en' },
  ];

  it.each(sights)(
    'is open to everybody on every page: %j',
    async (sight) => {
      for (const login of new Set(places.map(([who]) => who))) {
        const reader = await as(login, sight);
        for (const [who, path] of places) {
          if (who !== login) continue;
          await reader.goTo(path);
          await reader.page.waitForLoadState('load');
          expect([path, await reader.complaints()]).toEqual([path, []]);
        }
        if (login === 'kt-cv') {
          await reader.page.getByRole('main').getByRole('link').first().click();
          await reader.page.locator('article').waitFor();
          expect(['directive', await reader.complaints()]).toEqual(['directive', []]);
          if (sight.language === undefined) await reader.picture('directive-dark');
        }
        await reader.leave();
      }
    },
    240_000,
  );

  it('can be walked through by keyboard', async () => {
    const reader = await as('kt-cv', desktop);
    const { page } = reader;
    await reader.goTo('/work');
    await page.getByRole('main').getByRole('link').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Tới nội dung chính');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('article').waitFor();
    await reader.picture('directive');
    await reader.leave();
  });
});
