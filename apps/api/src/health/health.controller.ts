import { ReadinessCheck } from '@dondoc/domain/operations/readiness';
import { type Queues } from '@dondoc/workflow/durable/index';
import { Controller, Get, Inject, Res, type OnApplicationShutdown } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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

/** For whoever starts and watches the process; says nothing of what is inside. */
@ApiTags('health')
@Controller('health')
@Public()
export class HealthController implements OnApplicationShutdown {
  private readonly readiness: ReadinessCheck;

  constructor(@Inject(DATA_SOURCE) source: DataSource, @Inject(QUEUES) queues: Queues) {
    this.readiness = new ReadinessCheck(source, queues);
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
    const readiness = await this.readiness.look();
    response.status(readiness.status === 'not-ready' ? 503 : 200).setHeader('Cache-Control', 'no-store');
    return readiness;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.readiness.close();
  }
}
