import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { checkedLookup, checkLiteral, plainHost, type Resolve } from './checked-lookup';
import { type OutboundPolicy } from './inside-addresses';

/** Keys, metadata and tokens are smaller. Bytes. */
const LARGEST_ANSWER = 1_048_576;

/** As much of `fetch` as clients of other standards need. */
export type Fetch = (
  url: string | URL,
  options?: {
    readonly method?: string | undefined;
    readonly headers?: ConstructorParameters<typeof Headers>[0] | undefined;
    readonly body?: unknown;
    readonly signal?: AbortSignal | null | undefined;
  },
) => Promise<Response>;

function bodyOf(body: unknown): string | Uint8Array | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a body of this kind is never sent');
}

function headersOf(answer: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headersDistinct))
    for (const one of value ?? []) headers.append(name, one);
  return headers;
}

async function readAnswer(answer: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_ANSWER) throw new Error('the answer is too large');
    parts.push(part);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

const withoutBody = new Set([204, 205, 304]);

/** Asks outside, and nowhere else: addresses are checked where the connection is made, and no redirection is followed. */
export function checkedFetch(policy: OutboundPolicy, resolve?: Resolve): Fetch {
  const lookup = checkedLookup(policy, resolve);
  return async (address, { method = 'GET', headers, body, signal } = {}) => {
    const url = new URL(address);
    checkLiteral(policy, url.hostname);
    const sent = bodyOf(body);
    const answer = await new Promise<IncomingMessage>((answered, failed) => {
      const ask = url.protocol === 'https:' ? secureRequest : plainRequest;
      const request = ask(
        url,
        {
          method,
          lookup,
          headers: {
            ...Object.fromEntries(new Headers(headers)),
            ...(sent !== null && { 'content-length': Buffer.byteLength(sent) }),
          },
          ...(signal && { signal }),
          agent: false,
          ...(url.protocol === 'https:' && { servername: plainHost(url.hostname) }),
        },
        answered,
      );
      request.on('error', failed);
      request.end(sent ?? undefined);
    });
    const bytes = await readAnswer(answer);
    const status = answer.statusCode ?? 502;
    const content = withoutBody.has(status) ? null : (bytes as Uint8Array<ArrayBuffer>);
    return new Response(content, { status, headers: headersOf(answer) });
  };
}
