import { Sealer } from '@dondoc/workflow/audit/sealer';
import { SigningKey } from '@dondoc/workflow/audit/signing-key';
import { verifyCheckpoints } from '@dondoc/workflow/audit/verify-checkpoints';
import { type DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { dondocDataSource } from '../persistence/data-source';
import { inOrganization } from '../persistence/organization-context';
import { type Actor, type Origin } from './audit-entry';
import { exportAudit } from './audit-export';
import { keepAudit } from './audit-trail';
import { ledgers } from './ledgers';
import { personalHash } from './noted-changes';

const [lan, minh] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
const actor: Actor = { account: lan, person: lan, onBehalfOf: [minh] };
const origin: Origin = { address: '203.0.113.7', userAgent: 'Firefox', correlation: 'request-1' };
const key = SigningKey.read(SigningKey.generate().signing);
let number = 16;

describe('the audit trail', () => {
  let database: TestDatabase;
  let superuser: DataSource;
  let api: DataSource;
  let worker: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = (url: string) =>
      dondocDataSource({ url, application: 'audit spec', poolSize: 2 }).initialize();
    [superuser, api, worker] = (await Promise.all(
      [database.superuserUrl, database.apiUrl, database.workerUrl].map(connect),
    )) as [DataSource, DataSource, DataSource];
  });

  afterAll(async () => {
    await Promise.all([superuser.destroy(), api.destroy(), worker.destroy()]);
    await database.drop();
  });

  /** An organization of its own, with five sealed entries. */
  const sealed = async () => {
    const organization = `00000000-0000-7000-8000-0000000000${(number++).toString(16)}`;
    await superuser.query(`insert into dondoc.organization values ($1, $2, 'Xã', 'Asia/Ho_Chi_Minh', null)`, [
      organization,
      `xa-${number}`,
    ]);
    await superuser.query(`insert into dondoc.person values ($1, $2, 'Lan', null)`, [organization, lan]);
    await inOrganization(api, organization, async (manager) => {
      for (const subject of ['1', '2', '3', '4', '5']) {
        const fact = { act: 'directive.verify', subject, outcome: 'done', code: null } as const;
        await keepAudit(manager, organization, actor, { ...fact, details: { before: 1, after: 2 } }, origin);
      }
    });
    await new Sealer({ dataSource: worker, ledgers, key }).seal(organization);
    return organization;
  };
  const codesOf = async (organization: string) => {
    const { findings } = await verifyCheckpoints(worker, organization, { ledgers, keys: [key.verifying] });
    return findings.map(({ ledger, code }) => [ledger, code]);
  };

  it('says who, in whose name, what, when and from where, and of the origin only a salted hash', async () => {
    const organization = await sealed();
    const [row] = await superuser.query<{ entry: string; salt: string }[]>(
      `select e.entry, o.salt from dondoc.audit_entry e join dondoc.audit_origin o on o.entry_id = e.id
       where e.organization_id = $1 order by e.id limit 1`,
      [organization],
    );
    expect(JSON.parse(row?.entry ?? '')).toMatchObject({
      account: lan,
      person: lan,
      onBehalfOf: [minh],
      act: 'directive.verify',
      subject: '1',
      outcome: 'done',
      details: { before: 1, after: 2 },
      correlation: 'request-1',
      origin: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(row?.entry).not.toMatch(/203\.0|Firefox/);
    expect(row?.entry).not.toContain(row?.salt);
    expect(await codesOf(organization)).toEqual([]);
  });

  it.each([
    [
      'a changed entry',
      `update dondoc.audit_entry set entry = replace(entry, 'verify', 'reject')
       where organization_id = $1 and subject = '3'`,
      'changed-entry',
    ],
    [
      'a changed column',
      `update dondoc.audit_entry set person_id = null where organization_id = $1 and subject = '3'`,
      'changed-entry',
    ],
    [
      'a changed instant',
      `update dondoc.audit_entry set recorded_at = recorded_at - interval '1 day'
       where organization_id = $1 and subject = '2'`,
      'changed-entry',
    ],
    [
      'a missing entry',
      `delete from dondoc.audit_entry where organization_id = $1 and subject = '1'`,
      'missing-subject',
    ],
    [
      'a missing tail',
      `delete from dondoc.audit_entry where organization_id = $1 and subject in ('4', '5')`,
      'missing-subject',
    ],
    [
      'an entry added to the past',
      `insert into dondoc.audit_entry (organization_id, id, recorded_at, at, act, outcome, entry)
       values ($1, gen_random_uuid(), now() - interval '3 days', now(), 'directive.verify', 'done', '{}')`,
      'added-entry',
    ],
  ])('shows %s, even to whom a superuser did it', async (_kind, sql, code) => {
    const organization = await sealed();
    await superuser.query(sql, [organization]);
    const codes = await codesOf(organization);
    expect(codes).toContainEqual(['audit-trail', code]);
    for (const [ledger] of codes) expect(ledger).toBe('audit-trail');
  });

  it('shows two entries that changed places', async () => {
    const organization = await sealed();
    await superuser.query(
      `update dondoc.audit_entry a set entry = b.entry, subject = b.subject from dondoc.audit_entry b
       where a.organization_id = $1 and b.organization_id = $1
         and (a.subject, b.subject) in (('2', '4'), ('4', '2'))`,
      [organization],
    );
    expect(await codesOf(organization)).toEqual([
      ['audit-trail', 'changed-entry'],
      ['audit-trail', 'changed-entry'],
    ]);
  });

  it('lets personal data be erased: the chain holds without it', async () => {
    const organization = await sealed();
    await superuser.query('delete from dondoc.audit_origin where organization_id = $1', [organization]);
    expect(await codesOf(organization)).toEqual([]);
  });

  it.each([
    'update dondoc.audit_entry set act = act',
    'delete from dondoc.audit_entry',
    'truncate dondoc.audit_entry',
  ])('cannot be altered by the processes: %s', async (sql) => {
    for (const source of [api, worker])
      await expect(source.query(sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  it.each(['audit_origin', 'audit_entry'])('keeps %s from change by the processes', async (table) => {
    for (const source of [api, worker]) {
      const [may] = await source.query<{ may: boolean }[]>(
        `select has_table_privilege('dondoc.${table}', 'update, delete, truncate') as may`,
      );
      expect(may?.may).toBe(false);
    }
  });

  it('is exported for an inspection with names, origins and checkpoints, and a guide to read it', async () => {
    const organization = await sealed();
    const files = new Map<string, string[]>();
    await exportAudit(worker, organization, (file, line) => {
      files.set(file, [...(files.get(file) ?? []), line]);
    });
    expect([...files.keys()].sort()).toEqual([
      'HUONG-DAN.md',
      'audit.csv',
      'audit.jsonl',
      'checkpoints.jsonl',
      'people.jsonl',
    ]);
    expect(files.get('audit.jsonl')).toHaveLength(5);
    expect(JSON.parse(files.get('audit.jsonl')?.[0] ?? '')).toMatchObject({
      address: '203.0.113.7',
      entry: expect.stringContaining('directive.verify') as string,
    });
    expect(files.get('audit.csv')).toHaveLength(6);
    expect(files.get('audit.csv')?.[1]).toMatch(/","Lan","[^"]*directive\.verify/);
    expect(files.get('people.jsonl')?.map((line) => JSON.parse(line) as object)).toEqual([
      { id: lan, name: 'Lan' },
    ]);
    expect(files.get('checkpoints.jsonl')).toHaveLength(1);
  });

  describe('of what changes outside lifecycles', () => {
    /** Whose changes need not be noted, and why. */
    const elsewhere: Readonly<Record<string, readonly string[]>> = {
      'shown from a lifecycle, whose history says what was before': [
        ...['directive', 'escalation', 'extension_request', 'consultation', 'explanation', 'delegation'],
        ...[
          'standing_directive',
          'reporting_obligation',
          'dispatch',
          'dispatch_item',
          'inbox_message',
          'remote_part',
        ],
      ],
      'only ever added': [
        ...['document', 'stored_file', 'source', 'result_document', 'received_directive', 'cascade_message'],
        'agency_former_name',
        ...['audit_entry', 'audit_origin'],
      ],
      'of one person alone, and binding nobody': ['draft', 'saved_view'],
      'technical, or secrets': [
        ...['session', 'account_secret', 'recovery_code', 'login_throttle', 'request_count', 'spent_token'],
        ...['stream_slot', 'refused_stranger'],
        'migration',
      ],
    };

    it('watches every table, but for a reason', async () => {
      const rows = await superuser.query<{ name: string; watched: number }[]>(
        `select c.relname as name, count(t.oid)::int as watched
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         left join pg_trigger t on t.tgrelid = c.oid and t.tgname in ('noted', 'noted_is_kept')
         where n.nspname = 'dondoc' and c.relkind in ('r', 'p') group by 1`,
      );
      const known = Object.values(elsewhere).flat();
      // A new table: watch it (watched-table.ts), or say above why its changes are told elsewhere.
      expect(
        rows
          .filter(({ watched }) => watched !== 2)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(known.sort());
    });

    const fact = { act: 'spec', subject: null, outcome: 'done', code: null } as const;
    const accountOf = async (organization: string) => {
      const login = `lan.${organization.slice(-4)}`;
      await inOrganization(api, organization, async (manager) => {
        await manager.query(
          'insert into dondoc.account (organization_id, id, login, person_id) values ($1, $2, $3, $2)',
          [organization, lan, login],
        );
        await keepAudit(manager, organization, actor, fact, origin);
      });
      return login;
    };
    const lastOf = async (organization: string) => {
      const [row] = await superuser.query<{ entry: string; personal: string | null; salt: string }[]>(
        `select e.entry, o.personal, o.salt from dondoc.audit_entry e
         left join dondoc.audit_origin o on o.entry_id = e.id
         where e.organization_id = $1 and e.act = 'spec' order by e.id desc limit 1`,
        [organization],
      );
      const { changes } = JSON.parse(row?.entry ?? '{}') as { changes?: Record<string, unknown>[] };
      return { ...row, changes };
    };

    it('says what was before and is after; of personal values the entry has a salted hash', async () => {
      const organization = await sealed();
      const login = await accountOf(organization);
      const made = await lastOf(organization);
      expect(made.entry).not.toContain(login);
      expect(made.changes).toEqual([
        {
          table: 'account',
          key: { id: lan },
          before: null,
          after: expect.objectContaining({
            enabled: true,
            login: { personal: personalHash(made.salt ?? '', login) },
          }) as object,
        },
      ]);
      expect(JSON.parse(made.personal ?? '')).toEqual([
        { table: 'account', key: { id: lan }, before: null, after: { login } },
      ]);
      await inOrganization(api, organization, async (manager) => {
        await manager.query(`update dondoc.account set enabled = false, password_hash = 'x' where id = $1`, [
          lan,
        ]);
        await keepAudit(manager, organization, actor, fact, origin);
      });
      const { changes, personal } = await lastOf(organization);
      expect(changes).toEqual([
        { table: 'account', key: { id: lan }, before: { enabled: true }, after: { enabled: false } },
      ]);
      expect(personal).toBeNull();
    });

    it('is not committed by the API without an entry', async () => {
      const organization = await sealed();
      await accountOf(organization);
      const quietly = inOrganization(api, organization, (manager) =>
        manager.query('update dondoc.account set enabled = false where id = $1', [lan]),
      );
      await expect(quietly).rejects.toThrow('a change of account without an entry in the audit trail');
      // Nothing of it is left for the next transaction of the same connection.
      await inOrganization(api, organization, (manager) =>
        keepAudit(manager, organization, actor, fact, origin),
      );
      expect((await lastOf(organization)).changes).toBeUndefined();
    });
  });
});
