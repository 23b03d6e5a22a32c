import { Client } from 'pg';
import { grantWorkflow } from '@dondoc/workflow/postgres/grants';
import { migrateQueueSchema } from '@dondoc/workflow/queue/queue-schema';
import { DataSource } from 'typeorm';
import { migrations } from './all-migrations';
import { databaseRoles, derivedPassword, derivedUrl, type DatabaseRole } from './database-roles';

export interface MigrateOptions {
  /** The role that owns the tables; it needs CREATEROLE unless the log-in roles are there already. */
  readonly ownerUrl: string;
  /** Makes the log-in roles where the owner may not. */
  readonly superuserUrl?: string;
  /** Whether the processes may move the clock. An installation is a sandbox unless it is said to be none. */
  readonly sandbox?: boolean;
  /** Given where the operator sets the passwords of the log-in roles: then they are left alone. */
  readonly apiUrl?: string;
  readonly workerUrl?: string;
}

const processes = { application: 'dondoc_api', worker: 'dondoc_worker' } as const;

/** Any number will do, as long as nobody else takes it in this database. */
const LOCK = 6_021_795_219;
const CONCURRENT_CHANGE = new Set(['XX000', '23505', '42710', '40001']);

/**
 * Brings the database to the present schema: log-in roles, the runtime's tables, the tables of directives, walls and
 * grants. One migration runs at a time; with nothing to do it only looks.
 * @throws with the name of the role or migration that failed, never with a password.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const owner = await connected(options.ownerUrl);
  try {
    await owner.query('select pg_advisory_lock($1)', [LOCK]);
    await makeRoles(owner, options);
    await runMigrations(options);
    await migrateQueueSchema(owner, processes);
    for (const role of databaseRoles) await settlePassword(owner, role, options);
  } finally {
    await owner.end();
  }
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function makeRoles(owner: Client, { superuserUrl }: MigrateOptions): Promise<void> {
  const { rows } = await owner.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1)',
    [databaseRoles],
  );
  const missing = databaseRoles.filter((role) => !rows.some(({ rolname }) => rolname === role));
  if (missing.length === 0) return;
  const maker = superuserUrl === undefined ? owner : await connected(superuserUrl);
  try {
    for (const role of missing)
      await despiteOthers(() =>
        maker.query(`create role ${role} nologin nosuperuser nobypassrls nocreatedb nocreaterole`),
      );
  } finally {
    if (maker !== owner) await maker.end();
  }
}

async function runMigrations({ ownerUrl, sandbox = true }: MigrateOptions): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    schema: 'dondoc',
    poolSize: 1,
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    installExtensions: false,
  });
  await source.initialize();
  try {
    await source.query('create schema if not exists dondoc');
    const done = await source.runMigrations();
    const granted = done.length === 0 && (await clockIsMovable(source)) === sandbox;
    if (granted) return;
    await source.transaction(({ queryRunner }) => {
      if (!queryRunner) throw new Error('a transaction has a query runner');
      return grantWorkflow(queryRunner, { ...processes, sandbox });
    });
  } finally {
    await source.destroy();
  }
}

async function clockIsMovable(source: DataSource): Promise<boolean> {
  const [row] = await source.query<{ movable: boolean }[]>(
    "select has_table_privilege('dondoc_api', 'workflow.clock', 'update') as movable",
  );
  return row?.movable === true;
}

/** Roles belong to the whole server: another database's migration may be changing the same one at this moment. */
async function despiteOthers(change: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await change();
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === '42710') return;
      if (code === undefined || !CONCURRENT_CHANGE.has(code) || attempt === 5) throw error;
    }
  }
}

async function settlePassword(owner: Client, role: DatabaseRole, options: MigrateOptions): Promise<void> {
  const derived = derivedUrl(options.ownerUrl, role);
  const given = role === 'dondoc_api' ? options.apiUrl : options.workerUrl;
  if ((given !== undefined && given !== derived) || (await canLogIn(derived))) return;
  const changer = options.superuserUrl === undefined ? owner : await connected(options.superuserUrl);
  try {
    await despiteOthers(() =>
      changer.query(`alter role ${role} login password '${derivedPassword(options.ownerUrl, role)}'`),
    );
  } finally {
    if (changer !== owner) await changer.end();
  }
}

async function canLogIn(url: string): Promise<boolean> {
  try {
    await (await connected(url)).end();
    return true;
  } catch {
    return false;
  }
}
