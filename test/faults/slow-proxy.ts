import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Passes on what is said between a client and a server, in both directions, each part later by some milliseconds. */
export class SlowProxy {
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly url: string,
    private readonly shut: () => Promise<void>,
  ) {}

  static async before(url: string, delayMs: () => number): Promise<SlowProxy> {
    const target = new URL(url);
    const server = createServer((client) => {
      const upstream = connect(Number(target.port), target.hostname);
      proxy.pass(client, upstream, delayMs);
      proxy.pass(upstream, client, delayMs);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const own = new URL(url);
    own.port = String((server.address() as AddressInfo).port);
    const proxy = new SlowProxy(own.href, () => new Promise((resolve) => server.close(() => resolve())));
    return proxy;
  }

  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    await this.shut();
  }

  /** Parts keep their order: each begins its way when the one before has arrived. */
  private pass(from: Socket, to: Socket, delayMs: () => number): void {
    this.sockets.add(from);
    let last = Promise.resolve();
    from.on('data', (part) => {
      last = last.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, delayMs()));
        if (!to.destroyed) to.write(part);
      });
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }
}
