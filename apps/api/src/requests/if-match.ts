import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type Request } from 'express';
import { Problem } from '../problems/problem';

/** The revision that `If-Match` names; undefined without the header or with `*`. */
export function expectedRevision(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const revision = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  throw new Problem(400, {
    code: 'if-match-malformed',
    vi: 'If-Match phải là ETag đã nhận, ví dụ "3".',
    en: 'If-Match takes an ETag as it was given, for example "3".',
  });
}

export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext) =>
  expectedRevision(context.switchToHttp().getRequest<Request>().headers['if-match']),
);

/** `If-Match` where changing without it would overwrite what one has not seen. */
export const RequiredIfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<Request>().headers['if-match'];
  const revision = expectedRevision(header);
  if (revision !== undefined) return revision;
  throw new Problem(428, {
    code: 'if-match-missing',
    vi: 'Thiếu If-Match: hãy gửi kèm ETag của bản đang sửa.',
    en: 'If-Match is missing: send the ETag of what you are changing.',
  });
});
