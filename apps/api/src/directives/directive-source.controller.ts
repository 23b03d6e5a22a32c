import { drawDirective } from '@dondoc/domain/directives/directive-drawing';
import { directiveSource } from '@dondoc/domain/directives/directive-source';
import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { Look } from '../requests/operation.decorators';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';

class DirectiveSourceDto extends createZodDto(
  z.object({
    document: z
      .object({
        id: z.uuid(),
        name: z.string(),
        number: z.string().nullable(),
        issuingBody: z.string().nullable(),
        issuedOn: z.iso.date().nullable(),
        signer: z.string().nullable(),
        signerRole: z.string().nullable(),
      })
      .nullable(),
    words: z.string().nullable().describe('Its passage of the document, as it stands there.'),
  }),
) {}

class DrawingQueryDto extends createZodDto(
  z.strictObject({
    language: z.enum(['vi', 'en']).default('vi'),
    revision: z.coerce.number().int().optional(),
  }),
) {}

/** What a directive is made of: its words in the document, and its lifecycle. */
@ApiTags('directives')
@Controller('directives/:id')
@Roles(...everyRole)
export class DirectiveSourceController {
  constructor(private readonly acts: ActService) {}

  @Get('source')
  @Look({
    summary: 'The document it comes from, and its words there',
    answer: DirectiveSourceDto,
    problems: [404],
  })
  source(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => directiveSource(tx, request.caller, id));
  }

  @Get('drawing')
  @Header('Content-Type', 'image/svg+xml')
  @Header('Cache-Control', 'private, no-cache')
  @ApiProduces('image/svg+xml')
  @Look({ summary: 'Its lifecycle drawn, with where it is and how it came there', problems: [404] })
  drawing(
    @Asked() request: AuthenticatedRequest,
    @Param('id', IdPipe) id: string,
    @Query() { language }: DrawingQueryDto,
  ) {
    return this.acts.read(request, (tx) => drawDirective(tx, request.caller, id, language));
  }
}
