// Which PostgreSQL and which queue: what the environment names, else servers of our own.
import { connect } from 'node:net';
import { join } from 'node:path';
import { Obstacle } from '../obstacle.mjs';
import { shownUrl } from './connection-urls.mjs';
import { startPostgres, stopLeftPostgres } from './embedded-postgres.mjs';
import { findRedis, startRedis, stopLeftRedis } from './redis.mjs';

function reaches(address, usualPort) {
  const { hostname, port } = new URL(address);
  if (!hostname) return true;
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port || usualPort) });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(5_000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

async function given(variable, protocols, usualPort) {
  const address = process.env[variable];
  let protocol = '';
  try {
    ({ protocol } = new URL(address));
  } catch {
    // Said below; the value itself may hold a password and is never shown.
  }
  if (!protocols.includes(protocol)) {
    throw new Obstacle(
      `${variable} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    );
  }
  if (!(await reaches(address, usualPort))) {
    throw new Obstacle(`${variable}: nothing answers at ${shownUrl(address)}`);
  }
  return address;
}

/** `{ownerUrl, said, server?}`: DATABASE_URL, taken for the owner's, else the embedded server. */
export async function chooseDatabase({ root, folder }) {
  if (process.env.DATABASE_URL) {
    const ownerUrl = await given('DATABASE_URL', ['postgresql:', 'postgres:'], 5432);
    return { ownerUrl, said: `DATABASE_URL (${shownUrl(ownerUrl)})` };
  }
  const log = join(folder, 'log', 'postgres.log');
  const server = await startPostgres({ root, home: join(folder, 'postgres'), log });
  return { ownerUrl: server.ownerUrl, said: `embedded PostgreSQL, port ${server.port}`, server };
}

/** `{queueUrl, said, server?}`: QUEUE_URL, REDIS_URL, a server on PATH, else the queue inside PostgreSQL. */
export async function chooseQueue({ folder }) {
  const inPostgres = 'PostgreSQL; set REDIS_URL or install redis-server for more throughput';
  if (process.env.QUEUE_URL === 'postgres') return { queueUrl: 'postgres', said: inPostgres };
  const variable = ['QUEUE_URL', 'REDIS_URL'].find((name) => process.env[name]);
  if (variable) {
    const queueUrl = await given(variable, ['redis:', 'rediss:'], 6379);
    return { queueUrl, said: `${variable} (${shownUrl(queueUrl)})` };
  }
  const program = findRedis();
  if (!program) return { queueUrl: 'postgres', said: inPostgres };
  const server = await startRedis({
    program,
    home: join(folder, 'redis'),
    log: join(folder, 'log', 'redis.log'),
  });
  return { queueUrl: server.url, said: `${server.name}, port ${server.port}`, server };
}

/** Ends the servers that a killed start left; answers their names. */
export async function stopLeftServers(folder) {
  const redis = await stopLeftRedis(join(folder, 'redis'));
  const postgres = await stopLeftPostgres(join(folder, 'postgres'));
  return [redis && 'redis', postgres && 'postgres'].filter(Boolean);
}
