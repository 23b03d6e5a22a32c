import { EffectQueue, newUuid, ParkedWork, type PostgresRuntime } from '@dondoc/workflow/durable/index';
import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { Does, Look } from '../requests/operation.decorators';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { EFFECTS, RUNTIME } from '../workings/tokens';
import {
  parkedCursor,
  ParkedDecisionDto,
  ParkedDoneDto,
  ParkedItemsDto,
  ParkedQueryDto,
  parkedView,
} from './parked-work.dto';

/** What the runtime has set aside after failing: timers, effects and answers of the caller's organization. */
@ApiTags('parked work')
@Controller('parked-work')
@Roles('administrator')
export class ParkedWorkController {
  private readonly parked: ParkedWork;

  constructor(
    private readonly acts: ActService,
    @Inject(RUNTIME) runtime: PostgresRuntime,
    @Inject(EFFECTS) effects: EffectQueue,
  ) {
    this.parked = new ParkedWork(runtime, effects, newUuid);
  }

  @Get()
  @Look({ summary: 'Work that was set aside, the oldest first', answer: ParkedItemsDto })
  async list(@Asked() request: AuthenticatedRequest, @Query() { cursor, limit }: ParkedQueryDto) {
    const after = parkedCursor(cursor);
    const { organization } = request.caller;
    return parkedView(await this.parked.list(organization, { limit, ...(after !== undefined && { after }) }));
  }

  @Post('send-again')
  @HttpCode(200)
  @Does({ summary: 'Try it again, with all its attempts', answer: ParkedDoneDto })
  sendAgain(@Asked() request: AuthenticatedRequest, @Body() body: ParkedDecisionDto) {
    return this.decide(request, 'sendAgain', body);
  }

  @Post('drop')
  @HttpCode(200)
  @Does({ summary: 'Give it up; later timers of its instance go on', answer: ParkedDoneDto })
  drop(@Asked() request: AuthenticatedRequest, @Body() body: ParkedDecisionDto) {
    return this.decide(request, 'drop', body);
  }

  private decide(
    request: AuthenticatedRequest,
    decision: 'sendAgain' | 'drop',
    { kind, instance, id, reason }: ParkedDecisionDto,
  ): Promise<ParkedDoneDto> {
    const { organization, person } = request.caller;
    const actor = { kind: 'person', id: person } as const;
    return this.acts.perform(request, async () => {
      const refused = await this.parked[decision](organization, { kind, instance, id, reason, actor });
      return refused ?? { kind, instance, id };
    });
  }
}
