import { changeLesson, listLessons } from '@dondoc/domain/drafts/lessons.service';
import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { RequiredIfMatch } from '../requests/if-match';
import { Look } from '../requests/operation.decorators';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { LessonChangeDto, LessonDto, LessonsDto } from './lessons.dto';

@ApiTags('drafts')
@Controller('intake-lessons')
@Roles('clerk', 'administrator')
export class LessonsController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @Look({ summary: "What clerks' corrections have taught the reading of notices", answer: LessonsDto })
  list(@Asked() request: AuthenticatedRequest) {
    return this.acts.read(request, (tx) => listLessons(tx));
  }

  @Patch(':id')
  @Look({
    summary: 'Edit a lesson, or undo it',
    answer: LessonDto,
    problems: [404, 409, 412, 428],
    ifMatch: true,
  })
  change(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() revision: number,
    @Body() body: LessonChangeDto,
  ) {
    return this.acts.change(request, (tx) => changeLesson(tx, id, revision, body));
  }
}
