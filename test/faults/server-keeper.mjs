// PostgreSQL and Redis for one test alone, which may stop and restart them: a process of its own, so that they end with
// the test whatever becomes of it. Arguments: the kinds wanted. Orders come by IPC, each is answered.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateFolder } from '../../scripts/prepare.mjs';
import { startPostgres } from '../../scripts/servers/embedded-postgres.mjs';
import { getRedis } from '../../scripts/servers/fetched-redis.mjs';
import { startRedis } from '../../scripts/servers/redis.mjs';
import { root } from '../../scripts/swc-options.mjs';

const folder = mkdtempSync(join(tmpdir(), 'dondoc-own-'));
let postgres = null;
let redis = null;

// A commit that was answered has to outlive the server's end: that is what is tested.
const settings = { synchronous_commit: 'on' };

const runPostgres = () =>
  startPostgres({
    root,
    home: join(folder, 'postgres'),
    log: join(folder, 'postgres.log'),
    disposable: true,
    bare: true,
    settings,
  });

const orders = {
  start: async (kinds) => {
    postgres = await runPostgres();
    const { program } = kinds.includes('redis') ? getRedis(join(stateFolder, 'tools')) : {};
    if (program)
      redis = await startRedis({
        program,
        home: join(folder, 'redis'),
        log: join(folder, 'redis.log'),
        disposable: true,
      });
    return { postgres: postgres.superuserUrl, redis: redis?.url ?? null };
  },
  restartPostgres: async (how) => {
    if (how === 'crash') {
      // As after a fault of the server: nothing is tidied up, its log is played again.
      process.kill(postgres.process.pid, 'SIGQUIT');
      while (postgres.isRunning()) await new Promise((resolve) => setTimeout(resolve, 20));
    } else await postgres.stop();
    postgres = await runPostgres();
    return {};
  },
  pauseRedis: () => process.kill(redis.process.pid, 'SIGSTOP') && {},
  resumeRedis: () => process.kill(redis.process.pid, 'SIGCONT') && {},
};

async function end() {
  if (redis) {
    process.kill(redis.process.pid, 'SIGCONT');
    await redis.stop();
  }
  if (postgres) {
    await postgres.stop();
    rmSync(postgres.home, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}

process.on('message', async ({ number, order, given }) => {
  try {
    process.send({ number, answer: await orders[order](given) });
  } catch (error) {
    process.send({ number, error: error.stack });
  }
});
process.on('disconnect', () => void end());
