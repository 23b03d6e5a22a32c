import {
  endDelegation,
  giveDelegation,
  listDelegations,
  seeDelegation,
} from '@dondoc/domain/delegations/delegations.service';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Does, Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DelegationDto, DelegationsDto, EndDelegationDto, GiveDelegationDto } from './delegations.dto';

/** Ủy quyền: who stands in for whom, and when. */
@ApiTags('delegations')
@Controller('delegations')
@Roles(...everyRole)
export class DelegationsController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: 'Delegations in force and to come', answer: DelegationsDto })
  list(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, (tx) => listDelegations(tx));
  }

  @Get(':id')
  @Look({ summary: 'One delegation', answer: DelegationDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => seeDelegation(tx, id));
  }

  @Post()
  @Does({ summary: 'Delegate for dates', answer: DelegationDto, created: true })
  give(@Asked() request: AuthenticatedRequest, @Body() body: GiveDelegationDto) {
    const { to, start, end, reason } = body;
    const intent = { from: body.from ?? request.caller.person, to, start, end, reason };
    return this.acts.perform(request, (tx) => giveDelegation(tx, request.caller, intent));
  }

  @Post(':id/end')
  @HttpCode(200)
  @Does({
    summary: 'End it before its time',
    answer: DelegationDto,
    problems: [404, 412],
    ifMatch: true,
  })
  end(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: EndDelegationDto,
    @IfMatch() revision?: number,
  ) {
    return this.acts.perform(request, (tx) => endDelegation(tx, request.caller, id, reason, revision));
  }
}
