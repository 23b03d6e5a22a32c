import { type ApiConfiguration } from '@dondoc/domain/configuration/api.configuration';
import { DocumentReader } from '@dondoc/domain/documents/reader/document-reader';
import { type FileStorage } from '@dondoc/domain/files/file-storage.port';
import { secrecyRefusal } from '@dondoc/domain/files/file-secrecy';
import { findFile, keepFile } from '@dondoc/domain/files/files.service';
import {
  Controller,
  Get,
  Inject,
  Param,
  Post,
  StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { problemOf } from '../problems/problem';
import { ActService } from '../requests/act.service';
import { IdPipe } from '../requests/id.pipe';
import { Does, Look } from '../requests/operation.decorators';
import { sentFile } from '../requests/sent-file';
import { everyRole, Roles } from '../security/access.decorators';
import { Asked, type AuthenticatedRequest } from '../security/authenticated-request';
import { CONFIGURATION, FILE_STORAGE, READER } from '../workings/tokens';

class FileDto extends createZodDto(
  z.object({
    id: z.uuid(),
    name: z.string(),
    contentType: z.string(),
    size: z.int().describe('Bytes.'),
    sha256: z.string(),
  }),
) {}

@ApiTags('files')
@Controller('files')
@Roles(...everyRole)
export class FilesController {
  constructor(
    private readonly acts: ActService,
    @Inject(FILE_STORAGE) private readonly storage: FileStorage,
    @Inject(CONFIGURATION) private readonly configuration: ApiConfiguration,
    @Inject(READER) private readonly reader: DocumentReader,
  ) {}

  @Post()
  @UseInterceptors(FileInterceptor('file'))
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  @Does({ summary: 'Keep a file, for a result document', answer: FileDto, created: true, problems: [413] })
  async keep(@Asked() request: AuthenticatedRequest, @UploadedFile() file?: Express.Multer.File) {
    const sent = sentFile(file);
    const secret = await secrecyRefusal(this.reader, sent, this.configuration.filesMaxBytes);
    if (secret) throw problemOf(secret);
    return this.acts.perform(request, (tx) => keepFile(tx, request.caller, this.storage, sent));
  }

  @Get(':id')
  @ApiProduces('application/octet-stream')
  @Look({ summary: 'A file, as an attachment', problems: [404] })
  async send(@Asked() request: AuthenticatedRequest, @Param('id', IdPipe) id: string) {
    const file = await this.acts.read(request, (tx) => findFile(tx, request.caller, id));
    const bytes = await this.storage.read(file.sha256);
    request.res?.setHeader('Cache-Control', 'private, no-store');
    return new StreamableFile(bytes, {
      // Never shown in the page: what people upload is not ours to run.
      type: 'application/octet-stream',
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
      length: file.size,
    });
  }
}
