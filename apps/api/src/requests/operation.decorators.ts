import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
} from '@nestjs/swagger';
import { ProblemDto } from '../problems/problem.dto';

interface Described {
  readonly summary: string;
  readonly answer?: Type;
  readonly created?: boolean;
  /** Statuses of problems beside 401, 403 and 422, which every operation can have. */
  readonly problems?: readonly number[];
  readonly ifMatch?: boolean;
}

const problem = (status: number) =>
  ApiResponse({
    status,
    description: 'Problem (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDto' } } },
  });

function described({ summary, answer, created, problems = [], ifMatch }: Described) {
  const success = answer ? { type: answer } : {};
  return [
    ApiOperation({ summary }),
    created ? ApiCreatedResponse(success) : ApiOkResponse(success),
    ...[...new Set([401, 403, 422, ...problems])].map(problem),
    ApiSecurity('session'),
    ApiSecurity('bearer'),
    ...(ifMatch
      ? [ApiHeader({ name: 'If-Match', description: 'ETag of the revision this is about.', required: false })]
      : []),
  ];
}

/** Describes a route that only looks. */
export const Look = (what: Described) => applyDecorators(...described(what));

/** Describes a route that does something: it takes an `Idempotency-Key`. */
export const Does = (what: Described) =>
  applyDecorators(
    ...described({ ...what, problems: [400, 409, ...(what.problems ?? [])] }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'The same key with the same request gives the same answer, without a second effect.',
      example: '0b6a4c1e-52a7-4a0c-8a93-5b1c9d1f7e10',
    }),
  );

export { ProblemDto };
