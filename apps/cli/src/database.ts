import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { type DataSource } from 'typeorm';

export interface Organization {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly zone: string;
}

/** Runs a command's work on a connection with the worker's rights, and closes it. */
export async function withDatabase<T>(work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const { workerUrl } = ownerConfiguration();
  const dataSource = dondocDataSource({ url: workerUrl, application: 'dondoc command line', poolSize: 2 });
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

export function organizations(dataSource: DataSource): Promise<Organization[]> {
  return dataSource.query<Organization[]>(
    'select id, code, name, zone from dondoc.organization order by code',
  );
}
