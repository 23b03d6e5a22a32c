import { drawVersion, lifecycleStates, workState } from '@dondoc/domain/operations/work-state';
import { Controller, Get, Header, Param, ParseIntPipe, Query } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { orProblem } from '../problems/problem';
import { ActService } from '../requests/act.service';
import { Look } from '../requests/operation.decorators';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';

const count = z.int().describe('Counted up to 10000.');
const instant = z.iso.datetime().nullable();

class WorkStateDto extends createZodDto(
  z.object({
    effects: z.object({
      waiting: count,
      parked: count,
      oldestSeconds: z.number().describe('How long the one whose turn came first has been waiting.'),
    }),
    timers: z.object({
      waiting: count,
      parked: count,
      overdueSeconds: z.number().describe('By how much the earliest is late, in business time.'),
      nextDue: instant.describe('Business time.'),
    }),
    delivered: z.object({ lastDay: count, lastAt: instant }),
  }),
) {}

class LifecyclesDto extends createZodDto(
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        version: z.int(),
        open: z.int().describe('Open instances of the organization.'),
        known: z.boolean().describe('Whether this installation can run it.'),
      }),
    ),
  }),
) {}

class LifecycleDrawingQueryDto extends createZodDto(
  z.strictObject({ language: z.enum(['vi', 'en']).default('vi') }),
) {}

/** How the work of the organization goes that nobody sees otherwise. */
@ApiTags('operations')
@Controller('operations')
@Roles('administrator')
export class OperationsController {
  constructor(private readonly acts: ActService) {}

  @Get('work')
  @Look({ summary: 'What waits, how long, and what stands parked', answer: WorkStateDto })
  work(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, workState);
  }

  @Get('lifecycles')
  @Look({ summary: 'Versions of lifecycles with their open instances', answer: LifecyclesDto })
  lifecycles(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, async (tx) => ({ items: await lifecycleStates(tx) }));
  }

  @Get('lifecycles/:name/:version/drawing')
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'private, no-cache')
  @ApiProduces('image/svg+xml')
  @Look({ summary: 'A version of a lifecycle drawn', problems: [400, 404] })
  drawing(
    @Param('name') name: string,
    @Param('version', ParseIntPipe) version: number,
    @Query() { language }: LifecycleDrawingQueryDto,
  ) {
    return orProblem(drawVersion(name, version, language));
  }
}
