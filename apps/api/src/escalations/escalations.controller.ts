import {
  acknowledgeEscalation,
  decideEscalation,
  listEscalations,
  seeEscalation,
} from '@dondoc/domain/escalations/escalations.service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { present } from '../directives/directives.dto';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Does, Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DecideDto, EscalationDto, EscalationsDto, EscalationsQueryDto } from './escalations.dto';

@ApiTags('escalations')
@Controller('escalations')
@Roles(...everyRole)
export class EscalationsController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: 'Escalations: those that wait for the caller, or all', answer: EscalationsDto })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, ...query }: EscalationsQueryDto) {
    return this.acts.read(request, (tx) =>
      listEscalations(tx, request.caller, { ...query, after: markOf(cursor) }),
    );
  }

  @Get(':id')
  @Look({ summary: 'One escalation', answer: EscalationDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => seeEscalation(tx, request.caller, id));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Does({
    summary: 'Say that one has it: it does not go up further',
    answer: EscalationDto,
    problems: [404, 412],
    ifMatch: true,
  })
  acknowledge(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.acts.perform(request, (tx) => acknowledgeEscalation(tx, request.caller, id, revision));
  }

  @Post(':id/decide')
  @HttpCode(200)
  @Does({
    summary: 'Decide: urge again, extend, reassign, or close; the directive follows at once',
    answer: EscalationDto,
    problems: [404, 412],
    ifMatch: true,
  })
  decide(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: DecideDto,
    @IfMatch() revision?: number,
  ) {
    const { deadline, ...rest } = body;
    const more = deadline === undefined ? {} : { deadline: deadline && present(deadline) };
    const intent = { ...present(rest), ...more };
    return this.acts.perform(request, (tx) => decideEscalation(tx, request.caller, id, intent, revision));
  }
}
