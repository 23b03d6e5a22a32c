import { NotStorableError } from '@dondoc/workflow';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { passingTrouble } from './passing-trouble';
import { Problem } from './problem';
import { titleOf } from './problem-titles';

const said: Readonly<Record<number, { readonly code: string; readonly vi: string; readonly en: string }>> = {
  400: { code: 'bad-request', vi: 'Không đọc được yêu cầu.', en: 'The request cannot be read.' },
  404: { code: 'not-found', vi: 'Không có địa chỉ này.', en: 'There is nothing at this address.' },
  413: { code: 'too-large', vi: 'Nội dung gửi lên quá lớn.', en: 'What was sent is too large.' },
  415: {
    code: 'unsupported-media-type',
    vi: 'Không nhận kiểu nội dung này.',
    en: 'This kind of content is not taken.',
  },
};

interface HasStatus {
  readonly status?: unknown;
  readonly statusCode?: unknown;
}

/** Whatever goes wrong on the way to the answer, as a problem; what nobody foresaw says nothing of its inside. */
function problemFrom(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof NotStorableError)
    return new Problem(422, {
      code: 'not-storable',
      vi: 'Có ký tự không lưu được.',
      en: 'There is a character that cannot be stored.',
      errors: [{ field: error.path, code: 'not-storable', vi: 'có ký tự không lưu được', en: error.reason }],
    });
  const passing = passingTrouble(error);
  if (passing) return new Problem(503, passing);
  const { status, statusCode } = (error ?? {}) as HasStatus;
  const found = error instanceof HttpException ? error.getStatus() : (status ?? statusCode);
  if (typeof found !== 'number' || found < 400 || found > 499) return null;
  const words = said[found] ?? { ...titleOf(found), code: `http-${found}` };
  return new Problem(found, words);
}

function prefersEnglish(request: Request): boolean {
  return request.acceptsLanguages('vi', 'en') === 'en';
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request & { id?: string }>();
    const response = host.switchToHttp().getResponse<Response>();
    const known = problemFrom(error);
    if (!known || (error !== known && known.status >= 500)) this.logger.error(error);
    const problem =
      known ??
      new Problem(500, {
        code: 'unexpected-error',
        vi: 'Có lỗi ngoài dự kiến; hãy báo mã yêu cầu cho quản trị viên.',
        en: 'Something unexpected went wrong; tell the administrator the request id.',
      });
    if (response.headersSent) return;
    const { status, description } = problem;
    const { vi, en, code, ...more } = description;
    const title = titleOf(status);
    if (description.retryAfter !== undefined) response.set('Retry-After', String(description.retryAfter));
    const language = prefersEnglish(request) ? 'en' : 'vi';
    response
      .status(status)
      .type('application/problem+json')
      .set('Content-Language', language)
      .set('Cache-Control', 'no-store')
      .json({
        type: `urn:dondoc:problem:${code}`,
        title: title[language],
        status,
        detail: { vi, en }[language],
        code,
        vi: { title: title.vi, detail: vi },
        en: { title: title.en, detail: en },
        ...more,
        requestId: request.id,
      });
  }
}
