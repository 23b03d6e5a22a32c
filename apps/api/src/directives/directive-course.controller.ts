import { actOnDirective } from '@dondoc/domain/directives/directives.service';
import { type DirectiveIntent } from '@dondoc/domain/directives/plan-act';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DirectiveAct as Act } from './directive-act.decorator';
import {
  HandOnDto,
  MoveRulesDto,
  present,
  ProposeResumptionDto,
  ReasonDto,
  ReplaceDto,
  ResumeDto,
} from './directives.dto';

/** What turns the course of a directive: stopped, divided, replaced, under another lead's name or other rules. */
@ApiTags('directives')
@Controller('directives/:id')
@Roles('clerk', 'staff', 'agency-head', 'vice-chair', 'chair')
export class DirectiveCourseController {
  constructor(private readonly acts: ActService) {}

  @Post('hand-on')
  @Act('Hand it on to agencies under the lead, each with a directive of its own')
  handOn(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: HandOnDto,
    @IfMatch() revision?: number,
  ) {
    const parts = body.parts.map(({ deadline, ...part }) => ({
      ...present(part),
      deadline: deadline ? present(deadline) : null,
    }));
    return this.act(request, id, { act: 'hand-on', parts }, revision);
  }

  @Post('transfer')
  @Act('Give it to the successor of an abolished lead')
  transfer(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'transfer' }, revision);
  }

  @Post('suspend')
  @Act('Suspend it: the clock stands still')
  suspend(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'suspend', reason: body.reason }, revision);
  }

  @Post('propose-resumption')
  @Act('Propose to go on, by the working time that remained or another date')
  proposeResumption(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ProposeResumptionDto,
    @IfMatch() revision?: number,
  ) {
    const deadline = body.deadline ? present(body.deadline) : null;
    return this.act(request, id, { act: 'propose-resumption', deadline, reason: body.reason }, revision);
  }

  @Post('resume')
  @Act('Let it go on, with the date approved')
  resume(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ResumeDto,
    @IfMatch() revision?: number,
  ) {
    const deadline = body.deadline ? present(body.deadline) : null;
    return this.act(request, id, { act: 'resume', deadline }, revision);
  }

  @Post('replace')
  @Act('Put a later directive in its place')
  replace(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReplaceDto,
    @IfMatch() revision?: number,
  ) {
    const { successor, reason } = body;
    return this.act(request, id, { act: 'replace', successor, reason }, revision);
  }

  @Post('move-rules')
  @Act('Move it to another version of the working rules, on purpose')
  moveRules(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: MoveRulesDto,
    @IfMatch() revision?: number,
  ) {
    const { version, reason } = body;
    return this.act(request, id, { act: 'move-rules', version, reason }, revision);
  }

  @Post('cancel')
  @Act('Cancel it')
  cancel(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'cancel', reason: body.reason }, revision);
  }

  private act(
    request: AuthenticatedRequest,
    id: string,
    intent: DirectiveIntent,
    revision: number | undefined,
  ) {
    return this.acts.perform(request, (tx) => actOnDirective(tx, request.caller, id, intent, revision));
  }
}
