import { type Caller } from '@dondoc/domain/accounts/caller';
import { type Origin } from '@dondoc/domain/audit/audit-entry';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Request } from 'express';
import type {} from 'multer';

/** A request whose sender is known. */
export interface AuthenticatedRequest extends Request {
  caller: Caller;
  /** Correlation id, also in every log line of the request. */
  id: string;
}

/** The request, with who sent it. */
export const Asked = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<AuthenticatedRequest>(),
);

/** From where a request came: the address as far as the trusted proxies tell it. */
export function originOf(request: Request & { readonly id?: unknown }): Origin {
  return {
    address: request.ip ?? null,
    userAgent: request.headers['user-agent'] ?? null,
    correlation: typeof request.id === 'string' ? request.id : '',
  };
}
