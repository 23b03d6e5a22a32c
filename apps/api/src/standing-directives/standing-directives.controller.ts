import { notFound } from '@dondoc/domain/accounts/access-refusals.service';
import {
  listObligations,
  listStandingDirectives,
  type ObligationView,
  type StandingDirectiveView,
} from '@dondoc/domain/standing-directives/standing-directive-view';
import {
  actOnObligation,
  endStandingDirective,
  giveStandingDirective,
  obligationsWithActs,
  seeObligation,
  seeStandingDirective,
  standingWithActs,
  type ObligationIntent,
} from '@dondoc/domain/standing-directives/standing-directives.service';
import { explainVisibleStanding } from '@dondoc/domain/standing-directives/standing-explanation';
import { isRefusal, type Refusal } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReasonDto, ReportDto } from '../directives/directives.dto';
import { DirectiveExplanationDto, explanationView } from '../directives/explanation.dto';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Does, Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import {
  GiveStandingDirectiveDto,
  ObligationDto,
  ObligationsDto,
  ObligationsQueryDto,
  StandingDirectiveDto,
  StandingDirectivesDto,
  StandingDirectivesQueryDto,
} from './standing-directives.dto';

/** An act on the report of a period: its answer is the obligation after it. */
const Act = (summary: string) =>
  applyDecorators(
    HttpCode(200),
    Does({ summary, answer: ObligationDto, problems: [404, 412], ifMatch: true }),
  );

/** Nhiệm vụ thường xuyên, and the reports of their periods. */
@ApiTags('standing directives')
@Controller()
@Roles(...everyRole)
export class StandingDirectivesController {
  constructor(private readonly acts: ActService) {}

  @Get('standing-directives')
  @Look({
    summary: 'Standing directives that the caller may see, newest first',
    answer: StandingDirectivesDto,
  })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, ...query }: StandingDirectivesQueryDto) {
    return this.acts.read(request, async (tx) => {
      const page = await listStandingDirectives(tx, request.caller, { ...query, after: markOf(cursor) });
      return { ...page, items: await standingWithActs(tx, request.caller, page.items) };
    });
  }

  @Post('standing-directives')
  @Does({ summary: 'Give a standing directive to its lead', answer: StandingDirectiveDto, created: true })
  give(@Asked() request: AuthenticatedRequest, @Body() body: GiveStandingDirectiveDto) {
    return this.acts.perform(request, async (tx) =>
      this.standing(tx, request, await giveStandingDirective(tx, request.caller, body)),
    );
  }

  @Get('standing-directives/:id')
  @Look({ summary: 'One standing directive', answer: StandingDirectiveDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, async (tx) =>
      this.standing(tx, request, await seeStandingDirective(tx, request.caller, id)),
    );
  }

  @Get('standing-directives/:id/explain')
  @Look({
    summary: 'What is reported when, what was sent, and what comes next if nobody acts',
    answer: DirectiveExplanationDto,
    problems: [404],
  })
  explain(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, async (tx) => {
      const explanation = await explainVisibleStanding(tx, request.caller, id);
      return isRefusal(explanation) ? explanation : explanationView(explanation);
    });
  }

  @Post('standing-directives/:id/end')
  @HttpCode(200)
  @Does({
    summary: 'End it: no further report is asked for',
    answer: StandingDirectiveDto,
    problems: [404, 412],
    ifMatch: true,
  })
  end(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.acts.perform(request, async (tx) =>
      this.standing(tx, request, await endStandingDirective(tx, request.caller, id, reason, revision)),
    );
  }

  @Get('reporting-obligations')
  @Look({
    summary: 'Reports of periods that the caller may see, the last one due first',
    answer: ObligationsDto,
  })
  obligations(@Asked() request: AuthenticatedRequest, @Query() { cursor, ...query }: ObligationsQueryDto) {
    return this.acts.read(request, async (tx) => {
      const page = await listObligations(tx, request.caller, { ...query, after: markOf(cursor) });
      return { ...page, items: await obligationsWithActs(tx, request.caller, page.items) };
    });
  }

  @Get('reporting-obligations/:id')
  @Look({ summary: 'The report of one period', answer: ObligationDto, problems: [404] })
  obligation(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, async (tx) =>
      this.withActs(tx, request, await seeObligation(tx, request.caller, id)),
    );
  }

  @Post('reporting-obligations/:id/report')
  @Act('The lead reports for the period')
  report(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { result }: ReportDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'report', result }, revision);
  }

  @Post('reporting-obligations/:id/accept')
  @Act('The Office accepts the report')
  accept(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'accept' }, revision);
  }

  @Post('reporting-obligations/:id/send-back')
  @Act('The Office sends the report back, with the reason')
  sendBack(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    return this.act(request, id, { act: 'send-back', reason }, revision);
  }

  private async standing(
    tx: PostgresWork,
    { caller }: AuthenticatedRequest,
    answer: StandingDirectiveView | Refusal,
  ) {
    return isRefusal(answer) ? answer : ((await standingWithActs(tx, caller, [answer]))[0] ?? notFound());
  }

  private async withActs(
    tx: PostgresWork,
    { caller }: AuthenticatedRequest,
    answer: ObligationView | Refusal,
  ) {
    return isRefusal(answer) ? answer : ((await obligationsWithActs(tx, caller, [answer]))[0] ?? notFound());
  }

  private act(
    request: AuthenticatedRequest,
    id: string,
    intent: ObligationIntent,
    revision: number | undefined,
  ) {
    return this.acts.perform(request, async (tx) =>
      this.withActs(tx, request, await actOnObligation(tx, request.caller, id, intent, revision)),
    );
  }
}
