import { sampleId } from '@dondoc/domain/organizations/sample-office';
import { describeInBrowser, type Sight } from './browser';
import { BrowserOffice } from './browser-office';

interface Listed {
  readonly items: readonly { readonly id: string; readonly text: string }[];
}

/** Longer than elsewhere: the tour moves the clock by weeks. */
jest.setTimeout(180_000);

/** What a leader decides on a phone and takes back, and what they see on a large screen. */
describeInBrowser('the page for leaders', () => {
  let office: BrowserOffice;
  const phone: Sight = { size: 'phone' };
  const desktop: Sight = { size: 'desktop' };

  beforeAll(async () => {
    office = await BrowserOffice.open({ environment: { UNDO_SECONDS: '60' } });
    await givenWork();
  });

  afterAll(async () => {
    await office.close();
  });

  /** Three that will be late, and one for which more time is asked in time. */
  async function givenWork(): Promise<void> {
    const item = (text: string, lead: string, date: string) => ({
      text,
      lead: [sampleId('agency', lead)],
      deadline: { phrase: null, date },
    });
    const items = [
      item('Rà soát, lập danh sách hộ nghèo, cận nghèo của xã.', 'kinh-te', '2026-11-06'),
      item('Kiểm tra, sửa chữa cống tiêu úng tại thôn Đông trước mùa mưa.', 'kinh-te', '2026-11-06'),
      item('Tổ chức thu gom rác thải tồn đọng dọc tuyến kênh chính.', 'kinh-te', '2026-11-06'),
      item('Lập kế hoạch sản xuất vụ Đông Xuân 2026–2027.', 'kinh-te', '2026-12-11'),
    ];
    await office.give('pct-kinhte', items);
    await office.system.command(['clock', 'advance', '9wd']);
    const { items: given } = await office.http.get<Listed>('kt-cv', '/directives?limit=50');
    const plan = given.find(({ text }) => text.startsWith('Lập kế hoạch'));
    await office.http.as('kt-cv', 'POST', `/directives/${plan?.id ?? ''}/request-extension`, {
      body: {
        deadline: { date: '2026-12-18' },
        reason: 'Chờ kết quả khảo nghiệm giống lúa của tỉnh.',
        done: 'Đã thống nhất cơ cấu giống với 8/10 thôn.',
      },
    });
  }

  const as = (login: string, sight: Sight) => office.as(login, sight);

  it('takes a decision back within its seconds, on whatever page they are', async () => {
    const reader = await as('pct-kinhte', phone);
    const { page } = reader;
    await reader.goTo('/decisions');
    const urge = page.getByRole('button', { name: 'Đôn đốc lần nữa' });
    await urge.nth(2).waitFor();
    expect(await reader.complaints()).toEqual([]);
    await urge.first().click();
    const bar = page.getByRole('status', { name: 'Hoàn tác' });
    await bar.getByText('Đã quyết định: Đôn đốc lần nữa').waitFor();
    await urge.nth(2).waitFor({ state: 'detached' });
    expect(await reader.complaints()).toEqual([]);
    await reader.picture('undo-phone');
    await page.getByRole('link', { name: 'Theo dõi nhiệm vụ' }).first().click();
    await bar.getByRole('button', { name: 'Hoàn tác' }).click();
    await page.getByText('chưa ai nhận được thông báo nào').waitFor();
    await page.goBack();
    await urge.nth(2).waitFor();
    await reader.leave();
  });

  it('decides several of one agency by one decision', async () => {
    const reader = await as('pct-kinhte', desktop);
    const { page } = reader;
    await reader.goTo('/decisions');
    await page.getByRole('button', { name: 'Quyết định chung' }).click();
    const form = page.getByRole('form', { name: /Một quyết định cho nhiều việc/ });
    await form.getByLabel(/thu gom rác/).uncheck();
    await form.getByText('Áp dụng cho 2 trong 3 việc').waitFor();
    await form.getByLabel('Quyết định', { exact: true }).selectOption('Yêu cầu giải trình');
    await form.getByRole('button', { name: 'Quyết định' }).click();
    await form.getByText('Cần điền mục này').waitFor();
    expect(await reader.complaints()).toEqual([]);
    await reader.picture('decide-together');
    await form.getByLabel('Yêu cầu giải trình điều gì').fill('Vì sao chậm, khi nào xong?');
    await form.getByRole('button', { name: 'Quyết định' }).click();
    await page.getByText('Đã quyết định 2 việc: Yêu cầu giải trình').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Đôn đốc lần nữa' }).nth(2).waitFor();
    await reader.leave();
  });

  it('grants more time by a touch', async () => {
    const reader = await as('pct-kinhte', phone);
    const { page } = reader;
    await reader.goTo('/decisions');
    await page.getByText('Đề nghị gia hạn đến 18/12/2026; hạn đang có 11/12/2026.').waitFor();
    await page.getByRole('button', { name: 'Đồng ý đến 18/12/2026' }).click();
    await page.getByText('Đã quyết định: Đồng ý gia hạn').waitFor();
    await page.getByText('Đề nghị gia hạn đến 18/12/2026').waitFor({ state: 'detached' });
    await reader.leave();
  });

  it.each<Sight>([desktop, { size: 'phone', scheme: 'dark', language: 'en' }])(
    'shows how it goes, and leads from each number to its list: %j',
    async (sight) => {
      const reader = await as('chutich', sight);
      const { page } = reader;
      await reader.goTo('/overview');
      await page.locator('.coming').waitFor();
      expect(await reader.complaints()).toEqual([]);
      if (sight.size === 'phone') await reader.picture('overview-phone-dark');
      const link = page.locator('.ageing a').first();
      const count = Number.parseInt((await link.textContent()) ?? '', 10);
      await link.click();
      await page.waitForURL(/dueFrom=/);
      // Rows out of sight leave a gap that is none of them.
      const rows = '[data-index]';
      await page.locator(rows).first().waitFor();
      expect(await page.locator(rows).count()).toBe(count);
      await reader.leave();
    },
  );

  it('leads a newcomer from the door to a decision, and goes on where it was left', async () => {
    const reader = await office.arrive(phone);
    const { page } = reader;
    await reader.goTo('/');
    await page.getByRole('button', { name: 'Bắt đầu hướng dẫn nhanh' }).press('Enter');
    await page.getByRole('button', { name: 'Ghi bản nháp mẫu' }).click();
    await page.getByRole('heading', { name: 'Xem lại rồi giao' }).waitFor();
    await page.getByRole('button', { name: /^Giao (1 )?nhiệm vụ/ }).waitFor();
    expect(await reader.complaints()).toEqual([]);
    await reader.picture('tour-phone');
    await page.reload();
    await page.getByRole('button', { name: /^Giao (1 )?nhiệm vụ/ }).click();
    await page.getByRole('button', { name: 'Dời 13 ngày làm việc' }).click();
    // Everything of thirteen working days happens before this is there.
    await page.getByRole('button', { name: 'Vào vai Phó Chủ tịch' }).click({ timeout: 120_000 });
    await page.getByRole('heading', { name: 'Quyết định bằng một chạm' }).waitFor();
    await page.getByRole('button', { name: 'Đôn đốc lần nữa' }).first().click();
    await page.getByRole('heading', { name: 'Xong: việc đã có quyết định' }).waitFor();
    expect(await reader.complaints()).toEqual([]);
    await page.getByRole('button', { name: 'Kết thúc, xem tổng quan' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tổng quan' }).waitFor();
    expect(await page.getByRole('region', { name: 'Hướng dẫn nhanh' }).count()).toBe(0);
    await reader.leave();
  });
});
