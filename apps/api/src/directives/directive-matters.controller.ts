import { directiveChoices } from '@dondoc/domain/directives/directive-choices';
import { directiveMatters } from '@dondoc/domain/directives/directive-matters';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DirectiveChoicesDto, DirectiveMattersDto } from './directive-matters.dto';

/** What surrounds a directive: what was asked about it, and what can be named in the acts on it. */
@ApiTags('directives')
@Controller('directives/:id')
@Roles(...everyRole)
export class DirectiveMattersController {
  constructor(private readonly acts: ActService) {}

  @Get('matters')
  @Look({
    summary: 'Opinions, explanations and more time that were asked for, with what the caller may do',
    answer: DirectiveMattersDto,
    problems: [404],
  })
  matters(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => directiveMatters(tx, request.caller, id));
  }

  @Get('choices')
  @Look({
    summary: 'Who can be named in the acts on it, and which acts the caller cannot do now and why',
    answer: DirectiveChoicesDto,
    problems: [404],
  })
  choices(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => directiveChoices(tx, request.caller, id));
  }
}
