import { meetingDigestNow, ownDigestNow } from '@dondoc/domain/messages/digests.service';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DigestDto } from './digests.dto';

@ApiTags('digests')
@Controller('digests')
export class DigestsController {
  constructor(private readonly acts: ActService) {}

  @Get('own')
  @Roles(...everyRole)
  @Look({ summary: "The caller's own digest, as it is now", answer: DigestDto })
  own(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, (tx) => ownDigestNow(tx, request.caller));
  }

  @Get('meeting')
  @Roles('clerk', 'vice-chair', 'chair', 'administrator', 'agency-head')
  @Look({
    summary: 'The digest of the whole organization for the weekly meeting, as it is now',
    answer: DigestDto,
  })
  meeting(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, (tx) => meetingDigestNow(tx, request.caller));
  }
}
