import { type DataSource } from 'typeorm';
import { networkOf } from '../limits/network';
import { INSTALLATION, inOrganization } from '../persistence/organization-context';

const HOUR = 3_600_000;
/** Told apart in one hour by one process; all further addresses are counted together, so that no flood fills the disk. */
const MOST_KNOWN = 10_000;
const OTHERS = 'others';
/** Milliseconds between two writings of what is counted again. */
const WRITE_EVERY = 5_000;

/** The hour is the database's: all processes write into the same row. */
const COUNT = `
  insert into dondoc.refused_stranger as s (organization_id, hour, address, code, refused, last_at)
  select $1, date_trunc('hour', now()), k.address, k.code, k.refused, now()
  from unnest($2::text[], $3::text[], $4::bigint[]) as k (address, code, refused)
  on conflict (organization_id, hour, address, code) do update
    set refused = s.refused + excluded.refused, last_at = excluded.last_at`;

export interface RefusedStranger {
  /** Beginning of the hour, technical time, ISO 8601, UTC. */
  readonly hour: string;
  /** An IPv6 customer's /64; `others`: more than are told apart. */
  readonly address: string;
  readonly code: string;
  readonly refused: number;
  readonly lastAt: string;
}

/**
 * Requests of people whom nobody knows, refused: without a session, with one that has ended or never was, or led here by
 * another site. Counted by address, reason and hour: the first of an hour is written at once, the others every few seconds.
 */
export class RefusedStrangers {
  private readonly pending = new Map<string, number>();
  private known = new Set<string>();
  private hour = 0;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  /**
   * @param keptDays after which a count is forgotten
   * @param failed told when a count could not be written; it is tried again with the next
   * @param now technical time, milliseconds
   */
  constructor(
    private readonly source: DataSource,
    private readonly keptDays: number,
    private readonly failed: (error: unknown) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Nobody waits for it: a refusal costs its sender a count, not the installation an answer. */
  note(address: string | undefined, code: string): void {
    const hour = Math.floor(this.now() / HOUR);
    if (hour !== this.hour) {
      this.hour = hour;
      this.known = new Set();
    }
    const from = networkOf(address);
    const isTold = this.known.has(`${from} ${code}`) || this.known.size < MOST_KNOWN;
    const key = `${isTold ? from : OTHERS} ${code}`;
    const isFirst = !this.known.has(key);
    this.known.add(key);
    this.pending.set(key, (this.pending.get(key) ?? 0) + 1);
    if (isFirst && isTold) void this.write();
    else
      this.timer ??= setTimeout(() => {
        this.timer = null;
        void this.write();
      }, WRITE_EVERY).unref();
  }

  /** Writes what has been counted so far. */
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeNow());
    return this.writing;
  }

  async close(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.write();
  }

  private async writeNow(): Promise<void> {
    const counts = [...this.pending].sort(([a], [b]) => a.localeCompare(b));
    if (counts.length === 0) return;
    this.pending.clear();
    const parts = counts.map(([key, refused]) => {
      const [address = '', code = ''] = key.split(' ', 2);
      return { address, code, refused };
    });
    try {
      await inOrganization(this.source, INSTALLATION, async (manager) => {
        await manager.query(COUNT, [
          INSTALLATION,
          parts.map(({ address }) => address),
          parts.map(({ code }) => code),
          parts.map(({ refused }) => refused),
        ]);
        await manager.query(
          `delete from dondoc.refused_stranger
           where organization_id = $1 and hour < now() - make_interval(days => $2)`,
          [INSTALLATION, this.keptDays],
        );
      });
    } catch (error) {
      for (const [key, refused] of counts) this.pending.set(key, (this.pending.get(key) ?? 0) + refused);
      this.failed(error);
    }
  }
}

/** The latest counts, the newest hour first. */
export function refusedStrangers(source: DataSource, most: number): Promise<RefusedStranger[]> {
  const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  return inOrganization(source, INSTALLATION, (manager) =>
    manager.query<RefusedStranger[]>(
      `select ${iso('hour')} as hour, address, code, refused::int, ${iso('last_at')} as "lastAt"
       from dondoc.refused_stranger where organization_id = $1
       order by dondoc.refused_stranger.hour desc, refused desc, address limit $2`,
      [INSTALLATION, most],
    ),
  );
}
