import { type DataSource } from 'typeorm';
import { INSTALLATION, inOrganization } from '../persistence/organization-context';
import { type RequestCounter } from './request-counter.port';

const ADD = `
  insert into dondoc.request_count as c (organization_id, subject, minute, requests) values ($1, $2, $3, $4)
  on conflict (organization_id, subject, minute) do update set requests = c.requests + excluded.requests
  returning requests`;

/** Where there is no Redis: one small row for each subject and minute, in a table that is not logged. */
export class PostgresRequestCounter implements RequestCounter {
  private minute = 0;

  constructor(private readonly source: DataSource) {}

  add(subject: string, minute: number, requests: number): Promise<number> {
    return inOrganization(this.source, INSTALLATION, async (manager) => {
      if (minute !== this.minute) {
        this.minute = minute;
        await manager.query('delete from dondoc.request_count where organization_id = $1 and minute < $2', [
          INSTALLATION,
          minute - 1,
        ]);
      }
      const [row] = await manager.query<{ requests: number }[]>(ADD, [
        INSTALLATION,
        subject,
        minute,
        requests,
      ]);
      return row?.requests ?? requests;
    });
  }

  /** The pool is its owner's to close. */
  async close(): Promise<void> {
    // Nothing of its own is open.
  }
}
