import { exportAudit } from '@dondoc/domain/audit/audit-export';
import { listAudit, listCheckpoints, verifySeals } from '@dondoc/domain/audit/read-audit';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { once } from 'node:events';
import { type DataSource } from 'typeorm';
import { ActService } from '../requests/act.service';
import { Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DATA_SOURCE } from '../workings/tokens';
import { AuditEntriesDto, AuditQueryDto, CheckpointsDto, ExportedFileDto, SealStateDto } from './audit.dto';

const instantOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

/** What was done and what was refused, for whoever answers for it and for whoever inspects it. */
@ApiTags('audit')
@Controller('audit')
@Roles('administrator')
export class AuditController {
  constructor(
    private readonly acts: ActService,
    @Inject(DATA_SOURCE) private readonly source: DataSource,
  ) {}

  @Get()
  @Look({ summary: 'What was done and refused, the newest first', answer: AuditEntriesDto })
  list(@Asked() request: AuthenticatedRequest, @Query() query: AuditQueryDto) {
    const { cursor, from, to, limit, person, words, outcome } = query;
    const after = markOf(cursor);
    return this.acts.read(request, (tx) =>
      listAudit(tx, { person, words, outcome, limit, after, from: instantOf(from), to: instantOf(to) }),
    );
  }

  @Get('checkpoints')
  @Look({ summary: 'The latest seals', answer: CheckpointsDto })
  checkpoints(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, async (tx) => ({ items: await listCheckpoints(tx) }));
  }

  @Post('verify')
  @HttpCode(200)
  @Look({ summary: 'Hold history and audit trail against every seal; changes nothing', answer: SealStateDto })
  verify(@Asked() { caller }: AuthenticatedRequest) {
    return verifySeals(this.source, caller.organization);
  }

  @Get('export/:file')
  @ApiProduces('text/plain')
  @Look({ summary: 'One file of what an inspection may want to see', problems: [422] })
  async export(
    @Asked() { caller }: AuthenticatedRequest,
    @Param() { file }: ExportedFileDto,
    @Res() response: Response,
  ): Promise<void> {
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('Content-Disposition', `attachment; filename="${file}"`);
    response.setHeader('Cache-Control', 'private, no-store');
    const write = async (_: string, line: string) => {
      if (!response.write(`${line}\n`))
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
    };
    await exportAudit(this.source, caller.organization, write, [file]);
    response.end();
  }
}
