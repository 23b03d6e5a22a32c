import { fork, type ChildProcess } from 'node:child_process';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';

type Claims = Record<string, unknown>;
export type Forge = (claims: Claims, sign: (claims: Claims, key?: KeyObject) => string) => string;

interface Key {
  readonly id: string;
  readonly key: KeyObject;
}

function newKey(id: string): Key {
  return { id, key: generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A real provider behind a go-between that can put another token in the place of the one that it gives. */
export class TestOpenIdProvider {
  private child: ChildProcess | null = null;
  private key = newKey('first');
  private keys = 1;
  /** What is done to the next id token. */
  forge: Forge | null = null;

  private constructor(
    private readonly front: Server,
    private readonly behind: number,
    private readonly redirect: string,
  ) {}

  static async start(redirect: string): Promise<TestOpenIdProvider> {
    const reserved = createServer().listen(0, '127.0.0.1');
    await once(reserved, 'listening');
    const { port } = reserved.address() as AddressInfo;
    reserved.close();
    const front = createServer().listen(0, '127.0.0.1');
    await once(front, 'listening');
    const provider = new TestOpenIdProvider(front, port, redirect);
    front.on('request', (request, response) => {
      provider.pass(request, response);
    });
    await provider.run();
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.front.address() as AddressInfo).port}`;
  }

  /** From now on it signs with another key, and the old one is gone. */
  async rotate(): Promise<void> {
    this.keys += 1;
    this.key = newKey(`key-${this.keys}`);
    await this.halt();
    await this.run();
  }

  /** A token as the provider would sign it, or as somebody else does. */
  signed(claims: Claims, { key = this.key.key, typ = 'logout+jwt' } = {}): string {
    const signed = `${part({ alg: 'RS256', typ, kid: this.key.id })}.${part(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
  }

  async end(): Promise<void> {
    await this.halt();
    this.front.closeAllConnections();
    await new Promise((resolve) => this.front.close(resolve));
  }

  async halt(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  private async run(): Promise<void> {
    const { id, key } = this.key;
    const jwk = { ...key.export({ format: 'jwk' }), kid: id, use: 'sig', alg: 'RS256' };
    this.child = fork(join(__dirname, '..', '..', '..', '..', 'test', 'services', 'openid-provider.mjs'), {
      env: {
        NODE_ENV: 'test',
        OPENID_PORT: String(this.behind),
        OPENID_ISSUER: this.issuer,
        OPENID_JWKS: JSON.stringify({ keys: [jwk] }),
        OPENID_REDIRECT: this.redirect,
      },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await once(this.child, 'message');
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const onwards = ask(
      {
        host: '127.0.0.1',
        port: this.behind,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, connection: 'close' },
        agent: false,
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => parts.push(chunk));
        answer.on('end', () => {
          const body = this.changed(request, Buffer.concat(parts));
          const headers = { ...answer.headers, connection: 'close', 'content-length': String(body.length) };
          delete (headers as Record<string, unknown>)['transfer-encoding'];
          response.writeHead(answer.statusCode ?? 502, headers).end(body);
        });
      },
    );
    onwards.on('error', () => response.writeHead(502).end());
    request.pipe(onwards);
  }

  private changed({ url }: IncomingMessage, body: Buffer): Buffer {
    const { forge } = this;
    if (url !== '/token' || forge === null) return body;
    const tokens = JSON.parse(body.toString()) as { id_token?: string };
    if (tokens.id_token === undefined) return body;
    this.forge = null;
    const claims = JSON.parse(
      Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString(),
    ) as Claims;
    const sign = (said: Claims, key?: KeyObject): string =>
      this.signed(said, { typ: 'JWT', ...(key && { key }) });
    return Buffer.from(JSON.stringify({ ...tokens, id_token: forge(claims, sign) }));
  }
}

/** A browser as far as redirections and cookies go. */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>();

  cookie(address: string, name: string): string | undefined {
    return this.cookies.get(new URL(address).host)?.get(name);
  }

  async go(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const { host } = new URL(address);
    const jar = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, jar);
    const response = await fetch(address, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        Connection: 'close',
      },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name);
      else jar.set(name, value.join('='));
    }
    return response;
  }

  /** Follows redirections until there are none, or until one leads to `stop`. */
  async follow(address: string, stop: string, form?: Readonly<Record<string, string>>): Promise<string> {
    let response = await this.go(address, form);
    let at = address;
    for (let hop = 0; hop < 12; hop++) {
      const location = response.headers.get('location');
      await response.arrayBuffer();
      if (location === null) return at;
      at = new URL(location, at).href;
      if (at.startsWith(stop)) return at;
      response = await this.go(at);
    }
    throw new Error(`redirected without end, last to ${at}`);
  }
}
