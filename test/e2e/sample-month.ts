import { storedTimeline } from '@dondoc/domain/directives/stored-timeline';
import { draftDirectives } from '@dondoc/domain/intake/grammar/draft-directives';
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
import { toTheMinute, type TimelineLine } from '@dondoc/domain/simulation/timeline';
import { sampleCalendar } from '@dondoc/domain/working-time/sample-calendar';
import { type DataSource } from 'typeorm';
import { type TestDatabase } from '../services/test-database';

/** The sample office's month: the one scenario file that the simulation and the real system both play. */
export const zone = sampleCalendar.zone;
export const scenario = sampleScenario();
export const monthEnd = instantOfLocal('2026-12-01 08:00', zone);

export function simulatedMonth(): Promise<Simulation> {
  return simulate({
    office: sampleOffice().directory,
    notices: sampleNoticeFiles.map((file) => ({ file, reading: draftDirectives(sampleNotice(file)) })),
    scenario,
    rules: defaultWorkingRules(),
    calendar: sampleCalendar,
    from: instantOfLocal(sampleOffice().startsAt, zone),
    to: monthEnd,
  });
}

async function connected<T>(url: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = await dondocDataSource({ url, application: 'test', poolSize: 1 }).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

export async function loadOffice(database: TestDatabase): Promise<void> {
  await connected(database.ownerUrl, (owner) => loadSampleOffice(owner));
}

/** What the real system did, with people under their log-ins, as the simulation names them. */
export function happened(database: TestDatabase): Promise<readonly TimelineLine[]> {
  const logins = new Map(sampleOffice().directory.people.map(({ id }) => [sampleId('person', id), id]));
  return connected(database.superuserUrl, (source) =>
    storedTimeline(
      source,
      { id: sampleOrganization, zone },
      { after: 0, to: monthEnd + 60_000 },
      (id) => logins.get(id) ?? id,
    ),
  );
}

/** Lines for comparison: to the minute, since a person's act takes the real system some seconds. */
export function told(lines: readonly TimelineLine[]): string[] {
  return toTheMinute(lines).map(({ at, instance, transition, recipient, article }) =>
    [at, instance, transition, recipient ?? '-', article ?? '-'].join(' | '),
  );
}
