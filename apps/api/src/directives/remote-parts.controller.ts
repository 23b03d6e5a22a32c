import { actOnRemotePart, type RemotePartIntent } from '@dondoc/domain/cascade/remote-parts.service';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DirectiveAct as Act } from './directive-act.decorator';
import { PartDeadlineDto, present, ReasonDto } from './directives.dto';

/** What was handed on to another organization: If-Match is of the part, the answer is the directive it belongs to. */
@ApiTags('directives')
@Controller('remote-parts/:id')
@Roles('agency-head')
export class RemotePartsController {
  constructor(private readonly acts: ActService) {}

  @Post('withdraw')
  @Act('Take it back from the other organization, with the reason')
  withdraw(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'withdraw', reason }, revision);
  }

  @Post('set-deadline')
  @Act('Give it another day, never after the directive it belongs to')
  setDeadline(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: PartDeadlineDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'set-deadline', deadline: present(body.deadline) }, revision);
  }

  private act(
    request: AuthenticatedRequest,
    id: string,
    intent: RemotePartIntent,
    revision: number | undefined,
  ) {
    return this.acts.perform(request, (tx) => actOnRemotePart(tx, request.caller, id, intent, revision));
  }
}
