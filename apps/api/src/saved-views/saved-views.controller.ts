import { listSavedViews, removeView, saveView } from '@dondoc/domain/saved-views/saved-views.service';
import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { present } from '../directives/directives.dto';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { Does, Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { RemovedViewDto, SavedViewDto, SavedViewsDto, SaveViewDto } from './saved-views.dto';

/** Filters of the list of directives that a person comes back to; everybody's own. */
@ApiTags('saved views')
@Controller('saved-views')
@Roles(...everyRole)
export class SavedViewsController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: 'The views that the caller has saved', answer: SavedViewsDto })
  list(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, async (tx) => ({ items: await listSavedViews(tx, request.caller) }));
  }

  @Post()
  @Does({
    summary: 'Save a view; one of the same name takes the place of the one before',
    answer: SavedViewDto,
    created: true,
  })
  save(@Asked() request: AuthenticatedRequest, @Body() { name, filters }: SaveViewDto) {
    const view = { name, filters: present(filters) };
    return this.acts.perform(request, (tx) => saveView(tx, request.caller, view));
  }

  @Delete(':id')
  @Look({ summary: 'Remove a saved view', answer: RemovedViewDto, problems: [404] })
  remove(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.change(request, (tx) => removeView(tx, request.caller, id));
  }
}
