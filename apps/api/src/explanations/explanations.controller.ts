import { listExplanations } from '@dondoc/domain/explanations/explanation-view';
import {
  actOnExplanation,
  demandExplanation,
  seeExplanation,
  type ExplanationIntent,
} from '@dondoc/domain/explanations/explanations.service';
import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { present, ReasonDto } from '../directives/directives.dto';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Does, Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import {
  AcceptExplanationDto,
  DemandDto,
  ExplanationDto,
  ExplanationsDto,
  ExplanationsQueryDto,
  SubmitDto,
} from './explanations.dto';

/** An act on one explanation: its answer is the explanation after it. */
const Act = (summary: string) =>
  applyDecorators(
    HttpCode(200),
    Does({ summary, answer: ExplanationDto, problems: [404, 412], ifMatch: true }),
  );

const given = (body: DemandDto) => ({
  question: body.question,
  deadline: body.deadline ? present(body.deadline) : null,
});

/** Giải trình: demanded by a leader, submitted by an agency's head, accepted or asked for again. */
@ApiTags('explanations')
@Controller()
@Roles(...everyRole)
export class ExplanationsController {
  constructor(private readonly acts: ActService) {}

  @Get('explanations')
  @Look({ summary: 'Explanations that the caller may see, newest first', answer: ExplanationsDto })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, ...query }: ExplanationsQueryDto) {
    return this.acts.read(request, (tx) =>
      listExplanations(tx, request.caller, { ...query, after: markOf(cursor) }),
    );
  }

  @Get('explanations/:id')
  @Look({ summary: 'One explanation', answer: ExplanationDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => seeExplanation(tx, request.caller, id));
  }

  @Post('directives/:id/explanations')
  @Does({
    summary: 'A leader demands an explanation of the lead',
    answer: ExplanationDto,
    created: true,
    problems: [404],
  })
  demand(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string, @Body() body: DemandDto) {
    return this.acts.perform(request, (tx) => demandExplanation(tx, request.caller, id, given(body)));
  }

  @Post('explanations/:id/submit')
  @Act('The agency’s head submits it')
  submit(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: SubmitDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'submit', text: body.text, file: body.file }, revision);
  }

  @Post('explanations/:id/accept')
  @Act('The leader accepts it')
  accept(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: AcceptExplanationDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'accept', note: body.note }, revision);
  }

  @Post('explanations/:id/ask-again')
  @Act('The leader asks again, by a new day')
  askAgain(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: DemandDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'ask-again', ...given(body) }, revision);
  }

  @Post('explanations/:id/withdraw')
  @Act('The leader no longer demands it')
  withdraw(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'withdraw', reason: body.reason }, revision);
  }

  private act(
    request: AuthenticatedRequest,
    id: string,
    intent: ExplanationIntent,
    revision: number | undefined,
  ) {
    return this.acts.perform(request, (tx) => actOnExplanation(tx, request.caller, id, intent, revision));
  }
}
