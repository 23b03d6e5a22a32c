import {
  addAgency,
  endAgency,
  pointAgency,
  renameAgency,
} from '@dondoc/domain/directory-administration/agency-acts';
import {
  giveCalendar,
  previewCalendarOfAgency,
} from '@dondoc/domain/directory-administration/calendar-of-agency';
import { directoryHistory } from '@dondoc/domain/directory-administration/directory-history';
import {
  addPerson,
  changePerson,
  endCharge,
  endOffice,
  giveOffice,
  putInCharge,
} from '@dondoc/domain/directory-administration/people-acts';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { Does, Look } from '../requests/operation.decorators';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import {
  CalendarGivenDto,
  CalendarOfAgencyDto,
  CalendarOfAgencyPreviewDto,
  ChangedDto,
  DirectoryHistoryDto,
  EndAgencyDto,
  GiveOfficeDto,
  LastDayDto,
  NewAgencyDto,
  PersonWordsDto,
  PointAgencyDto,
  PutInChargeDto,
  RenameAgencyDto,
} from './directory.dto';

/** Danh bạ: agencies, people, offices and charges, each with its dates. Ended, never taken away. */
@ApiTags('directory')
@Controller('directory')
@Roles('administrator')
export class DirectoryController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: 'The directory with its history', answer: DirectoryHistoryDto })
  history(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, directoryHistory);
  }

  @Post('agencies')
  @Does({ summary: 'Add an agency', answer: ChangedDto, created: true })
  addAgency(@Asked() request: AuthenticatedRequest, @Body() body: NewAgencyDto) {
    return this.acts.perform(request, (tx) => addAgency(tx, body));
  }

  @Post('agencies/:id/rename')
  @HttpCode(200)
  @Does({
    summary: 'Give an agency another name from today on; notices that use the one before still mean it',
    answer: ChangedDto,
    problems: [404],
  })
  renameAgency(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: RenameAgencyDto,
  ) {
    return this.acts.perform(request, (tx) => renameAgency(tx, id, body));
  }

  @Post('agencies/:id/point-to')
  @HttpCode(200)
  @Does({
    summary: 'Say which organization of its own an agency is, or that it is none',
    answer: ChangedDto,
    problems: [404],
  })
  pointAgency(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { organization }: PointAgencyDto,
  ) {
    return this.acts.perform(request, (tx) => pointAgency(tx, id, organization));
  }

  @Post('agencies/:id/calendar/preview')
  @HttpCode(200)
  @Look({
    summary: 'Whose deadlines it would touch if an agency worked by another calendar; changes nothing',
    answer: CalendarOfAgencyPreviewDto,
    problems: [404],
  })
  previewCalendar(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { calendar }: CalendarOfAgencyDto,
  ) {
    return this.acts.read(request, (tx) => previewCalendarOfAgency(tx, id, calendar));
  }

  @Post('agencies/:id/calendar')
  @HttpCode(200)
  @Does({
    summary: "Let an agency work by one of the organization's calendars; deadlines that were set stay",
    answer: CalendarGivenDto,
    problems: [404],
  })
  giveCalendar(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { calendar }: CalendarOfAgencyDto,
  ) {
    return this.acts.perform(request, (tx) => giveCalendar(tx, id, calendar));
  }

  @Post('agencies/:id/end')
  @HttpCode(200)
  @Does({
    summary: 'End an agency, with the offices held in it, and name who succeeds it',
    answer: ChangedDto,
    problems: [404],
  })
  endAgency(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: EndAgencyDto,
  ) {
    return this.acts.perform(request, (tx) => endAgency(tx, id, body));
  }

  @Post('people')
  @Does({ summary: 'Add a person', answer: ChangedDto, created: true })
  addPerson(@Asked() request: AuthenticatedRequest, @Body() body: PersonWordsDto) {
    return this.acts.perform(request, (tx) => addPerson(tx, body));
  }

  @Post('people/:id/change')
  @HttpCode(200)
  @Does({ summary: "Change a person's name or mail address", answer: ChangedDto, problems: [404] })
  changePerson(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() body: PersonWordsDto,
  ) {
    return this.acts.perform(request, (tx) => changePerson(tx, id, body));
  }

  @Post('people/:id/offices')
  @Does({ summary: 'Give a person an office for dates', answer: ChangedDto, created: true, problems: [404] })
  giveOffice(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) person: string,
    @Body() { role, agency, from, to }: GiveOfficeDto,
  ) {
    return this.acts.perform(request, (tx) => giveOffice(tx, { person, role, agency, from, to }));
  }

  @Post('offices/:id/end')
  @HttpCode(200)
  @Does({ summary: 'End an office that a person holds', answer: ChangedDto, problems: [404] })
  endOffice(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { lastDay }: LastDayDto,
  ) {
    return this.acts.perform(request, (tx) => endOffice(tx, id, lastDay));
  }

  @Post('in-charge')
  @Does({ summary: 'Put a leader in charge of an agency or a field', answer: ChangedDto, created: true })
  putInCharge(@Asked() request: AuthenticatedRequest, @Body() body: PutInChargeDto) {
    return this.acts.perform(request, (tx) => putInCharge(tx, body));
  }

  @Post('in-charge/:id/end')
  @HttpCode(200)
  @Does({ summary: "End a leader's charge", answer: ChangedDto, problems: [404] })
  endCharge(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Body() { lastDay }: LastDayDto,
  ) {
    return this.acts.perform(request, (tx) => endCharge(tx, id, lastDay));
  }
}
