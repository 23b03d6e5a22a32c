import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { draft } from '../drafts/drafts.dto';

export const typedDocument = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    text: z.string().max(2_000_000),
    acceptSameNumber: z
      .boolean()
      .optional()
      .describe('Take it in although a document of this number, body and year is there already.'),
  })
  .meta({
    example: {
      name: 'thong-bao-ket-luan.txt',
      text: 'THÔNG BÁO\nKết luận của Chủ tịch UBND xã …\nGiao Phòng Kinh tế báo cáo trước ngày 10/12/2026.',
    },
  });

export class TypedDocumentDto extends createZodDto(typedDocument) {}

export class ReceivedDocumentDto extends createZodDto(
  z.object({
    document: z.looseObject({
      id: z.uuid(),
      name: z.string(),
      number: z.string().nullable(),
      type: z.string().nullable(),
      issuingBody: z.string().nullable(),
      issuedOn: z.iso.date().nullable(),
      meetingOn: z.iso.date().nullable(),
      chair: z.string().nullable(),
      signer: z.string().nullable(),
      signerRole: z.string().nullable(),
    }),
    draft,
  }),
) {}

export class DocumentDto extends createZodDto(
  z.object({
    id: z.uuid(),
    name: z.string(),
    number: z.string().nullable(),
    type: z.string().nullable(),
    issuingBody: z.string().nullable(),
    issuedOn: z.iso.date().nullable(),
    signer: z.string().nullable(),
    signerRole: z.string().nullable(),
    text: z.string().describe('`start` and `end` of the items of a draft count in it.'),
  }),
) {}
