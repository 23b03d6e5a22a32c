import { personalSections, type PersonalSection } from '@dondoc/domain/personal-data/personal-data';
import { PersonalDataService } from '@dondoc/domain/personal-data/personal-data.service';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { orProblem } from '../problems/problem';
import { IdPipe } from '../requests/id.pipe';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, originOf, type AuthenticatedRequest } from '../security/authenticated-request';

const kept = z.object({
  count: z.int().describe('How many there are; of very many only the latest are given.'),
  items: z.array(z.record(z.string(), z.unknown())),
});

class PersonalDataDto extends createZodDto(
  z.object(
    Object.fromEntries(personalSections.map((section) => [section, kept])) as Record<
      PersonalSection,
      typeof kept
    >,
  ),
) {}

/** What is kept about a person: the right to know of Nghị định 13/2023 and the Law on Personal Data Protection of 2025. */
@ApiTags('authentication')
@Controller('auth')
export class PersonalDataController {
  constructor(private readonly data: PersonalDataService) {}

  @Get('personal-data')
  @Roles(...everyRole)
  @Header('Cache-Control', 'no-store')
  @Look({ summary: 'All that is kept about the caller', answer: PersonalDataDto })
  async own(@Asked() request: AuthenticatedRequest) {
    return orProblem(await this.data.show(request.caller, null, originOf(request)));
  }

  @Get('accounts/:id/personal-data')
  @Roles('administrator')
  @Header('Cache-Control', 'no-store')
  @Look({
    summary: 'All that is kept about the owner of an account',
    answer: PersonalDataDto,
    problems: [404],
  })
  async ofAccount(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return orProblem(await this.data.show(request.caller, id, originOf(request)));
  }
}
