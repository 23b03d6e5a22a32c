import { type Locator, type Page } from 'playwright-core';
import { sampleId } from '@dondoc/domain/organizations/sample-office';
import { describeInBrowser, type Sight } from './browser';
import { BrowserOffice } from './browser-office';

/** What clerks and staff do beside the main journey: they ask each other, hand on, and deal with many at once. */
describeInBrowser('the desk', () => {
  let office: BrowserOffice;
  let given: readonly string[] = [];
  const desktop: Sight = { size: 'desktop' };
  const phone: Sight = { size: 'phone' };

  const agency = (key: string) => sampleId('agency', key);

  beforeAll(async () => {
    office = await BrowserOffice.open();
    given = await give([
      ['Rà soát các điểm sạt lở ven suối Nậm Tha', 'kinh-te', ['cong-an', 'tram-y-te'], '2026-11-20'],
      ['Tổ chức thu gom rác tại chợ trung tâm', 'kinh-te', ['van-hoa-xa-hoi'], '2026-11-12'],
      ['Lập danh sách hộ cần hỗ trợ', 'van-hoa-xa-hoi', [], '2026-11-27'],
      ['Trực bảo vệ đê trong mùa mưa', 'cong-an', [], null],
    ]);
  });

  afterAll(async () => {
    await office.close();
  });

  type Given = readonly [text: string, lead: string, coordinating: readonly string[], date: string | null];

  /** Directives that the chair gave by word of mouth, entered and confirmed by the clerk. */
  const give = (items: readonly Given[]) =>
    office.give(
      'chutich',
      items.map(([text, lead, coordinating, date]) => ({
        text,
        lead: [agency(lead)],
        coordinating: coordinating.map(agency),
        deadline: date === null ? null : { phrase: null, date },
      })),
      'GB-01',
    );

  const as = (login: string, sight: Sight) => office.as(login, sight);
  const landslides = () => `/directives/${given[0] ?? ''}`;

  it('lets the lead ask for opinions, and an agency reply with remarks', async () => {
    const lead = await as('kt-cv', desktop);
    await lead.goTo(landslides());
    const { page } = lead;
    await page.getByRole('button', { name: 'Lấy ý kiến phối hợp' }).click();
    const form = page.getByRole('form', { name: 'Lấy ý kiến phối hợp' });
    await form.getByLabel('Hỏi cơ quan').click();
    await form.getByLabel('Hỏi cơ quan').fill('cong an');
    await page.getByRole('option', { name: 'Công an xã' }).click();
    await page.keyboard.press('Escape');
    await form.getByLabel('Cần ý kiến về điều gì').fill('Phương án cảnh báo ban đêm đã đủ chưa?');
    await form.getByRole('button', { name: 'Lấy ý kiến phối hợp' }).click();
    await page.getByText('Lấy ý kiến Công an xã', { exact: true }).waitFor();
    await page.getByText(/việc bạn chưa làm được/).click();
    await page.getByText('Việc của thủ trưởng cơ quan chủ trì.').first().waitFor();
    expect(await lead.complaints()).toEqual([]);
    await lead.picture('desk-matters');
    const asked = await as('ca-cv', phone);
    await asked.goTo(landslides());
    await asked.page.getByRole('button', { name: 'Trả lời ý kiến' }).click();
    const reply = asked.page.getByRole('form', { name: 'Trả lời ý kiến' });
    await reply.getByRole('radio', { name: 'Đồng ý, có góp ý' }).check();
    await reply.getByRole('button', { name: 'Trả lời ý kiến' }).click();
    await reply
      .getByText(/cần|Cần/)
      .first()
      .waitFor();
    await reply.getByLabel(/Nội dung góp ý/).fill('Bổ sung loa tay cho thôn Pá Lay.');
    await asked.picture('desk-reply-phone');
    expect(await asked.complaints()).toEqual([]);
    await reply.getByRole('button', { name: 'Trả lời ý kiến' }).click();
    await page.getByText('Bổ sung loa tay cho thôn Pá Lay.').waitFor();
    await Promise.all([lead.leave(), asked.leave()]);
  });

  it('takes a leader’s question to the head of the lead, and the answer back', async () => {
    const leader = await as('chutich', phone);
    await leader.goTo(landslides());
    await leader.page.getByRole('button', { name: 'Yêu cầu giải trình' }).click();
    const demand = leader.page.getByRole('form', { name: 'Yêu cầu giải trình' });
    await demand.getByLabel('Yêu cầu giải trình điều gì').fill('Vì sao chưa có số liệu của hai thôn?');
    await demand.getByRole('button', { name: 'Yêu cầu giải trình' }).click();
    await leader.page.getByText('Phòng Kinh tế giải trình', { exact: true }).waitFor();
    const head = await as('kt-truong', desktop);
    await head.goTo(landslides());
    await head.page.getByRole('button', { name: 'Gửi giải trình' }).click();
    const form = head.page.getByRole('form', { name: 'Gửi giải trình' });
    await form.getByLabel('Nội dung giải trình').fill('Hai thôn bị cắt đường; có số liệu trước thứ Sáu.');
    await form.getByRole('button', { name: 'Gửi giải trình' }).click();
    await leader.page.getByRole('button', { name: 'Chấp nhận giải trình' }).click();
    await leader.page
      .getByRole('form', { name: 'Chấp nhận giải trình' })
      .getByRole('button', { name: 'Chấp nhận giải trình' })
      .click();
    await head.page.getByText('Đã chấp nhận').waitFor();
    await Promise.all([leader.leave(), head.leave()]);
  });

  it('hands a directive on to an agency under the lead, and shows where it went', async () => {
    const head = await as('kt-truong', desktop);
    const { page } = head;
    await head.goTo(landslides());
    await page.getByRole('button', { name: 'Giao tiếp cấp dưới' }).click();
    const form = page.getByRole('form', { name: 'Giao tiếp cấp dưới' });
    await form.getByRole('button', { name: 'Chọn cả 2 cơ quan' }).click();
    await form
      .getByLabel(/Hạn riêng/)
      .first()
      .fill('2026-11-18');
    await head.picture('desk-hand-on');
    expect(await head.complaints()).toEqual([]);
    await form.getByRole('button', { name: 'Giao tiếp cấp dưới' }).click();
    await page.getByRole('heading', { name: 'Nhiệm vụ liên quan' }).waitFor();
    expect(await page.getByText(/^Giao tiếp cho /).count()).toBe(2);
    await head.leave();
  });

  it('shows two people who act at once what the other did, and keeps what was typed', async () => {
    const [first, second] = [await as('kt-cv', desktop), await as('kt-truong', desktop)];
    await Promise.all([first.goTo(landslides()), second.goTo(landslides())]);
    await first.page.getByRole('button', { name: 'Trả lại', exact: true }).click();
    const form = first.page.getByRole('form', { name: 'Trả lại' });
    await form.getByLabel('Lý do').fill('Việc này của Phòng Văn hóa.');
    await second.page.getByRole('button', { name: 'Nhận việc', exact: true }).click();
    const accept = second.page.getByRole('form', { name: 'Nhận việc' });
    await accept.getByRole('button', { name: 'Nhận việc' }).click();
    await first.page.getByText(/Bùi Văn Nam – Nhận việc/).waitFor();
    expect(await form.getByLabel('Lý do').inputValue()).toBe('Việc này của Phòng Văn hóa.');
    await Promise.all([first.leave(), second.leave()]);
  });

  it('enters by hand what was said, with the day that its words mean', async () => {
    const clerk = await as('vanthu', desktop);
    const { page } = clerk;
    await clerk.goTo('/intake/by-hand');
    await page.getByRole('combobox', { name: 'Lãnh đạo giao' }).fill('le thi');
    await page.getByRole('option', { name: /Lê Thị Thu Hà/ }).click();
    await page.getByLabel('Nội dung').fill('Kiểm tra kho lương thực dự trữ của xã');
    await page.getByRole('combobox', { name: 'Chủ trì' }).fill('y te');
    await page.getByRole('option', { name: 'Trạm Y tế xã' }).click();
    await page.getByLabel(/Hạn, như lời giao/).fill('trong 5 ngày làm việc');
    await page.getByText('Hạn là Thứ Hai, 09/11/2026').waitFor();
    await page.getByText('Vì sao là ngày này?').click();
    await clerk.picture('desk-by-hand');
    expect(await clerk.complaints()).toEqual([]);
    await page.getByRole('button', { name: 'Giao 1 nhiệm vụ' }).click();
    await page.getByRole('row', { name: /kho lương thực/ }).waitFor();
    await clerk.leave();
  });

  it('keeps a view, and does one thing with many, each with its own answer', async () => {
    const leader = await as('chutich', desktop);
    const { page } = leader;
    await leader.goTo('/directives');
    await page.getByLabel(/Tìm theo nội dung/).fill('phong kinh te');
    await page.getByRole('row', { name: /thu gom rác/ }).waitFor();
    await page.getByRole('row', { name: /đê/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Lưu bộ lọc' }).click();
    await page.getByLabel('Tên bộ lọc').fill('Của Phòng Kinh tế');
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByRole('button', { name: 'Của Phòng Kinh tế' }).waitFor();
    await page.getByLabel(/Chọn cả 2/).check();
    await page.getByRole('button', { name: /^Đôn đốc/ }).click();
    await leader.picture('desk-bulk');
    await page.getByLabel('Nội dung nhắc').fill('Báo cáo trước giao ban.');
    const keys: string[] = [];
    await page.route('**/urge', async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      if (keys.length > 1) return route.continue();
      // It arrives, but its answer is lost.
      await route.fetch();
      return route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Đôn đốc (2)' }).click();
    await page.getByText('Xong 2 trong 2; 0 không được').waitFor();
    expect([keys.length, new Set(keys).size]).toEqual([3, 2]);
    expect(await leader.complaints()).toEqual([]);
    await leader.leave();
  });

  it('shows the board as columns, where a card moves by an act that is allowed', async () => {
    const head = await as('vhxh-truong', desktop);
    const { page } = head;
    await head.goTo('/directives?show=columns');
    const card = page.getByRole('listitem').filter({ hasText: 'hộ cần hỗ trợ' });
    await card.waitFor();
    expect(await head.complaints()).toEqual([]);
    await card.getByRole('button', { name: /Thao tác với/ }).press('Enter');
    await page.getByRole('menuitem', { name: 'Nhận việc' }).press('Enter');
    const form = page.getByRole('form', { name: 'Nhận việc' });
    await form.getByRole('button', { name: 'Nhận việc' }).click();
    const doing = page.getByRole('region', { name: /Đang làm/ });
    await doing.getByText('Lập danh sách hộ cần hỗ trợ').waitFor();
    // For a moment it may stand in the column it came from as well: each is read by itself.
    await doing
      .getByRole('listitem')
      .filter({ hasText: 'hộ cần hỗ trợ' })
      .dragTo(page.getByRole('region', { name: /Hoàn thành/ }));
    await page.getByText('Chưa chuyển được sang cột này').waitFor();
    await page.keyboard.press('Escape');
    await head.picture('desk-columns');
    await head.leave();
  });

  it('takes the clerk through what was reported by the keyboard alone', async () => {
    const report = { number: '12/BC-VHXH', date: '2026-11-02', summary: 'Có 31 hộ, danh sách kèm theo.' };
    const sent = await office.http.as('vhxh-cv', 'POST', `/directives/${given[2] ?? ''}/report`, {
      body: { result: report },
    });
    expect(sent.status).toBe(200);
    await office.http.as('vhxh-truong', 'POST', `/directives/${given[2] ?? ''}/approve-report`);
    const clerk = await as('vanthu', desktop);
    const { page } = clerk;
    await clerk.goTo('/verification');
    await page.getByRole('listbox').focus();
    await page.getByText('Có 31 hộ, danh sách kèm theo.').waitFor();
    await page.keyboard.press('s');
    await page.getByRole('form', { name: 'Yêu cầu làm tiếp' }).waitFor();
    await clerk.picture('desk-verification');
    expect(await clerk.complaints()).toEqual([]);
    await page.getByRole('listbox').focus();
    await page.keyboard.press('v');
    await page.getByRole('form', { name: 'Xác nhận hoàn thành' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Không có báo cáo nào chờ xác nhận').waitFor();
    await clerk.leave();
  });

  it('gives a standing directive, and prints what the weekly meeting goes through', async () => {
    const clerk = await as('vanthu', desktop);
    const { page } = clerk;
    await clerk.goTo('/standing');
    await page.getByRole('button', { name: 'Giao nhiệm vụ thường xuyên' }).click();
    await page.getByLabel('Nội dung').fill('Duy trì trực tiếp công dân hằng ngày');
    await page.getByRole('combobox', { name: 'Chủ trì' }).fill('hanh chinh cong');
    await page.getByRole('option', { name: /hành chính công/ }).click();
    await page.getByRole('checkbox', { name: 'Báo cáo tháng' }).check();
    expect(await clerk.complaints()).toEqual([]);
    await page.getByRole('button', { name: 'Giao nhiệm vụ thường xuyên' }).click();
    await page.getByRole('link', { name: 'Duy trì trực tiếp công dân hằng ngày' }).first().waitFor();
    await clerk.picture('desk-standing');
    await page.getByRole('link', { name: 'Duy trì trực tiếp công dân hằng ngày' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Duy trì trực tiếp công dân hằng ngày' }).waitFor();
    expect(await clerk.complaints()).toEqual([]);
    await clerk.picture('desk-standing-one');
    await clerk.goTo('/digest');
    await page.getByText('Đang thực hiện').waitFor();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    expect(await clerk.complaints()).toEqual([]);
    await clerk.picture('desk-digest');
    await clerk.leave();
  });

  /**
   * Presses while the server keeps its answer back: what is sent shows before it comes, and is done only after.
   * @returns milliseconds from the press to the sign of sending
   */
  async function sendsBeforeItIsDone(
    page: Page,
    [path, press, sign, done]: readonly [
      path: string,
      press: () => Promise<void>,
      sign: string,
      done: Locator,
    ],
  ): Promise<number> {
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route(path, async (route) => {
      await answered;
      return route.continue();
    });
    await page.evaluate(`(() => {
      window.sendingSeen = new Promise((seen) => {
        addEventListener('click', () => {
          const began = performance.now();
          const look = () => document.querySelector(${JSON.stringify(sign)}) && seen(performance.now() - began);
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
        }, { capture: true, once: true });
      });
    })()`);
    await press();
    const shown = await page.evaluate<number>('window.sendingSeen');
    expect(await page.locator(sign).count()).toBeGreaterThan(0);
    expect(await done.count()).toBe(0);
    answer();
    await done.waitFor();
    await page.unroute(path);
    return Math.round(shown);
  }

  it('shows that it sends before the answer comes, and that it is done only after', async () => {
    const [staff, clerk] = [await as('kt-cv', phone), await as('vanthu', desktop)];
    await staff.goTo(`/directives/${given[1] ?? ''}`);
    await staff.page.getByRole('button', { name: 'Nhận việc', exact: true }).click();
    const accept = staff.page
      .getByRole('form', { name: 'Nhận việc' })
      .getByRole('button', { name: 'Nhận việc' });
    const accepted = await sendsBeforeItIsDone(staff.page, [
      '**/accept',
      () => accept.click(),
      'form [data-loading]',
      staff.page.getByText('Đã nhận việc', { exact: true }),
    ]);
    const { page } = clerk;
    await clerk.goTo('/intake');
    await page.getByText('Dán văn bản').click();
    await page
      .getByLabel('Nội dung')
      .fill('1. Phòng Kinh tế kiểm tra cống thôn Đông, báo cáo trước ngày 20/11/2026.');
    const read = await sendsBeforeItIsDone(page, [
      '**/api/v1/documents',
      () => page.getByRole('button', { name: 'Tách nhiệm vụ' }).click(),
      '.arrival [role=status]',
      page.getByRole('button', { name: /^Giao \d/ }),
    ]);
    const assigned = await sendsBeforeItIsDone(page, [
      '**/confirm',
      () => page.getByRole('button', { name: /^Giao \d/ }).click(),
      '.draft-confirm [data-loading]',
      page
        .getByText('Bản nháp này đã được xác nhận và giao.')
        .or(page.locator('.draft-confirm [role=alert]')),
    ]);
    process.stdout.write(
      `from a press to the sign of sending: accept ${accepted} ms, intake ${read} ms, assign ${assigned} ms\n`,
    );
    await Promise.all([staff.leave(), clerk.leave()]);
  });

  it('tells which days narrow the board, and drops them alone', async () => {
    const clerk = await as('vanthu', desktop);
    const { page } = clerk;
    await clerk.goTo('/directives?dueFrom=2026-11-20&dueTo=2026-11-20&lead=' + agency('kinh-te'));
    await page
      .getByRole('row', { name: /sạt lở/ })
      .first()
      .waitFor();
    await page.getByRole('row', { name: /thu gom rác/ }).waitFor({ state: 'detached' });
    expect(await clerk.complaints()).toEqual([]);
    await clerk.picture('desk-days');
    await page.getByRole('button', { name: 'Bỏ điều kiện “Hạn: 20/11/2026”' }).click();
    await page.getByRole('row', { name: /thu gom rác/ }).waitFor();
    expect(page.url()).toContain('lead=');
    await clerk.leave();
  });
});
