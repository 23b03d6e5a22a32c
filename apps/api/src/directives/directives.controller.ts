import { countByState, listDirectives } from '@dondoc/domain/directives/directive-list';
import { explainVisibleDirective } from '@dondoc/domain/directives/directive-explanation';
import { directiveHistory } from '@dondoc/domain/directives/directive-history';
import { allowedOnMany } from '@dondoc/domain/directives/allowed-on-many';
import { seeDirective } from '@dondoc/domain/directives/directives.service';
import { isRefusal } from '@dondoc/workflow';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { DirectiveExplanationDto, explanationView } from './explanation.dto';
import {
  AllowedActsDto,
  AllowedActsQueryDto,
  DirectiveCountsDto,
  DirectiveCountsQueryDto,
  DirectiveDto,
  DirectivesDto,
  DirectivesQueryDto,
  HistoryDto,
} from './directives.dto';

@ApiTags('directives')
@Controller('directives')
@Roles(...everyRole)
export class DirectivesController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: 'Directives that the caller may see, newest first', answer: DirectivesDto })
  list(@Asked() request: AuthenticatedRequest, @Query() { cursor, ...query }: DirectivesQueryDto) {
    return this.acts.read(request, (tx) =>
      listDirectives(tx, request.caller, { ...query, after: markOf(cursor) }),
    );
  }

  @Get('counts')
  @Look({ summary: 'How many directives a list has in each state', answer: DirectiveCountsDto })
  counts(@Asked() request: AuthenticatedRequest, @Query() query: DirectiveCountsQueryDto) {
    return this.acts.read(request, async (tx) => ({
      items: await countByState(tx, request.caller, query),
    }));
  }

  @Get('allowed')
  @Look({
    summary: 'What the caller may do with each of several directives now; those one may not see are left out',
    answer: AllowedActsDto,
  })
  allowed(@Asked() request: AuthenticatedRequest, @Query() { ids }: AllowedActsQueryDto) {
    return this.acts.read(request, async (tx) => ({
      items: await allowedOnMany(tx, request.caller, ids),
    }));
  }

  @Get(':id')
  @Look({
    summary: 'One directive, with its results and what the caller may do with it now',
    answer: DirectiveDto,
    problems: [404],
  })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => seeDirective(tx, request.caller, id));
  }

  @Get(':id/history')
  @Look({
    summary: 'Everything that ever happened to it, with who, when, and the hash that chains it',
    answer: HistoryDto,
    problems: [404],
  })
  history(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => directiveHistory(tx, request.caller, id));
  }

  @Get(':id/explain')
  @Look({
    summary: 'Why its deadline, why late, what was sent by which article, and what comes next',
    answer: DirectiveExplanationDto,
    problems: [404],
  })
  explain(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, async (tx) => {
      const explanation = await explainVisibleDirective(tx, request.caller, id);
      return isRefusal(explanation) ? explanation : explanationView(explanation);
    });
  }
}
