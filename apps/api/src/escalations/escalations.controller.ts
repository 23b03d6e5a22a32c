import { listEscalations, listMatters, seeEscalation } from '@dondoc/domain/escalations/escalation-view';
import {
  acknowledgeEscalation,
  decideEscalation,
  type DecisionWish,
  decideEscalations,
  undoDecisions,
} from '@dondoc/domain/escalations/escalations.service';
import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch } from '../requests/if-match';
import { Does, Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { everyRole, Roles } from '../security/access.decorators';
import { CONFIGURATION } from '../workings/tokens';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import {
  DecideDto,
  DecideManyDto,
  EscalationDto,
  EscalationsDto,
  EscalationsQueryDto,
  ManyDecidedDto,
  MattersDto,
  MattersQueryDto,
  UndoManyDto,
  wishOf,
} from './escalations.dto';

@ApiTags('escalations')
@Controller('escalations')
@Roles(...everyRole)
export class EscalationsController {
  constructor(
    private readonly acts: ActService,
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
  ) {}

  /** What is wanted, with how long it can be taken back. */
  private wish(body: DecideDto): DecisionWish {
    return { ...wishOf(body), undoSeconds: this.configuration.undoSeconds };
  }

  @Get()
  @Look({ summary: 'Escalations: those that wait for the caller, or all', answer: EscalationsDto })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, ...query }: EscalationsQueryDto) {
    return this.acts.read(request, (tx) =>
      listEscalations(tx, request.caller, { ...query, after: markOf(cursor) }),
    );
  }

  @Get('matters')
  @Look({ summary: 'What waits for a decision, by lead agency: one matter each', answer: MattersDto })
  matters(@Asked() request: AuthenticatedRequest, @Query() { whose }: MattersQueryDto) {
    return this.acts.read(request, (tx) => listMatters(tx, request.caller, whose));
  }

  @Post('decide')
  @HttpCode(200)
  @Does({
    summary: 'The same decision on several: all or none, or each for itself with an answer for each',
    answer: ManyDecidedDto,
    problems: [404],
  })
  decideMany(@Asked() request: AuthenticatedRequest, @Body() body: DecideManyDto) {
    const { escalations, together, ...wish } = body;
    return this.acts.perform(request, (tx) =>
      decideEscalations(tx, request.caller, escalations, this.wish(wish), together),
    );
  }

  @Post('undo')
  @HttpCode(200)
  @Does({
    summary: 'Take decisions back within their seconds, each for itself with an answer for each',
    answer: ManyDecidedDto,
    problems: [404],
  })
  undo(@Asked() request: AuthenticatedRequest, @Body() { escalations }: UndoManyDto) {
    return this.acts.perform(request, (tx) => undoDecisions(tx, request.caller, escalations));
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
    summary:
      'Decide: urge, demand an explanation, extend, reassign, convene, criticize, or close; what follows waits until `undoUntil`',
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
    return this.acts.perform(request, (tx) =>
      decideEscalation(tx, request.caller, id, this.wish(body), revision),
    );
  }
}
