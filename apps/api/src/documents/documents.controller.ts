import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { readingConventions, receiveDocument, seeDocument } from '@dondoc/domain/documents/documents.service';
import { DocumentReader } from '@dondoc/domain/documents/reader/document-reader';
import { type FileStorage } from '@dondoc/domain/files/file-storage.port';
import { keepFile, type SentFile } from '@dondoc/domain/files/files.service';
import { defaultReadingLimits } from '@dondoc/domain/intake/reading/read-document';
import { isRefusal } from '@dondoc/workflow';
import { Controller, Get, Inject, Param, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { orProblem } from '../problems/problem';
import { validationProblem } from '../problems/validation-problem';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { Does, Look } from '../requests/operation.decorators';
import { sentFile } from '../requests/sent-file';
import { Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { CONFIGURATION, FILE_STORAGE, READER } from '../workings/tokens';
import { DocumentDto, ReceivedDocumentDto, typedDocument } from './documents.dto';

const body = {
  oneOf: [
    { $ref: '#/components/schemas/TypedDocumentDto' },
    {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary' },
        acceptSameNumber: { type: 'boolean' },
      },
    },
  ],
};

@ApiTags('documents')
@Controller('documents')
export class DocumentsController {
  constructor(
    private readonly acts: ActService,
    @Inject(FILE_STORAGE) private readonly storage: FileStorage,
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
    @Inject(READER) private readonly reader: DocumentReader,
  ) {}

  @Post()
  @Roles('clerk')
  @UseInterceptors(FileInterceptor('file'))
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiBody({ schema: body })
  @Does({
    summary: 'Take in a document (.docx, .pdf, .txt, .md, or typed text) and draft what it orders',
    answer: ReceivedDocumentDto,
    created: true,
    problems: [413],
  })
  async receive(@Asked() request: AuthenticatedRequest, @UploadedFile() file?: Express.Multer.File) {
    const sent = file ? sentFile(file) : typed(request.body);
    const limits = { ...defaultReadingLimits, maxBytes: this.configuration.filesMaxBytes };
    const grammar = await this.acts.read(request, readingConventions);
    const answer = await this.reader.notice(sent, limits, grammar);
    // Typed text has no part "file".
    const { document, reading } = orProblem(
      isRefusal(answer) && !file ? { ...answer, field: 'text' } : answer,
    );
    return this.acts.perform(request, async (tx) => {
      const kept = file ? await keepFile(tx, request.caller, this.storage, sent) : null;
      if (isRefusal(kept)) return kept;
      const arrived = {
        name: kept?.name ?? document.name,
        text: document.text,
        reading,
        file: kept?.id ?? null,
        sameNumberAccepted: acceptsSameNumber(request.body),
      };
      return receiveDocument(tx, request.caller, arrived);
    });
  }

  @Get(':id')
  @Roles('clerk')
  @Look({ summary: 'A document with its whole text', answer: DocumentDto, problems: [404] })
  see(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    return this.acts.read(request, (tx) => seeDocument(tx, id));
  }
}

/** A form says "true" where JSON says true. */
function acceptsSameNumber(body: unknown): boolean {
  const said = (body as Readonly<Record<string, unknown>> | undefined)?.['acceptSameNumber'];
  return said === true || said === 'true';
}

function typed(given: unknown): SentFile {
  const read = typedDocument.safeParse(given);
  if (!read.success) throw validationProblem(read.error);
  return { name: read.data.name, contentType: 'text/plain', bytes: Buffer.from(read.data.text, 'utf8') };
}
