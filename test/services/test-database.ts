import { createHmac, randomBytes } from 'node:crypto';
import { migrate } from '@dondoc/domain/persistence/migrate';
import { Client, escapeIdentifier } from 'pg';

/** A database of one test file, with the addresses of its three roles. */
export interface TestDatabase {
  readonly name: string;
  /** For migrations only: owns the schema, and is bound by row security all the same. */
  readonly ownerUrl: string;
  readonly apiUrl: string;
  readonly workerUrl: string;
  /** For looking on: sees every row. Code under test never gets it. */
  readonly superuserUrl: string;
  /**
   * Removes the database. Fails when somebody is still connected to it: a test file closes what it opens.
   */
  drop(): Promise<void>;
}

const template = 'dondoc_template';
const owner = 'dondoc_test_owner';
const migrated = 'migrated';
/** Any number that nothing else on the server of the tests locks. */
const templateLock = 4_150_211;
const patienceForSessions = 3_000;

function adminUrl(): string {
  const url = process.env['TEST_DATABASE_ADMIN_URL'];
  if (url) return url;
  throw new Error('This spec needs servers: run it with `node scripts/test.mjs <path>` or `npm test`.');
}

function addressOf(database: string, user?: { name: string; password: string }): string {
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  if (user) {
    url.username = user.name;
    url.password = user.password;
  }
  return url.href;
}

/** One owner for every test database, since roles belong to the whole server. */
function ownerUrlOf(database: string): string {
  const password = createHmac('sha256', adminUrl()).update(owner).digest('hex');
  return addressOf(database, { name: owner, password });
}

function roleUrlOf(database: string, role: string): string {
  // The passwords are those that migrating the template set.
  const password = createHmac('sha256', ownerUrlOf(template)).update(role).digest('hex');
  return addressOf(database, { name: role, password });
}

async function asSuperuser<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl(), application_name: 'test services' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function createOwner(client: Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [owner]);
  const password = new URL(ownerUrlOf(template)).password;
  if (rowCount === 0) await client.query(`create role ${owner} login createrole password '${password}'`);
}

/** Made by the first test file that asks; the others wait for it. */
async function provideTemplate(client: Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [templateLock]);
  try {
    const { rows } = await client.query<{ state: string | null }>(
      "select shobj_description(oid, 'pg_database') as state from pg_database where datname = $1",
      [template],
    );
    if (rows[0]?.state === migrated) return;
    await createOwner(client);
    await client.query(`drop database if exists ${template}`);
    await client.query(`create database ${template} owner ${owner} template template0`);
    await migrate({ ownerUrl: ownerUrlOf(template), superuserUrl: addressOf(template), sandbox: true });
    await client.query(`comment on database ${template} is '${migrated}'`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [templateLock]);
  }
}

async function sessionsOf(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ session: string }>(
    `select format('%s %s (%s): %s', usename, application_name, state, left(query, 120)) as session
       from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
    [name],
  );
  return rows.map(({ session }) => session);
}

/** What is still connected after a moment's patience: a closed connection leaves the list a little later. */
async function leakedSessions(client: Client, name: string): Promise<string[]> {
  const end = Date.now() + patienceForSessions;
  for (;;) {
    const sessions = await sessionsOf(client, name);
    if (sessions.length === 0 || Date.now() > end) return sessions;
    await client.query('select pg_sleep(0.02)');
  }
}

async function drop(name: string): Promise<void> {
  await asSuperuser(async (client) => {
    const leaked = await leakedSessions(client, name);
    await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
    if (leaked.length > 0) {
      throw new Error(`left open to the database of this test file:\n${leaked.join('\n')}`);
    }
  });
}

function describeDatabase(name: string): TestDatabase {
  return {
    name,
    ownerUrl: ownerUrlOf(name),
    apiUrl: roleUrlOf(name, 'dondoc_api'),
    workerUrl: roleUrlOf(name, 'dondoc_worker'),
    superuserUrl: addressOf(name),
    drop: () => drop(name),
  };
}

const newName = () => `dondoc_test_${randomBytes(6).toString('hex')}`;

/** A migrated database without any data in it, copied from a template that is migrated once per run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = newName();
  await asSuperuser(async (client) => {
    await provideTemplate(client);
    await client.query(`create database ${name} owner ${owner} template ${template}`);
  });
  return describeDatabase(name);
}

/** A database with nothing in it, for the specs of the migrations themselves. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  const name = newName();
  await asSuperuser(async (client) => {
    // The template is asked for as well: whoever migrates meanwhile would change the same roles.
    await provideTemplate(client);
    await client.query(`create database ${name} owner ${owner} template template0`);
  });
  return describeDatabase(name);
}
