import { type Caller } from '@dondoc/domain/accounts/caller';
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
