import { decideOutgoing, listOutgoing, seeOutgoing } from '@dondoc/domain/messages/outgoing-mail.service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Does, Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DecisionDto, OutgoingMailDto, OutgoingMailsDto, OutgoingMailsQueryDto } from './outgoing-mail.dto';

@ApiTags('outgoing mail')
@Controller('outgoing-mail')
@Roles('administrator')
export class OutgoingMailController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: 'Mail that leaves and left, the latest first', answer: OutgoingMailsDto })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, state, limit }: OutgoingMailsQueryDto) {
    return this.acts.read(request, (tx) => listOutgoing(tx, { state, limit, after: markOf(cursor) }));
  }

  @Get(':id')
  @Look({ summary: 'One mail as it was composed', answer: OutgoingMailDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => seeOutgoing(tx, id));
  }

  @Post(':id/send-again')
  @HttpCode(200)
  @Does({
    summary: 'Send a mail again that could not be sent',
    answer: OutgoingMailDto,
    problems: [404, 412],
    ifMatch: true,
  })
  sendAgain(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: DecisionDto,
    @IfMatch() revision?: number,
  ) {
    const decision = { act: 'send-again', reason } as const;
    return this.acts.perform(request, (tx) => decideOutgoing(tx, request.caller, id, decision, revision));
  }

  @Post(':id/drop')
  @HttpCode(200)
  @Does({
    summary: 'Give up a mail that could not be sent',
    answer: OutgoingMailDto,
    problems: [404, 412],
    ifMatch: true,
  })
  drop(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: DecisionDto,
    @IfMatch() revision?: number,
  ) {
    const decision = { act: 'drop', reason } as const;
    return this.acts.perform(request, (tx) => decideOutgoing(tx, request.caller, id, decision, revision));
  }
}
