import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type AxeResults, type RunOptions, source as axe } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { samplePassword } from '@dondoc/domain/organizations/sample-office';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findBrowser(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
}

const executable = findBrowser();
const inCi = Boolean(process.env['CI']) && process.env['CI'] !== 'false';

/** Where pictures go when they are wanted: `npm run screenshots`. */
const pictures = process.env['SCREENSHOTS'];

/** Describes what needs a browser. Where there is none it is skipped, aloud and counted; in CI it fails. */
export function describeInBrowser(title: string, body: () => void): void {
  if (executable !== null || inCi) {
    describe(title, body);
    return;
  }
  process.stderr.write(`! no Chromium on PATH (${names.join(', ')}): skipped: ${title}\n`);
  describe.skip(title, body);
}

export async function openBrowser(): Promise<Browser> {
  if (executable === null) throw new Error(`There is no Chromium on PATH: ${names.join(', ')}.`);
  // One page at a time: no second process is kept ready for what might come, which would be begun for every reader.
  const args = ['--no-sandbox', '--lang=vi', '--renderer-process-limit=1'];
  return chromium.launch({ executablePath: executable, args });
}

export interface Sight {
  readonly size: 'desktop' | 'phone';
  readonly scheme?: 'light' | 'dark';
  readonly language?: 'vi' | 'en';
}

/** Both sizes, themes and languages. */
export const everySight: readonly Sight[] = (['desktop', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['vi', 'en'] as const).map((language) => ({ size, scheme, language })),
  ),
);

const sizes = { desktop: { width: 1366, height: 860 }, phone: { width: 390, height: 844 } } as const;

/** Somebody of the sample office before a screen, in another zone than the office's. */
export class Reader {
  private readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly address: string,
  ) {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      // What the content security policy stops is told on the console, and nowhere else.
      if (message.text().includes('Content Security Policy')) this.faults.push(message.text());
    });
  }

  static async arrive(browser: Browser, address: string, sight: Sight): Promise<Reader> {
    const context = await browser.newContext({
      viewport: sizes[sight.size],
      colorScheme: sight.scheme ?? 'light',
      locale: 'vi-VN',
      timezoneId: 'America/New_York',
      reducedMotion: 'reduce',
      hasTouch: sight.size === 'phone',
    });
    if (sight.language === 'en') await context.addInitScript("localStorage.setItem('dondoc.language', 'en')");
    return new Reader(await context.newPage(), context, address);
  }

  static async loggedIn(browser: Browser, address: string, login: string, sight: Sight): Promise<Reader> {
    const reader = await Reader.arrive(browser, address, sight);
    const data = { login, password: samplePassword(login) };
    const answer = await reader.context.request.post(`${address}/api/v1/auth/login`, {
      data,
      headers: { origin: address },
    });
    if (!answer.ok()) throw new Error(`${login} cannot log in: ${await answer.text()}`);
    return reader;
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(`${this.address}${path}`);
    await this.page.getByRole('heading', { level: 1 }).first().waitFor();
  }

  /** What axe finds here, as text; what the page itself complained of; and whether it is wider than the screen. */
  async complaints(): Promise<string[]> {
    const wide = await this.page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    return [
      ...(await this.found(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])),
      ...(wide ? ['wider than the screen'] : []),
      ...this.faults,
    ];
  }

  /** The same in light, and in the dark whatever a change of colours can spoil. */
  async complaintsInBothThemes(): Promise<string[]> {
    await this.inTheme('light');
    const light = await this.complaints();
    await this.inTheme('dark');
    const dark = await this.found({ type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
    return [...light, ...dark.map((text) => `dark: ${text}`)];
  }

  /** Changes the theme where one stands, and waits until the colours have changed. */
  private async inTheme(colorScheme: 'light' | 'dark'): Promise<void> {
    await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await this.page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    // What goes round for ever has no end to wait for.
    const ending =
      'document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity)';
    await this.page.evaluate(`Promise.allSettled(${ending}.map(({ finished }) => finished))`);
  }

  private async found(runOnly: RunOptions['runOnly']): Promise<string[]> {
    if (!(await this.page.evaluate<boolean>("'axe' in window"))) await this.page.evaluate(axe);
    const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
    const { violations } = await this.page.evaluate<AxeResults>(`axe.run(document, ${options})`);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  /** Keeps a picture under this name, where pictures are wanted. */
  async picture(name: string): Promise<void> {
    if (!pictures) return;
    mkdirSync(pictures, { recursive: true });
    await this.page.evaluate('document.fonts.ready');
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
