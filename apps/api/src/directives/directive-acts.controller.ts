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
  AssignPersonDto,
  ExtendDto,
  present,
  ReasonDto,
  ReassignDto,
  ReportDto,
  ReturnDto,
  SetDeadlineDto,
  UrgeDto,
} from './directives.dto';

/** What people do with a directive. Who may do it is decided by relation; whether it is possible, by the machine. */
@ApiTags('directives')
@Controller('directives/:id')
@Roles('clerk', 'staff', 'agency-head', 'vice-chair', 'chair')
export class DirectiveActsController {
  constructor(private readonly acts: ActService) {}

  @Post('accept')
  @Act('The lead takes it on')
  accept(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'accept' }, revision);
  }

  @Post('return')
  @Act('The lead returns it as a wrong addressee, with a reason')
  return(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReturnDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(
      request,
      id,
      { act: 'return', reason: body.reason, proposedAgency: body.proposedAgency },
      revision,
    );
  }

  @Post('reassign')
  @Act('Give it to another lead, or back to the same one after it was returned')
  reassign(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReassignDto,
    @IfMatch() revision?: number,
  ) {
    const { deadline, ...rest } = body;
    const more = deadline === undefined ? {} : { deadline: deadline && present(deadline) };
    return this.act(request, id, { act: 'reassign', ...rest, ...more }, revision);
  }

  @Post('set-deadline')
  @Act('Set the deadline that the source did not name, or the day of the event that its words wait for')
  setDeadline(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: SetDeadlineDto,
    @IfMatch() revision?: number,
  ) {
    const { deadline, eventOn } = body;
    const named = {
      ...(deadline && { deadline: present(deadline) }),
      ...(eventOn !== undefined && { eventOn }),
    };
    return this.act(request, id, { act: 'set-deadline', ...named }, revision);
  }

  @Post('extend')
  @Act('Give more time')
  extend(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ExtendDto,
    @IfMatch() revision?: number,
  ) {
    const deadline = present(body.deadline);
    return this.act(request, id, { act: 'extend', deadline, reason: body.reason }, revision);
  }

  @Post('report')
  @Act('Report the result, on a result document')
  report(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReportDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'report', result: body.result }, revision);
  }

  @Post('assign-person')
  @Act('The head of the lead agency names who does it')
  assignPerson(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: AssignPersonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'assign-person', person: body.person, note: body.note }, revision);
  }

  @Post('approve-report')
  @Act('The head of the lead agency lets the report go')
  approveReport(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'approve-report' }, revision);
  }

  @Post('return-report')
  @Act('The head of the lead agency sends the report back inside the agency')
  returnReport(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'return-report', reason: body.reason }, revision);
  }

  @Post('verify')
  @Act('Verify the result: never by whoever reported it')
  verify(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'verify' }, revision);
  }

  @Post('send-back')
  @Act('Do not accept the result, with a reason')
  sendBack(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'send-back', reason: body.reason }, revision);
  }

  @Post('urge')
  @Act('Urge it, beside the ladder')
  urge(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: UrgeDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'urge', note: body.note }, revision);
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
