import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { describeInBrowser, type Reader } from './browser';
import { BrowserOffice } from './browser-office';

jest.setTimeout(240_000);

const notice = join(__dirname, 'notices/thong-bao-21-giao-ban-thang-11.txt');

/** What a hand and a head need for what was done here, by the keystroke-level model: an estimate, not a measurement. */
const SECONDS = { key: 0.2, pointing: 1.1, decision: 1.35 } as const;

/** A clerk at work: does as they would, and counts. */
class Clerk {
  keys = 0;
  pointings = 0;
  decisions = 0;

  constructor(private readonly page: Page) {}

  decide(): void {
    this.decisions += 1;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.keys += key.split('+').length;
      await this.page.keyboard.press(key);
    }
  }

  async write(text: string): Promise<void> {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }

  async click(name: string | RegExp): Promise<void> {
    this.pointings += 1;
    await this.page.getByRole('button', { name }).click();
  }

  async type(label: string, text: string): Promise<void> {
    this.pointings += 1;
    this.keys += text.length;
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  async choose(label: string, option: string): Promise<void> {
    this.pointings += 2;
    await this.page.getByLabel(label, { exact: true }).selectOption(option);
  }

  /** Draws the mouse over words of the document. */
  async select(words: string): Promise<void> {
    const ends = await this.page.evaluate<readonly { x: number; y: number }[]>(`(() => {
      const words = ${JSON.stringify(words)};
      for (const piece of document.querySelectorAll('[data-start]')) {
        const at = piece.textContent.indexOf(words);
        if (at < 0) continue;
        piece.scrollIntoView({ block: 'center' });
        const range = document.createRange();
        range.setStart(piece.firstChild, at);
        range.setEnd(piece.firstChild, at + words.length);
        const boxes = [...range.getClientRects()];
        const [first, last] = [boxes[0], boxes.at(-1)];
        return [
          { x: first.left + 1, y: first.top + first.height / 2 },
          { x: last.right - 1, y: last.top + last.height / 2 },
        ];
      }
      return [];
    })()`);
    const [from, to] = ends;
    if (!from || !to) throw new Error(`The document has no words ${words}.`);
    this.pointings += 2;
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
    await this.page.mouse.up();
  }

  estimate(): number {
    return Math.round(
      this.keys * SECONDS.key + this.pointings * SECONDS.pointing + this.decisions * SECONDS.decision,
    );
  }
}

