import { canonicalJson } from '@dondoc/workflow';
import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { type Request } from 'express';
import { type Observable } from 'rxjs';
import { Problem } from '../problems/problem';

const FORM = 'dondoc:form';

/** A route whose content is a form, as another standard wants it. No browser's form is taken anywhere else (CSRF). */
export const TakesForm = () => SetMetadata(FORM, true);

/** No request that means something is deeper; what is would exhaust the stack of whoever walks through it. */
const DEEPEST = 64;

function isDeeperThan(value: unknown, most: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : [],
    );
  }
  return false;
}

/** Stops what PostgreSQL could not keep (NUL, half a surrogate pair) or nobody could walk through, before anything looks at it. */
@Injectable()
export class StorableInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    // Content of another kind has not been read: it must not pass for none at all.
    const isEmpty = request.headers['content-length'] === '0';
    const isForm = Reflect.hasMetadata(FORM, context.getHandler());
    if (!isEmpty && request.is(isForm ? ['urlencoded'] : ['json', 'multipart/form-data']) === false)
      throw new Problem(415, {
        code: 'unsupported-media-type',
        vi: `Nội dung phải là ${isForm ? 'application/x-www-form-urlencoded' : 'application/json hoặc multipart/form-data'}.`,
        en: `The content must be ${isForm ? 'application/x-www-form-urlencoded' : 'application/json or multipart/form-data'}.`,
      });
    const body = (request.body as unknown) ?? null;
    if (isDeeperThan(body, DEEPEST))
      throw new Problem(400, {
        code: 'too-deep',
        vi: `Nội dung lồng nhau quá ${DEEPEST} cấp.`,
        en: `The content is nested more than ${DEEPEST} levels deep.`,
      });
    canonicalJson(body);
    canonicalJson({ ...request.query });
    return next.handle();
  }
}
