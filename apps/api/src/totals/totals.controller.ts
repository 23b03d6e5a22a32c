import { totalsOf } from '@dondoc/domain/totals/totals.service';
import { Controller, Get } from '@nestjs/common';
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
}
