import { draftDirectives } from '@dondoc/domain/intake/grammar/draft-directives';
import { storedTimeline } from '@dondoc/domain/directives/stored-timeline';
import { loadSampleOffice, sampleId, sampleOrganization } from '@dondoc/domain/organizations/sample-office';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import {
  defaultWorkingRules,
  sampleNotice,
  sampleNoticeFiles,
  sampleOffice,
  sampleScenario,
} from '@dondoc/domain/sample/sample-files';
import { instantOfLocal } from '@dondoc/domain/simulation/scenario';
import { simulate, type Simulation } from '@dondoc/domain/simulation/simulate';
import { toTheMinute } from '@dondoc/domain/simulation/timeline';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { createTestSystem, type TestSystem } from '../services/processes';
import { createTestDatabase, type TestDatabase } from '../services/test-database';
import { describeOnEachQueue, testQueue } from '../services/test-queue';
import { HttpOffice } from './http-office';
import { ScenarioDriver } from './scenario-driver';

const zone = sampleCalendar.zone;
const scenario = sampleScenario();
const END = instantOfLocal('2026-12-01 08:00', zone);

function simulated(): Promise<Simulation> {
  return simulate({
    office: sampleOffice().directory,
    notices: sampleNoticeFiles.map((file) => ({ file, reading: draftDirectives(sampleNotice(file)) })),
    scenario,
    rules: defaultWorkingRules(),
    calendar: sampleCalendar,
    from: instantOfLocal(sampleOffice().startsAt, zone),
    to: END,
  });
}

describeOnEachQueue('the main journey over HTTP, from the signed notice to the verified result', (kind) => {
  let database: TestDatabase;
  let system: TestSystem;
  let office: HttpOffice;

  beforeAll(async () => {
    database = await createTestDatabase();
    const owner = await dondocDataSource({
      url: database.ownerUrl,
      application: 'test',
      poolSize: 1,
    }).initialize();
    await loadSampleOffice(owner);
    await owner.destroy();
    system = await createTestSystem({ database, queue: testQueue(kind) });
    await Promise.all([system.startApi(), system.startWorker()]);
    office = new HttpOffice(system.address);
  });

  afterAll(async () => {
    await system.stop();
    await database.drop();
  });

  it('gives, line by line, what the simulation of the same scenario gives', async () => {
    const driver = new ScenarioDriver(office, zone);
    await driver.play(scenario.acts);
    await driver.moveTo(END);
    const superuser = await dondocDataSource({
      url: database.superuserUrl,
      application: 'test',
      poolSize: 1,
    }).initialize();
    const logins = new Map(sampleOffice().directory.people.map(({ id }) => [sampleId('person', id), id]));
    const happened = await storedTimeline(
      superuser,
      { id: sampleOrganization, zone },
      { after: 0, to: END + 60_000 },
      (id) => logins.get(id) ?? id,
    );
    await superuser.destroy();
    const { lines } = await simulated();
    const told = (all: typeof lines) =>
      toTheMinute(all).map(({ at, instance, transition, recipient, article }) =>
        [at, instance, transition, recipient ?? '-', article ?? '-'].join(' | '),
      );
    expect(lines.length).toBeGreaterThan(100);
    expect(told(happened)).toEqual(told(lines));
  }, 300_000);

  it('ends with the totals of the simulation', async () => {
    const totals = await office.get<Record<string, unknown>>('vanthu', '/totals');
    const { totals: expected } = await simulated();
    expect(totals).toMatchObject(expected);
  });

  it('leaves every chain whole', async () => {
    const audit = await system.command(['audit', 'verify', '--json']);
    expect(audit).toMatchObject({ code: 0 });
    const [result] = JSON.parse(audit.stdout) as { instances: number; findings: unknown[] }[];
    expect(result?.instances).toBeGreaterThan(13);
    expect(result?.findings).toEqual([]);
  });

  it('stops cleanly', async () => {
    await system.stop();
  });
});
