import { Client } from 'pg';
import { type DataSource } from 'typeorm';

/** Payload: a shard, or empty for all of them. */
export const WAKE_CHANNEL = 'dondoc_wake';

const RECONNECT_MS = 1_000;

/** Tells workers after a commit that a shard has something due soon. Losing one costs at most a sweep. */
export async function announce(dataSource: DataSource, shards: readonly number[]): Promise<void> {
  await dataSource.query(`select pg_notify($1, shard::text) from unnest($2::integer[]) as shard`, [
    WAKE_CHANNEL,
    shards,
  ]);
}

/** Listens on a connection of its own and reconnects when it is lost; every reconnection counts as a wake-up. */
export class WakeUpListener {
  private client: Client | null = null;
  private stopped = false;
  private listening = false;
  private retry: NodeJS.Timeout | null = null;

  constructor(
    private readonly url: string,
    private readonly woken: (shard: number | null) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  get isConnected(): boolean {
    return this.listening;
  }

  async start(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'dondoc wake-ups' });
    this.client = client;
    client.on('notification', ({ payload }) => this.woken(payload ? Number(payload) : null));
    client.on('error', (error) => this.lost(error));
    try {
      await client.connect();
      await client.query(`listen ${WAKE_CHANNEL}`);
      this.listening = this.client === client;
      this.woken(null);
    } catch (error) {
      this.lost(error);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.listening = false;
    if (this.retry) clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  private lost(error: unknown): void {
    this.listening = false;
    this.failed(error);
    this.reconnect();
  }

  private reconnect(): void {
    if (this.stopped || this.retry) return;
    void this.client?.end().catch(() => undefined);
    this.client = null;
    this.retry = setTimeout(() => {
      this.retry = null;
      if (!this.stopped) void this.start();
    }, RECONNECT_MS);
  }
}