/** A notice of fourteen directives, from its file to what is assigned. */
describeInBrowser('the intake workspace', () => {
  let office: BrowserOffice;
  let reader: Reader;

  beforeAll(async () => {
    office = await BrowserOffice.open({ worker: false });
    reader = await office.as('vanthu', { size: 'desktop' });
  });

  afterAll(async () => {
    await office.close();
  });

  const item = (number: number) => reader.page.locator('.draft-item').nth(number - 1);

  it('sends a cut upload again under the same key, and receives the notice once', async () => {
    const { page } = reader;
    await reader.goTo('/intake');
    const keys: string[] = [];
    await page.route('**/api/v1/documents', async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '');
      if (keys.length > 2) return route.continue();
      // The second arrives, but its answer is lost.
      if (keys.length === 2) await route.fetch();
      return route.abort('connectionreset');
    });
    await page.locator('input[type=file]').setInputFiles(notice);
    await page.getByRole('heading', { level: 1, name: '21/TB-UBND' }).waitFor();
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
    await page.unroute('**/api/v1/documents');
    const { items } = await office.http.get<{ items: unknown[] }>('vanthu', '/drafts');
    expect(items).toHaveLength(1);
  });

  it('shows in the notice who leads, who else and by when, and leaves the keys of one letter to be turned off', async () => {
    const { page } = reader;
    const first = page.locator('mark').nth(1);
    expect(await first.locator('.mention-lead').allTextContents()).toEqual(['Phòng Văn hóa - Xã hội']);
    expect(await first.locator('.mention-coordinating').allTextContents()).toEqual(['Trạm Y tế xã']);
    expect((await first.locator('.mention-deadline').allTextContents()).join()).toContain('12/11/2026');
    await reader.picture('intake-workspace');
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Phím tắt của trang này' });
    expect(await sheet.getByText('Mục cần xem kế tiếp').count()).toBe(1);
    expect(await reader.complaints()).toEqual([]);
    await reader.picture('intake-keys');
    await sheet.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await item(1).locator('[data-edit]').focus();
    await page.keyboard.press('e');
    expect(await page.locator('.draft-item form').count()).toBe(0);
    await page.keyboard.press('ArrowDown');
    await item(2).locator('[data-edit]:focus').waitFor();
    await page.getByRole('button', { name: 'Phím tắt' }).click();
    await sheet.getByRole('checkbox').check();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  it('takes fourteen directives from the file to the agencies in less than three minutes', async () => {
    const { page } = reader;
    const clerk = new Clerk(page);
    const began = performance.now();
    const settled = async (selector: string, count: number) => {
      if (count > 0)
        await page
          .locator(selector)
          .nth(count - 1)
          .waitFor();
      await page.locator(selector).nth(count).waitFor({ state: 'detached' });
    };
    await page.reload();
    // The file is found and let go over the page.
    clerk.decide();
    clerk.pointings += 2;
    await page.locator('.draft-item').nth(12).waitFor();
    // Each of the items is looked over beside its words.
    for (let number = 1; number <= 14; number += 1) clerk.decide();

    // A name that the directory has otherwise: the agency that it proposes first.
    clerk.decide();
    expect(await item(5).getByText('Cơ quan lạ').count()).toBe(1);
    await clerk.press('n', '1');
    await settled('.open-name', 0);
    expect(await item(5).locator('dd').first().textContent()).toBe('Phòng Kinh tế');

    // Two with several leads: the one who is named first leads the one, and the second the other.
    clerk.decide();
    await clerk.press('n', '1');
    await item(6).getByText('Nhiều chủ trì').waitFor({ state: 'detached' });
    clerk.decide();
    await clerk.press('n', '2');
    await item(10).getByText('Nhiều chủ trì').waitFor({ state: 'detached' });
    expect(await item(10).locator('dd').first().textContent()).toBe('Ban Chỉ huy Quân sự xã');

    // One was not seen as an order: its words are selected, and read again for who and by when.
    clerk.decide();
    await clerk.select(
      'Trạm Y tế xã dự trữ thuốc và hóa chất khử khuẩn cho các thôn ven sông, báo cáo trước ngày 18/11/2026.',
    );
    await clerk.click('Thêm đoạn đang chọn');
    await settled('.draft-item', 14);
    expect(await item(6).locator('dd').allTextContents()).toEqual(['Chưa rõ chủ trì', 'Thứ Ba, 17/11/2026']);
    // Who leads was not seen in them: found without marks.
    clerk.decide();
    await clerk.press('n', 'e', 'Tab');
    await clerk.write('y te');
    await clerk.press('ArrowDown', 'Enter', 'Control+Enter');
    await settled('.draft-item form', 0);
    expect(await item(6).locator('dd').first().textContent()).toBe('Trạm Y tế xã');

    // One without a day is a task that is done this week.
    clerk.decide();
    await item(9).locator('[data-edit]').focus();
    await clerk.press('e');
    await clerk.choose('Loại', 'task');
    await clerk.type('Hạn', '2026-11-06');
    await clerk.click('Lưu');
    await settled('.draft-item form', 0);
    await item(9).locator('[data-edit]:focus').waitFor();

    // One is urgent.
    clerk.decide();
    await clerk.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'e');
    await clerk.choose('Độ khẩn', 'urgent');
    await clerk.click('Lưu');
    await settled('.draft-item form', 0);

    clerk.decide();
    await reader.picture('intake-ready');
    expect(await reader.complaints()).toEqual([]);
    await item(12).locator('[data-edit]').focus();
    await clerk.press('Control+Enter');
    await page.getByText('Bản nháp này đã được xác nhận và giao.').waitFor();
    const machine = (performance.now() - began) / 1000;
    const { items } = await office.http.get<{ items: { lead: { name: string }; urgency: string }[] }>(
      'vanthu',
      '/directives?limit=50',
    );
    expect(items).toHaveLength(14);
    expect(items.filter(({ urgency }) => urgency === 'urgent')).toHaveLength(1);
    const estimate = clerk.estimate();
    process.stdout.write(
      `fourteen directives: ${clerk.pointings} pointings, ${clerk.keys} keys, ${clerk.decisions} decisions: ` +
        `an estimated ${estimate} s of a person; ${machine.toFixed(1)} s here\n`,
    );
    expect(estimate).toBeLessThan(180);
  });
});
