import { ownerConfiguration } from '@dondoc/domain/configuration/owner.configuration';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { type DataSource } from 'typeorm';
import { CommandError, wrongUsage } from './command';

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

/** The one of this code; without a code the only one there is. @throws CommandError */
export async function chosenOrganization(
  dataSource: DataSource,
  code: string | undefined,
): Promise<Organization> {
  const all = await organizations(dataSource);
  const [only, another] = code === undefined ? all : all.filter((organization) => organization.code === code);
  if (!only) throw new CommandError(`there is no organization${code === undefined ? '' : ` "${code}"`}`);
  if (another)
    throw wrongUsage(`--organization is one of ${all.map((organization) => organization.code).join(', ')}`);
  return only;
}
