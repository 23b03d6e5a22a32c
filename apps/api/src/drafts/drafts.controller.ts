import { confirmDraft } from '@dondoc/domain/drafts/confirm-draft';
import { draftView, listDrafts } from '@dondoc/domain/drafts/draft-view';
import { changeDraft, enterDraft, type ManualDraft } from '@dondoc/domain/drafts/drafts.service';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { IfMatch, RequiredIfMatch } from '../requests/if-match';
import { Does, Look } from '../requests/operation.decorators';
import { markOf } from '../requests/page.dto';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import {
  ConfirmedDraftDto,
  DraftChangeDto,
  DraftDto,
  DraftsDto,
  DraftsQueryDto,
  ManualDraftDto,
} from './drafts.dto';

@ApiTags('drafts')
@Controller('drafts')
@Roles('clerk')
export class DraftsController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: 'Drafts, newest first', answer: DraftsDto })
  list(@Asked() request: AuthenticatedRequest, @Query() { status, limit, cursor }: DraftsQueryDto) {
    return this.acts.read(request, (tx) => listDrafts(tx, { status, limit, after: markOf(cursor) }));
  }

  @Post()
  @Does({
    summary: 'Enter directives by hand with their source: bút phê, letter, oral order',
    answer: DraftDto,
    created: true,
  })
  enter(@Asked() request: AuthenticatedRequest, @Body() body: ManualDraftDto) {
    // Fields that were left out are absent, not undefined: JSON cannot say undefined.
    return this.acts.perform(request, (tx) => enterDraft(tx, request.caller, body as ManualDraft));
  }

  @Get(':id')
  @Look({ summary: 'One draft', answer: DraftDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => draftView(tx, id));
  }

  @Patch(':id')
  @Look({
    summary: 'Correct a draft: edit, split, merge, drop and add items; all corrections or none',
    answer: DraftDto,
    problems: [404, 409, 412, 428],
    ifMatch: true,
  })
  change(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() revision: number,
    @Body() body: DraftChangeDto,
  ) {
    return this.acts.change(request, (tx) => changeDraft(tx, request.caller, id, revision, body));
  }

  @Post(':id/confirm')
  @HttpCode(201)
  @Does({
    summary: 'Confirm: every tracked item becomes a directive and goes to its lead, all or none',
    answer: ConfirmedDraftDto,
    created: true,
    problems: [404, 412],
    ifMatch: true,
  })
  confirm(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | undefined,
  ) {
    return this.acts.perform(request, (tx) => confirmDraft(tx, request.caller, id, revision));
  }
}
