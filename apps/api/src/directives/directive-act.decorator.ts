import { applyDecorators, HttpCode } from '@nestjs/common';
import { Does } from '../requests/operation.decorators';
import { DirectiveDto } from './directives.dto';

/** An act on one directive: its answer is the directive after it. */
export const DirectiveAct = (summary: string) =>
  applyDecorators(
    HttpCode(200),
    Does({ summary, answer: DirectiveDto, problems: [404, 412], ifMatch: true }),
  );
