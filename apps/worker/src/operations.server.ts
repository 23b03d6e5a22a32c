import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { metricsRefusal } from '@dondoc/domain/operations/metrics-access';
import { type ReadinessCheck } from '@dondoc/domain/operations/readiness';
import { type PrometheusObserver } from '@dondoc/workflow/observation/prometheus.observer';

export interface OperationsServerOptions {
  readonly observer: PrometheusObserver;
  readonly readiness: ReadinessCheck;
  /** Whoever reads the metrics has to show it; `null`: they are read on this machine only. */
  readonly token: string | null;
}

interface Answer {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The worker's only door: `/metrics`, `/health/live` and `/health/ready`, each for reading. */
export class OperationsServer {
  private readonly server: Server;

  constructor(private readonly options: OperationsServerOptions) {
    this.server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
      void this.serve(request, response);
    });
  }

  /** @returns the address it listens at. @throws when the port is taken */
  listen(port: number, host: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        const { address, family, port: taken } = this.server.address() as AddressInfo;
        resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`);
      });
    });
  }

  async close(): Promise<void> {
    await this.options.readiness.close();
    await new Promise<void>((resolve) => {
      // Also when it never listened.
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body, headers } = await this.answer(request).catch((): Answer => ({
      status: 500,
      body: { status: 'failed' },
    }));
    const isText = typeof body === 'string';
    response.writeHead(status, {
      'Cache-Control': 'no-store',
      'Content-Type': isText ? this.options.observer.contentType : 'application/json',
      ...headers,
    });
    response.end(request.method === 'HEAD' ? '' : isText ? body : JSON.stringify(body));
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return { status: 405, body: { status: 'method-not-allowed' }, headers: { Allow: 'GET, HEAD' } };
    switch (request.url?.split('?', 1)[0]) {
      case '/health/live':
        return { status: 200, body: { status: 'live' } };
      case '/health/ready': {
        const readiness = await this.options.readiness.look();
        return { status: readiness.status === 'not-ready' ? 503 : 200, body: readiness };
      }
      case '/metrics': {
        const refused = metricsRefusal(this.options.token, request);
        if (!refused) return { status: 200, body: await this.options.observer.text() };
        const { status, ...body } = refused;
        return { status, body, ...(status === 401 && { headers: { 'WWW-Authenticate': 'Bearer' } }) };
      }
      default:
        return { status: 404, body: { status: 'not-found' } };
    }
  }
}
