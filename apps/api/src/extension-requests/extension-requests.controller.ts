import {
  listExtensionRequests,
  seeExtensionRequest,
} from '@dondoc/domain/extension-requests/extension-request-view';
import {
  actOnExtensionRequest,
  requestExtension,
  type ExtensionRequestIntent,
} from '@dondoc/domain/extension-requests/extension-requests.service';
import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { applyDecorators, Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { present, ReasonDto } from '../directives/directives.dto';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Does, Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { everyRole, Roles } from '../security/access.decorators';
import { CONFIGURATION } from '../workings/tokens';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import {
  DecideRequestDto,
  ExtensionRequestDto,
  ExtensionRequestsDto,
  ExtensionRequestsQueryDto,
  RequestExtensionDto,
} from './extension-requests.dto';

const Act = (summary: string, code: 200 | 201 = 200) =>
  applyDecorators(
    HttpCode(code),
    Does({ summary, answer: ExtensionRequestDto, problems: [404, 412], ifMatch: true }),
  );

/** Requests for more time: made on a directive, then with a life of their own. */
@ApiTags('extension-requests')
@Controller()
@Roles(...everyRole)
export class ExtensionRequestsController {
  constructor(
    private readonly acts: ActService,
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
  ) {}

  @Get('extension-requests')
  @Look({
    summary: 'Requests for more time: those that wait for the caller, or all',
    answer: ExtensionRequestsDto,
  })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, ...query }: ExtensionRequestsQueryDto) {
    return this.acts.read(request, (tx) =>
      listExtensionRequests(tx, request.caller, { ...query, after: markOf(cursor) }),
    );
  }

  @Get('extension-requests/:id')
  @Look({ summary: 'One request for more time', answer: ExtensionRequestDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => seeExtensionRequest(tx, request.caller, id));
  }

  @Post('directives/:id/request-extension')
  @Act('The lead asks for more time; If-Match is of the directive')
  ask(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: RequestExtensionDto,
    @IfMatch() revision?: number,
  ) {
    const { reason, done } = body;
    const asked = { reason, done, deadline: present(body.deadline) };
    return this.acts.perform(request, (tx) => requestExtension(tx, request.caller, id, asked, revision));
  }

  @Post('extension-requests/:id/approve')
  @Act('The head of the lead agency lets it leave the agency')
  approve(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'approve' }, revision);
  }

  @Post('extension-requests/:id/decline')
  @Act('The head of the lead agency does not let it leave, with a reason')
  decline(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'decline', reason: body.reason }, revision);
  }

  @Post('extension-requests/:id/decide')
  @Act(
    'Grant it, maybe with another deadline, or refuse it; the directive follows when the time to take it back is over',
  )
  decide(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { granted, deadline, note }: DecideRequestDto,
    @IfMatch() revision?: number,
  ) {
    const given = deadline ? present(deadline) : null;
    const { undoSeconds } = this.configuration;
    const decided = { granted, deadline: given, note: note ?? null, undoSeconds };
    return this.act(request, id, { act: 'decide', ...decided }, revision);
  }

  @Post('extension-requests/:id/undo')
  @Act('Take the decision back within its seconds')
  undo(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'undo' }, revision);
  }

  @Post('extension-requests/:id/withdraw')
  @Act('The lead needs no more time after all')
  withdraw(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'withdraw' }, revision);
  }

  private act(
    request: AuthenticatedRequest,
    id: string,
    intent: ExtensionRequestIntent,
    revision: number | undefined,
  ) {
    return this.acts.perform(request, (tx) =>
      actOnExtensionRequest(tx, request.caller, id, intent, revision),
    );
  }
}
