import { randomUUID } from 'node:crypto';
import { samplePassword } from '@dondoc/domain/organizations/sample-office';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

interface Request {
  readonly body?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Everybody of the sample office at their keyboards: the public API, and nothing but it. */
export class HttpOffice {
  private readonly tokens = new Map<string, string>();

  constructor(private readonly address: string) {}

  /** Sends a request as the person of this log-in, or as nobody. Every POST bears an idempotency key of its own. */
  async as(login: string | null, method: string, path: string, request: Request = {}): Promise<Answer> {
    const { body, form, headers } = request;
    const token = login === null ? null : await this.token(login);
    const response = await fetch(`${this.address}/api/v1${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(form && { body: form }),
    });
    const text = await response.text();
    const read = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body: read };
  }

  /** As `as`, when only a 2xx answer will do. */
  async get<T>(login: string, path: string): Promise<T> {
    const answer = await this.as(login, 'GET', path);
    if (answer.status >= 300) throw new Error(`GET ${path} as ${login}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  /** All pages of a list. */
  async all<T>(login: string, path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const join = path.includes('?') ? '&' : '?';
      const page: { items: T[]; next: string | null } = await this.get(
        login,
        cursor === null ? path : `${path}${join}cursor=${encodeURIComponent(cursor)}`,
      );
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return items;
  }

  private async token(login: string): Promise<string> {
    const known = this.tokens.get(login);
    if (known !== undefined) return known;
    const answer = await this.as(null, 'POST', '/auth/login', {
      body: { login, password: samplePassword(login) },
    });
    const token = answer.body['token'];
    if (typeof token !== 'string') throw new Error(`${login} cannot log in: ${JSON.stringify(answer.body)}`);
    this.tokens.set(login, token);
    return token;
  }
}
