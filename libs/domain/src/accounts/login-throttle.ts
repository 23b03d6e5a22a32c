import { createHash } from 'node:crypto';
import { type DataSource, type EntityManager } from 'typeorm';
import { refusal, type Refusal } from '@dondoc/workflow';
import { networkOf } from '../limits/network';
import { INSTALLATION, inOrganization } from '../persistence/organization-context';

interface Limit {
  readonly free: number;
  /** Seconds of waiting after the last free failure; doubled by each further one, up to `most`. */
  readonly first: number;
  readonly most: number;
  /** Failures are forgotten after so many seconds. */
  readonly window: number;
}

/**
 * Never more than 100 failures in a row for one account (NIST SP 800-63B, rev. 4, 3.2.2), and nobody can be locked out
 * for good by somebody else: every wait ends by itself within the hour, and an administrator can end it.
 */
const limits = {
  /** One log-in from one address. */
  pair: { free: 5, first: 30, most: 15 * 60, window: 24 * 3_600 },
  /** All log-ins from one address. */
  address: { free: 100, first: 60, most: 15 * 60, window: 3_600 },
  /** One log-in from anywhere. */
  login: { free: 50, first: 5 * 60, most: 3_600, window: 24 * 3_600 },
} as const satisfies Readonly<Record<string, Limit>>;

/** `$2` subject, `$3` free, `$4` first, `$5` most, `$6` window. Answers the seconds for which it was blocked already. */
const COUNT = `
  with before as (
    select blocked_until from dondoc.login_throttle where organization_id = $1 and subject = $2 and blocked_until > now()
    for update
  ), counted as (
    insert into dondoc.login_throttle as t (organization_id, subject, failures, counted_from)
    select $1, $2, 1, now() where not exists (select from before)
    on conflict (organization_id, subject) do update set
      failures = case when t.counted_from < now() - make_interval(secs => $6) then 1 else t.failures + 1 end,
      counted_from = case when t.counted_from < now() - make_interval(secs => $6) then now() else t.counted_from end,
      blocked_until = case
        when t.counted_from >= now() - make_interval(secs => $6) and t.failures + 1 >= $3
        then now() + make_interval(secs => least($5::double precision, $4 * power(2, least(t.failures + 1 - $3, 20)))) end
  )
  select ceil(extract(epoch from blocked_until - now()))::int as seconds from before`;

export interface Attempt {
  readonly login: string;
  readonly address: string | null;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const pairsOf = (login: string): string => `pair:${hash(login)}:`;

function subjectsOf({ login, address }: Attempt) {
  const from = networkOf(address);
  return {
    pair: `${pairsOf(login)}${hash(from)}`,
    address: `address:${hash(from)}`,
    login: `login:${hash(login)}`,
  } as const;
}

/** A wait before the next try. */
export interface TooManyAttempts extends Refusal {
  /** Seconds. */
  readonly retryAfter: number;
}

/** Counts log-ins that fail, in PostgreSQL: the same for all processes, and known after a restart. */
export class LoginThrottle {
  constructor(private readonly source: DataSource) {}

  /** Counts an attempt before it is tried, so that many at once are no way around. Null: it may be tried. */
  async begin(attempt: Attempt): Promise<TooManyAttempts | null> {
    const subjects = subjectsOf(attempt);
    return inOrganization(this.source, INSTALLATION, async (manager) => {
      for (const kind of ['pair', 'address', 'login'] as const) {
        const { free, first, most, window } = limits[kind];
        // One at a time, each seeing what the one before has counted.
        await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [subjects[kind]]);
        const [blocked] = await manager.query<{ seconds: number }[]>(COUNT, [
          INSTALLATION,
          subjects[kind],
          free,
          first,
          most,
          window,
        ]);
        if (blocked) return tooMany(blocked.seconds);
      }
      return null;
    });
  }

  /** It succeeded: what was counted against this log-in is forgotten, and old counts with it. */
  async succeeded(attempt: Attempt): Promise<void> {
    const { pair, login, address } = subjectsOf(attempt);
    await inOrganization(this.source, INSTALLATION, async (manager) => {
      await forget(manager, [pair, login]);
      await manager.query(
        `update dondoc.login_throttle set failures = greatest(failures - 1, 0), blocked_until = null
         where organization_id = $1 and subject = $2`,
        [INSTALLATION, address],
      );
      await manager.query(
        `delete from dondoc.login_throttle
         where organization_id = $1 and counted_from < now() - interval '1 day'
           and (blocked_until is null or blocked_until < now())`,
        [INSTALLATION],
      );
    });
  }

  /** Until when each of these log-ins cannot be tried, at least from one address; only those that are. */
  lockedUntil(logins: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const subjects = logins.map((login) => subjectsOf({ login, address: null }).login);
    return inOrganization(this.source, INSTALLATION, async (manager) => {
      const rows = await manager.query<{ login: string; until: Date }[]>(
        `select l.login, max(t.blocked_until) as until
         from unnest($2::text[], $3::text[], $4::text[]) as l (login, subject, pairs)
         join dondoc.login_throttle t
           on t.organization_id = $1 and (t.subject = l.subject or starts_with(t.subject, l.pairs))
         where t.blocked_until > now() group by l.login`,
        [INSTALLATION, logins, subjects, logins.map(pairsOf)],
      );
      return new Map(rows.map(({ login, until }) => [login, until.getTime()]));
    });
  }

  /** The administrator's way back for a log-in that somebody else has blocked. */
  async release(login: string): Promise<void> {
    await inOrganization(this.source, INSTALLATION, async (manager) => {
      await forget(manager, [subjectsOf({ login, address: null }).login]);
      await manager.query(
        'delete from dondoc.login_throttle where organization_id = $1 and starts_with(subject, $2)',
        [INSTALLATION, pairsOf(login)],
      );
    });
  }
}

async function forget(manager: EntityManager, subjects: readonly string[]): Promise<void> {
  await manager.query('delete from dondoc.login_throttle where organization_id = $1 and subject = any($2)', [
    INSTALLATION,
    subjects,
  ]);
}

function tooMany(seconds: number): TooManyAttempts {
  const minutes = Math.ceil(seconds / 60);
  return {
    ...refusal('too-many-attempts', {
      vi: `Đăng nhập sai quá nhiều lần; hãy thử lại sau ${minutes} phút, hoặc nhờ quản trị viên mở khóa.`,
      en: `Too many failed log-ins; try again in ${minutes} minutes, or ask an administrator to unlock.`,
    }),
    retryAfter: seconds,
  };
}
