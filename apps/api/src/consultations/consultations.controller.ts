import { coordinationTotals, listConsultations } from '@dondoc/domain/consultations/consultation-view';
import {
  actOnConsultation,
  askForOpinions,
  seeConsultation,
} from '@dondoc/domain/consultations/consultations.service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
  AskedConsultationsDto,
  ConsultationDto,
  ConsultationsDto,
  ConsultationsQueryDto,
  ConsultDto,
  CoordinationTotalsDto,
  CoordinationTotalsQueryDto,
  ReplyDto,
} from './consultations.dto';

/** Lấy ý kiến phối hợp: the lead asks coordinating agencies, which reply in the time of the working rules. */
@ApiTags('consultations')
@Controller()
@Roles(...everyRole)
export class ConsultationsController {
  constructor(private readonly acts: ActService) {}

  @Post('directives/:id/consultations')
  @Does({
    summary: 'The lead asks coordinating agencies, each on its own',
    answer: AskedConsultationsDto,
    created: true,
    problems: [404],
  })
  ask(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string, @Body() body: ConsultDto) {
    const { agencies, question, deadline } = body;
    const intent = { agencies, question, deadline: deadline ? present(deadline) : null };
    return this.acts.perform(request, (tx) => askForOpinions(tx, request.caller, id, intent));
  }

  @Get('consultations')
  @Look({ summary: 'Consultations that the caller may see, newest first', answer: ConsultationsDto })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, ...query }: ConsultationsQueryDto) {
    return this.acts.read(request, (tx) =>
      listConsultations(tx, request.caller, { ...query, after: markOf(cursor) }),
    );
  }

  @Get('consultations/totals')
  @Look({
    summary: 'How each coordinating agency answered, apart from the leads’ own lateness',
    answer: CoordinationTotalsDto,
  })
  totals(@Asked() request: AuthenticatedRequest, @Query() { from, to }: CoordinationTotalsQueryDto) {
    return this.acts.read(request, async (tx) => ({
      items: await coordinationTotals(tx, request.caller, { from: from ?? null, to: to ?? null }),
    }));
  }

  @Get('consultations/:id')
  @Look({ summary: 'One consultation', answer: ConsultationDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => seeConsultation(tx, request.caller, id));
  }

  @Post('consultations/:id/reply')
  @HttpCode(200)
  @Does({
    summary: 'The asked agency gives its opinion',
    answer: ConsultationDto,
    problems: [404, 412],
    ifMatch: true,
  })
  reply(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: ReplyDto,
    @IfMatch() revision?: number,
  ) {
    const { position, opinion, file } = body;
    const answer = { act: 'reply', position, opinion, file } as const;
    return this.acts.perform(request, (tx) => actOnConsultation(tx, request.caller, id, answer, revision));
  }

  @Post('consultations/:id/withdraw')
  @HttpCode(200)
  @Does({
    summary: 'The lead no longer needs the opinion',
    answer: ConsultationDto,
    problems: [404, 412],
    ifMatch: true,
  })
  withdraw(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonDto,
    @IfMatch() revision?: number,
  ) {
    const answer = { act: 'withdraw', reason } as const;
    return this.acts.perform(request, (tx) => actOnConsultation(tx, request.caller, id, answer, revision));
  }
}
