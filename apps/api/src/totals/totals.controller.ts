import { courseOfWork, totalsOf } from '@dondoc/domain/totals/totals.service';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { ActService } from '../requests/act.service';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';

const count = z.int();
const totals = {
  assigned: count.describe('All that were ever given, without the cancelled and replaced ones.'),
  completed: z.object({ total: count, onTime: count, late: count, noDeadline: count }),
  outstanding: z.object({
    total: count,
    within: count,
    overdue: count,
    noDeadline: count,
    awaitingVerification: count,
    suspended: count,
  }),
  cancelled: count,
  replaced: count,
};

class TotalsDto extends createZodDto(
  z.object({
    asOf: z.iso.datetime(),
    ...totals,
    byLead: z.array(z.object({ lead: z.object({ id: z.uuid(), name: z.string() }), ...totals })),
  }),
) {}

const date = z.iso.date();

class CourseDto extends createZodDto(
  z.object({
    asOf: z.iso.datetime(),
    trend: z
      .array(
        z.object({ from: date, to: date, assigned: count, onTime: count, late: count, noDeadline: count }),
      )
      .describe(
        'The last twelve weeks or months: what was given, and of what was closed in them what was on time.',
      ),
    ageing: z
      .array(
        z.object({
          least: count,
          most: count.nullable(),
          count,
          dueFrom: date.nullable().describe('The first of their deadlines.'),
          dueTo: date.nullable(),
        }),
      )
      .describe('What is overdue, by working days since its deadline.'),
    coming: z
      .array(z.object({ date, count, isWorked: z.boolean() }))
      .describe('Deadlines of the coming six weeks, from this Monday.'),
  }),
) {}

class CourseQueryDto extends createZodDto(
  z.strictObject({ by: z.enum(['week', 'month']).default('week') }),
) {}

@ApiTags('totals')
@Controller('totals')
@Roles(...everyRole)
export class TotalsController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: 'Assigned, completed and outstanding, of what the caller may see', answer: TotalsDto })
  totals(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, (tx) => totalsOf(tx, request.caller));
  }

  @Get('course')
  @Look({
    summary: 'How work has gone, how old what is late has grown, and what comes, of what the caller may see',
    answer: CourseDto,
  })
  course(@Asked() request: AuthenticatedRequest, @Query() { by }: CourseQueryDto) {
    return this.acts.read(request, (tx) => courseOfWork(tx, request.caller, by));
  }
}
