import { sampleId } from '@dondoc/domain/organizations/sample-office';
import { type Browser } from 'playwright-core';
import { HttpOffice } from '../e2e/http-office';
import { loadOffice } from '../e2e/sample-month';
import { createTestSystem, type TestSystem } from '../services/processes';
import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { testQueue } from '../services/test-queue';
import { openBrowser, Reader, type Sight } from './browser';

interface Running {
  /** Whether anything becomes due and is told; on unless said otherwise. */
  readonly worker?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The sample office with its API, worker and database, and a browser to look at it. */
export class BrowserOffice {
  private constructor(
    readonly database: TestDatabase,
    readonly system: TestSystem,
    private readonly browser: Browser,
    /** What people do without the page. */
    readonly http: HttpOffice,
  ) {}

  static async open({ worker = true, environment = {} }: Running = {}): Promise<BrowserOffice> {
    const database = await createTestDatabase();
    await loadOffice(database);
    const system = await createTestSystem({ database, queue: testQueue(), environment });
    await Promise.all([system.startApi(), ...(worker ? [system.startWorker()] : [])]);
    return new BrowserOffice(database, system, await openBrowser(), new HttpOffice(system.address));
  }

  /** Somebody at the door. */
  arrive(sight: Sight): Promise<Reader> {
    return Reader.arrive(this.browser, this.system.address, sight);
  }

  as(login: string, sight: Sight): Promise<Reader> {
    return Reader.loggedIn(this.browser, this.system.address, login, sight);
  }

  /** What a leader has said on 30 October, entered by the clerk and confirmed; the ids of the directives. */
  async give(
    leader: string,
    items: readonly Readonly<Record<string, unknown>>[],
    reference: string | null = null,
  ): Promise<readonly string[]> {
    const source = {
      kind: 'oral',
      givenBy: sampleId('person', leader),
      givenOn: '2026-10-30',
      ...(reference !== null && { reference }),
    };
    const { body } = await this.http.as('vanthu', 'POST', '/drafts', { body: { source, items } });
    const confirmed = await this.http.as('vanthu', 'POST', `/drafts/${String(body['id'])}/confirm`);
    return (confirmed.body['directives'] as { id: string }[]).map(({ id }) => id);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.system.stop();
    await this.database.drop();
  }
}
