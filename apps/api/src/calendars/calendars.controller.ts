import {
  dueAfter,
  lengthBetween,
  opensNext,
  resolveWords,
} from '@dondoc/domain/organizations/calendar-questions';
import {
  calendarHistory,
  calendarVersion,
  enterOrder,
  listCalendars,
  previewOrder,
  putCalendarInForce,
} from '@dondoc/domain/organizations/calendars';
import { enterOrderForAll, previewOrderForAll } from '@dondoc/domain/organizations/notice-for-all';
import { type CalendarOrder } from '@dondoc/domain/working-time/calendar-orders';
import { isRefusal } from '@dondoc/workflow';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { Does, Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import {
  BetweenQueryDto,
  CalendarOrderDto,
  CalendarsDto,
  CalendarVersionDto,
  CountedTimeDto,
  DueQueryDto,
  EnteredOrderDto,
  EnterOrderDto,
  FromQueryDto,
  LengthDto,
  NewCalendarDto,
  OrderPreviewDto,
  ResolvedWordsDto,
  ResolveQueryDto,
} from './calendars.dto';

@ApiTags('calendars')
@Controller('calendars')
export class CalendarsController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Roles(...everyRole)
  @Look({ summary: 'The working calendars of the organization', answer: CalendarsDto })
  list(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, async (tx) => ({ items: await listCalendars(tx) }));
  }

  @Get(':id')
  @Roles(...everyRole)
  @Look({ summary: 'A working calendar as it is now', answer: CalendarVersionDto, problems: [404] })
  one(@Asked() request: AuthenticatedRequest, @Param('id') id: string) {
    return this.acts.read(request, (tx) => calendarVersion(tx, id));
  }

  @Get(':id/versions')
  @Roles(...everyRole)
  @Look({
    summary: 'Every version of a calendar, the newest first: who put it in force, when and why',
    answer: CalendarsDto,
    problems: [404],
  })
  history(@Asked() request: AuthenticatedRequest, @Param('id') id: string) {
    return this.acts.read(request, async (tx) => {
      const items = await calendarHistory(tx, id);
      return isRefusal(items) ? items : { items };
    });
  }

  @Get(':id/versions/:version')
  @Roles(...everyRole)
  @Look({ summary: 'One version of a calendar', answer: CalendarVersionDto, problems: [400, 404] })
  version(
    @Asked() request: AuthenticatedRequest,
    @Param('id') id: string,
    @Param('version', ParseIntPipe) version: number,
  ) {
    return this.acts.read(request, (tx) => calendarVersion(tx, id, version));
  }

  @Get(':id/due')
  @Roles(...everyRole)
  @Look({
    summary: 'When a time from an instant ends, step by step',
    answer: CountedTimeDto,
    problems: [404],
  })
  due(@Asked() request: AuthenticatedRequest, @Param('id') id: string, @Query() { from, add }: DueQueryDto) {
    return this.acts.read(request, (tx) => dueAfter(tx, id, Date.parse(from), add));
  }

  @Get(':id/next-opening')
  @Roles(...everyRole)
  @Look({ summary: 'When the office is open next', answer: CountedTimeDto, problems: [404] })
  next(@Asked() request: AuthenticatedRequest, @Param('id') id: string, @Query() { from }: FromQueryDto) {
    return this.acts.read(request, (tx) => opensNext(tx, id, Date.parse(from)));
  }

  @Get(':id/between')
  @Roles(...everyRole)
  @Look({ summary: 'Working time between two instants', answer: LengthDto, problems: [404] })
  between(@Asked() request: AuthenticatedRequest, @Param('id') id: string, @Query() query: BetweenQueryDto) {
    const { from, to } = query;
    return this.acts.read(request, (tx) => lengthBetween(tx, id, Date.parse(from), Date.parse(to)));
  }

  @Get(':id/resolve')
  @Roles(...everyRole)
  @Look({
    summary: 'What a deadline in words means, by the conventions of the office',
    answer: ResolvedWordsDto,
    problems: [404],
  })
  resolve(@Asked() request: AuthenticatedRequest, @Param('id') id: string, @Query() query: ResolveQueryDto) {
    const { phrase, ...known } = query;
    return this.acts.read(request, (tx) => resolveWords(tx, id, phrase, known));
  }

  @Post(':id/versions')
  @Roles('administrator')
  @Does({
    summary: 'A new version of a calendar, or the first of a new one; deadlines that were set stay',
    answer: CalendarVersionDto,
    created: true,
  })
  putInForce(
    @Asked() request: AuthenticatedRequest,
    @Param('id') id: string,
    @Body() { calendar, note }: NewCalendarDto,
  ) {
    const by = request.caller.person;
    return this.acts.perform(request, (tx) => putCalendarInForce(tx, id, calendar, { note, by }));
  }

  @Post(':id/orders/preview')
  @HttpCode(200)
  @Roles('administrator')
  @Look({
    summary: 'What a notice would make of a calendar, and whose deadlines it touches; changes nothing',
    answer: OrderPreviewDto,
    problems: [404],
  })
  preview(
    @Asked() request: AuthenticatedRequest,
    @Param('id') id: string,
    @Body() { everywhere, ...order }: CalendarOrderDto,
  ) {
    const preview = everywhere ? previewOrderForAll : previewOrder;
    return this.acts.read(request, (tx) => preview(tx, id, order as CalendarOrder));
  }

  @Post(':id/orders')
  @Roles('administrator')
  @Does({
    summary: 'Enter the days off and worked Saturdays of a notice, as a new version',
    answer: EnteredOrderDto,
    created: true,
    problems: [404],
  })
  enter(
    @Asked() request: AuthenticatedRequest,
    @Param('id') id: string,
    @Body() { note, everywhere, ...order }: EnterOrderDto,
  ) {
    const by = request.caller.person;
    const enter = everywhere ? enterOrderForAll : enterOrder;
    return this.acts.perform(request, (tx) => enter(tx, id, order as CalendarOrder, { note, by }));
  }
}
