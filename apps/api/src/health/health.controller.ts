import { migrations } from '@dondoc/domain/persistence/all-migrations';
import { type Queues } from '@dondoc/workflow/durable/index';
import { Controller, Get, Inject, Res, type OnApplicationShutdown } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Queue } from 'bullmq';
import { type Response } from 'express';
import { createZodDto } from 'nestjs-zod';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Public } from '../security/access.decorators';
import { DATA_SOURCE, QUEUES } from '../workings/tokens';

const state = z.enum(['up', 'down']);

class ReadyDto extends createZodDto(
  z.object({
    status: z.enum(['ready', 'degraded', 'not-ready']),
    database: state,
    migrations: state.describe('Down: the schema is older than this program.'),
    queue: state.describe('Down: nothing is lost; timers and messages come with the next sweep.'),
  }),
) {}

const PATIENCE_MS = 2_000;

async function works(check: () => Promise<unknown>): Promise<'up' | 'down'> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timeout = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  try {
    return (await Promise.race([check(), late])) === false ? 'down' : 'up';
  } catch {
    return 'down';
  } finally {
    clearTimeout(timeout);
  }
}

/** For whoever starts and watches the process; says nothing of what is inside. */
@ApiTags('health')
@Controller('health')
@Public()
export class HealthController implements OnApplicationShutdown {
  private readonly queue: Queue;

  constructor(
    @Inject(DATA_SOURCE) private readonly source: DataSource,
    @Inject(QUEUES) queues: Queues,
  ) {
    this.queue = queues.queue('health', {});
    // Whether it is away is asked when somebody asks.
    this.queue.on('error', () => undefined);
  }

  @Get('live')
  @ApiOperation({ summary: 'The process runs' })
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'It can serve: database, schema, queue' })
  @ApiOkResponse({ type: ReadyDto })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadyDto> {
    const [database, schema, queue] = await Promise.all([
      works(() => this.source.query('select 1')),
      works(() => this.isMigrated()),
      works(() => this.queue.getJobCounts('waiting')),
    ]);
    const serves = database === 'up' && schema === 'up';
    response.status(serves ? 200 : 503).setHeader('Cache-Control', 'no-store');
    const status = serves ? (queue === 'up' ? 'ready' : 'degraded') : 'not-ready';
    return { status, database, migrations: schema, queue };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }

  private async isMigrated(): Promise<boolean> {
    const rows = await this.source.query<{ name: string }[]>('select name from dondoc.migration');
    const done = new Set(rows.map(({ name }) => name));
    return migrations.every(({ name }) => done.has(name));
  }
}
