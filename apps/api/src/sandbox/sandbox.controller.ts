import { clockTarget, type ClockMove } from '@dondoc/domain/organizations/clock-target';
import { officeFacts } from '@dondoc/domain/organizations/office-facts';
import { BusinessClock, NotQuietError, walkTo } from '@dondoc/workflow/durable/index';
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Problem } from '../problems/problem';
import { ActService } from '../requests/act.service';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { CLOCK } from '../workings/tokens';

class AdvanceDto extends createZodDto(
  z
    .strictObject({
      by: z.string().min(1).max(40).optional().describe('5wd, 3wh, 2d, 4h or 90m'),
      to: z.iso.datetime({ offset: true }).optional(),
    })
    .refine(({ by, to }) => (by === undefined) !== (to === undefined), {
      path: ['by'],
      params: { vi: 'cần đúng một trong hai: by, to', en: 'needs one of by and to' },
    })
    .meta({ example: { by: '5wd' } }),
) {}

class ClockDto extends createZodDto(
  z.object({
    now: z.iso.datetime(),
    next: z.iso.datetime().nullable().describe('The next instant at which something is due.'),
  }),
) {}

class WalkDto extends createZodDto(
  z.object({
    from: z.iso.datetime(),
    now: z.iso.datetime(),
    stops: z.array(z.iso.datetime()).describe('Instants on the way at which something was due.'),
  }),
) {}

const iso = (instant: number): string => new Date(instant).toISOString();

/** Exists in sandbox mode only: moves business time forward, stopping wherever something is due. Never backward. */
@ApiTags('sandbox')
@Controller('sandbox/clock')
@Roles(...everyRole)
export class SandboxController {
  constructor(
    @Inject(CLOCK) private readonly clock: BusinessClock,
    private readonly acts: ActService,
  ) {}

  @Get()
  @Look({ summary: 'What time it is', answer: ClockDto })
  async show(): Promise<ClockDto> {
    const next = await this.clock.nextDue();
    return { now: iso(await this.clock.now()), next: next === null ? null : iso(next) };
  }

  @Post('advance')
  @HttpCode(200)
  @Look({ summary: 'Move time forward by a duration, or to an instant', answer: WalkDto, problems: [503] })
  async advance(@Asked() request: AuthenticatedRequest, @Body() body: AdvanceDto): Promise<WalkDto> {
    const { by = '', to } = body;
    return this.walk(await this.target(request, to === undefined ? { by } : { to: Date.parse(to) }));
  }

  @Post('next')
  @HttpCode(200)
  @Look({
    summary: 'Move time forward to the next instant at which something is due',
    answer: WalkDto,
    problems: [503],
  })
  async next(): Promise<WalkDto> {
    const due = await this.clock.nextDue();
    return this.walk(due ?? (await this.clock.now()));
  }

  private target(request: AuthenticatedRequest, move: ClockMove): Promise<number> {
    return this.acts.read(request, async (tx) =>
      clockTarget(move, (await officeFacts(tx, 'calendar')).calendar, tx.now),
    );
  }

  private async walk(target: number): Promise<WalkDto> {
    try {
      const { from, to, stops } = await walkTo(this.clock, target);
      return { from: iso(from), now: iso(to), stops: stops.map(iso) };
    } catch (error) {
      if (!(error instanceof NotQuietError)) throw error;
      throw new Problem(503, {
        code: 'not-quiet',
        vi: 'Việc đến hạn chưa được xử lý xong; tiến trình worker có đang chạy không?',
        en: 'What is due has not been dealt with; does a worker run?',
      });
    }
  }
}
