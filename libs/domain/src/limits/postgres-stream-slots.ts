import { type DataSource } from 'typeorm';
import { INSTALLATION, inOrganization } from '../persistence/organization-context';
import { SLOT_SECONDS, type OpenStream, type Slot, type StreamSlots } from './stream-slots.port';

const HOLD = `
  insert into dondoc.stream_slot (organization_id, subject, stream_id, held_until)
  select $1, held.subject, held.stream, now() + make_interval(secs => $4)
  from unnest($2::text[], $3::uuid[]) as held (subject, stream)
  on conflict (organization_id, subject, stream_id) do update set held_until = excluded.held_until`;

/** Where there is no Redis: one small row for each slot, in a table that is not logged. */
export class PostgresStreamSlots implements StreamSlots {
  constructor(private readonly source: DataSource) {}

  take(stream: OpenStream): Promise<Slot | null> {
    return inOrganization(this.source, INSTALLATION, async (manager) => {
      const subjects = stream.slots.map(({ subject }) => subject).sort();
      // One at a time for each subject, each seeing what the one before has taken; all in one order.
      for (const subject of subjects)
        await manager.query(`select pg_advisory_xact_lock(hashtextextended('stream ' || $1, 0))`, [subject]);
      await manager.query(
        'delete from dondoc.stream_slot where organization_id = $1 and subject = any($2) and held_until <= now()',
        [INSTALLATION, subjects],
      );
      const held = await manager.query<{ subject: string; streams: number }[]>(
        `select subject, count(*)::int as streams from dondoc.stream_slot
         where organization_id = $1 and subject = any($2) group by 1`,
        [INSTALLATION, subjects],
      );
      const count = new Map(held.map(({ subject, streams }) => [subject, streams]));
      const full = stream.slots.find(({ subject, most }) => (count.get(subject) ?? 0) >= most);
      if (full) return full;
      await manager.query(HOLD, [INSTALLATION, subjects, subjects.map(() => stream.id), SLOT_SECONDS]);
      return null;
    });
  }

  async renew(streams: readonly OpenStream[]): Promise<void> {
    const held = streams
      .flatMap(({ id, slots }) => slots.map(({ subject }) => ({ subject, id })))
      .sort((a, b) => a.subject.localeCompare(b.subject) || a.id.localeCompare(b.id));
    await inOrganization(this.source, INSTALLATION, async (manager) => {
      await manager.query(HOLD, [
        INSTALLATION,
        held.map(({ subject }) => subject),
        held.map(({ id }) => id),
        SLOT_SECONDS,
      ]);
      await manager.query(
        `delete from dondoc.stream_slot where organization_id = $1 and held_until <= now() - interval '1 hour'`,
        [INSTALLATION],
      );
    });
  }

  async free({ id, slots }: OpenStream): Promise<void> {
    await inOrganization(this.source, INSTALLATION, (manager) =>
      manager.query(
        'delete from dondoc.stream_slot where organization_id = $1 and subject = any($2) and stream_id = $3',
        [INSTALLATION, slots.map(({ subject }) => subject), id],
      ),
    );
  }

  /** The pool is its owner's to close. */
  async close(): Promise<void> {
    // Nothing of its own is open.
  }
}
