import {
  listAgencies,
  listInCharge,
  listPeople,
  officeView,
} from '@dondoc/domain/organizations/directory-view';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { AgenciesDto, InChargeDto, OfficeDto, PeopleDto } from './office.dto';

@ApiTags('office')
@Controller()
@Roles(...everyRole)
export class OfficeController {
  constructor(private readonly acts: ActService) {}

  @Get('office')
  @Look({ summary: 'The office that one has logged in to', answer: OfficeDto })
  office(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, officeView);
  }

  @Get('agencies')
  @Look({ summary: 'Agencies, past ones included', answer: AgenciesDto })
  agencies(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, async (tx) => ({ items: await listAgencies(tx) }));
  }

  @Get('people')
  @Look({ summary: 'People with the offices they hold today', answer: PeopleDto })
  people(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, async (tx) => ({ items: await listPeople(tx) }));
  }

  @Get('in-charge')
  @Look({ summary: 'Which leader is in charge of which agency or field today', answer: InChargeDto })
  inCharge(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, async (tx) => ({ items: await listInCharge(tx) }));
  }
}
