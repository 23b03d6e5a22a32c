import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
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

/** The OpenAPI 3.1 document of every operation. */
export function describeApi(application: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Đôn Đốc')
    .setDescription(description)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'bearer')
    .build();
  const extraModels = [ProblemDto, TypedDocumentDto];
  const document = withNullables(SwaggerModule.createDocument(application, base, { extraModels }));
  return publishAccess(cleanupOpenApiDoc(document), application);
}

type Property = Readonly<Record<string, unknown>> & { readonly items?: { readonly type?: unknown } };

/**
 * What may be null has `type: ['string', 'null']` in zod's own words; Nest takes that for a list of strings. nestjs-zod
 * still has its mark on it at this point.
 */
function withNullables(document: OpenAPIObject): OpenAPIObject {
  const mended = (property: Property): Property => {
    if (property['x-nestjs_zod-empty-type'] !== true || property['type'] !== 'array') return property;
    const { items, ...rest } = property;
    return { ...rest, type: [items?.type, 'null'] };
  };
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    if (!('properties' in schema)) continue;
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Property>);
    const all = properties.map(([name, property]) => [name, mended(property)] as const);
    schema.properties = Object.fromEntries(all) as typeof schema.properties & object;
  }
  return document;
}

/** The document at `/api/openapi.json`, and a page to browse it at `/api/docs`. */
export function serveDocumentation(application: INestApplication): void {
  SwaggerModule.setup('api/docs', application, () => describeApi(application), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Đôn Đốc API',
    swaggerOptions: { persistAuthorization: false, tagsSorter: 'alpha' },
  });
}
