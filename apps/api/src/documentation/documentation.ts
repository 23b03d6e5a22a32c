import { type NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { ProblemDto } from '../problems/problem.dto';
import { TypedDocumentDto } from '../documents/documents.dto';
import { publishAccess } from './published-access';
import { SESSION_COOKIE } from '../security/session-cookie';

const description = `Theo dõi và đôn đốc nhiệm vụ của lãnh đạo / Tracks the directives of leaders.

* Every POST but log-in and log-out needs an \`Idempotency-Key\`: the same key with the same request gives the same
  answer (\`Idempotency-Replayed: true\`) without a second effect.
* What has a revision has it as its \`ETag\`; send it back as \`If-Match\` (412 when somebody was faster).
* A transition that the present state does not take is 409, with \`code\`, the reason in Vietnamese and English, and
  \`allowed\`: what it would take from you.
* Every error is \`application/problem+json\` (RFC 9457); \`detail\` follows \`Accept-Language\` (vi by default).
* \`x-access\` of an operation names the roles that may call it at all; relations to one directive are decided further in.
* Instants are ISO 8601 in UTC; dates are civil dates of the office's zone.`;

/** OpenAPI 3.1 at `/api/openapi.json`, and a page to browse it at `/api/docs`. */
export function serveDocumentation(application: NestExpressApplication): void {
  const base = new DocumentBuilder()
    .setTitle('Đôn Đốc')
    .setDescription(description)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'bearer')
    .build();
  const make = () =>
    publishAccess(
      cleanupOpenApiDoc(
        SwaggerModule.createDocument(application, base, { extraModels: [ProblemDto, TypedDocumentDto] }),
      ),
      application,
    );
  SwaggerModule.setup('api/docs', application, make, {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Đôn Đốc API',
    swaggerOptions: { persistAuthorization: false, tagsSorter: 'alpha' },
  });
}
