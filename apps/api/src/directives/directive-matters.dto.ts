import { directiveActs, extensionRequestActs } from '@dondoc/domain/authorization/acts';
import { matterActs } from '@dondoc/domain/directives/directive-matters';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { consultationWithActs } from '../consultations/consultations.dto';
import { explanationWithActs } from '../explanations/explanations.dto';
import { extensionRequest } from '../extension-requests/extension-requests.dto';

const named = z.array(z.object({ id: z.uuid(), name: z.string() }));

export class DirectiveMattersDto extends createZodDto(
  z.object({
    allowed: z.array(z.enum(matterActs)).describe('What the caller may begin now.'),
    consultations: z.array(consultationWithActs),
    explanations: z.array(explanationWithActs),
    extensionRequests: z.array(extensionRequest.extend({ allowed: z.array(z.enum(extensionRequestActs)) })),
  }),
) {}

export class DirectiveChoicesDto extends createZodDto(
  z.object({
    withheld: z
      .array(z.object({ act: z.enum(directiveActs), code: z.string(), vi: z.string(), en: z.string() }))
      .describe('What the caller cannot do now, and why.'),
    people: named.describe('Whom the head can name to do it.'),
    subordinates: named.describe('To whom it can be handed on.'),
    coordinating: named.describe('Whose opinion can be asked.'),
  }),
) {}
