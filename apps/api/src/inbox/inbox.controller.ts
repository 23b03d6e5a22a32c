import { markRead, readInbox } from '@dondoc/domain/inbox/inbox.service';
import { keepPreferences, readPreferences } from '@dondoc/domain/messages/message-preferences';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { Does, Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { InboxDto, InboxQueryDto, MessageDto, PreferencesDto } from './inbox.dto';

@ApiTags('inbox')
@Controller('inbox')
@Roles(...everyRole)
export class InboxController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: "The caller's own messages, newest first", answer: InboxDto })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, unread, limit }: InboxQueryDto) {
    return this.acts.read(request, (tx) =>
      readInbox(tx, request.caller, { unread, limit, after: markOf(cursor) }),
    );
  }

  @Post(':id/read')
  @HttpCode(200)
  @Does({ summary: 'Mark a message as read', answer: MessageDto, problems: [404] })
  read(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.perform(request, (tx) => markRead(tx, request.caller, id));
  }

  @Get('preferences')
  @Look({ summary: 'How the caller is told', answer: PreferencesDto })
  preferences(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, (tx) => readPreferences(tx, request.caller));
  }

  @Put('preferences')
  @Look({
    summary: 'Choose language and mail; the inbox has everything, and escalations always leave by mail',
    answer: PreferencesDto,
  })
  prefer(@Asked() request: AuthenticatedRequest, @Body() body: PreferencesDto) {
    return this.acts.change(request, (tx) => keepPreferences(tx, request.caller, body));
  }
}
