import { networkOf } from '@dondoc/domain/limits/network';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { tokenOf } from '../security/session-cookie';
import { EventsService } from './events.service';

@ApiTags('events')
@Controller('events')
@Roles(...everyRole)
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Get()
  @ApiProduces('text/event-stream')
  @Look({
    summary: 'Server-sent events: `changed` whenever something has changed that the caller may see',
    problems: [429],
  })
  listen(@Asked() request: AuthenticatedRequest, @Res() response: Response): Promise<void> {
    return this.events.listen({
      caller: request.caller,
      token: tokenOf(request) ?? '',
      address: networkOf(request.ip),
      response,
    });
  }
}
