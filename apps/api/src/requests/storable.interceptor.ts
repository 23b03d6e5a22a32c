import { canonicalJson } from '@dondoc/workflow';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { type Request } from 'express';
import { type Observable } from 'rxjs';

/** Stops what PostgreSQL could not keep (NUL, half a surrogate pair) before anything looks at it. */
@Injectable()
export class StorableInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    canonicalJson((request.body as unknown) ?? null);
    canonicalJson({ ...request.query });
    return next.handle();
  }
}
