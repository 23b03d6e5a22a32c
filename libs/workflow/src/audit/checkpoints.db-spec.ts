import { DataSource } from 'typeorm';
import { assign, setup } from 'xstate';
import { createTestDatabase, type TestDatabase } from '../../../../test/services/test-database';
import { createPostgresRuntime, newUuid, type PostgresRuntime } from '../durable/index';
import { defineLifecycle, isRefusal, Lifecycles } from '../index';
import { verifyStoredInstances } from '../postgres/verify-instances';
import { digestOf, readCheckpoint, type OutsideCheckpoint } from './checkpoint';
import { readCheckpoints } from './kept-checkpoints';
import { type Ledger } from './ledger';
import { Sealer } from './sealer';
import { SigningKey, VerifyingKey } from './signing-key';
import { verifyCheckpoints, type SealFinding } from './verify-checkpoints';

const tally = defineLifecycle({
  id: 'tally',
  version: 1,
  machine: setup({
    types: { context: {} as { count: number }, events: {} as { type: 'count' } },
    actions: { add: assign({ count: ({ context }) => context.count + 1 }) },
  }).createMachine({
    id: 'tally',
    context: { count: 0 },
    initial: 'open',
    states: { open: { on: { count: { actions: 'add' } } } },
  }),
});

const lifecycles = new Lifecycles([tally]);
const actor = { kind: 'system' } as const;
const notes: Ledger = {
  name: 'note',
  table: 'public.note',
  text: `row.said || ' ' || row.written_at`,
  writtenAt: 'row.written_at',
};
const ledgers = [notes];
const key = SigningKey.read(SigningKey.generate().signing);
const keys = [key.verifying];

describe('checkpoints', () => {
  let database: TestDatabase;
  let superuser: DataSource;
  let worker: DataSource;
  let api: DataSource;
  let runtime: PostgresRuntime;

  beforeAll(async () => {
    database = await createTestDatabase();
    const connect = (url: string) => new DataSource({ type: 'postgres', url, poolSize: 3 }).initialize();
    superuser = await connect(database.superuserUrl);
    worker = await connect(database.workerUrl);
    api = await connect(database.apiUrl);
    await superuser.query(`
      create table public.note (organization_id uuid, id uuid, said text, written_at timestamptz,
        primary key (organization_id, id));
      grant select on public.note to dondoc_worker;`);
    const effects = { offer: () => undefined };
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    ({ runtime } = createPostgresRuntime({ dataSource: api, lifecycles, effects, log }));
  });

  afterAll(async () => {
    for (const source of [api, worker, superuser]) await source.destroy();
    await database.drop();
  });

  const sealer = () => new Sealer({ dataSource: worker, ledgers, key });

  const count = async (organization: string, instance: string): Promise<void> => {
    const answer = await runtime.send(organization, { instance, event: { type: 'count' }, actor });
    if (isRefusal(answer)) throw new Error(answer.en);
  };

  const start = async (organization: string): Promise<string> => {
    const started = await runtime.start(organization, {
      lifecycle: 'tally',
      id: newUuid(),
      input: undefined,
      actor,
    });
    if (isRefusal(started)) throw new Error(started.en);
    return started.id;
  };

  const note = async (organization: string, said: string, writtenAt = 'now()'): Promise<string> => {
    const id = newUuid();
    await superuser.query(`insert into public.note values ($1, $2, $3, ${writtenAt})`, [
      organization,
      id,
      said,
    ]);
    return id;
  };

  /** Two checkpoints: `first` was sealed at revisions 2 and 3, `second` and the note in the second one only. */
  const office = async () => {
    const organization = newUuid();
    const first = await start(organization);
    await count(organization, first);
    await sealer().seal(organization);
    await count(organization, first);
    const second = await start(organization);
    const written = await note(organization, 'đã xem');
    await sealer().seal(organization);
    return { organization, first, second, written };
  };

  const check = (organization: string, kept: readonly OutsideCheckpoint[] = []) =>
    verifyCheckpoints(worker, organization, { ledgers, keys, kept });

  const codes = (findings: readonly SealFinding[]) =>
    findings.map(({ checkpoint, code }) => `${code} ${checkpoint}`);

  it('seal what is new, follow from one another, and say how much there is', async () => {
    const { organization, first, second, written } = await office();
    const kept = await readCheckpoints(worker, organization);
    const read = kept.map(({ text }) => readCheckpoint(text));
    expect(read.map(({ number, moved, totals }) => ({ number, moved, totals }))).toEqual([
      { number: 1, moved: 1, totals: { history: { subjects: 1, entries: 2 } } },
      {
        number: 2,
        moved: 3,
        totals: { history: { subjects: 2, entries: 4 }, note: { subjects: 1, entries: 1 } },
      },
    ]);
    expect(read.map(({ digest }) => digest)).toEqual(kept.map(({ heads }) => digestOf(heads ?? [])));
    expect(kept[1]?.heads?.map(({ subject, revision }) => `${subject} ${revision}`)).toEqual(
      expect.arrayContaining([`${first} 3`, `${second} 1`, `${written} 1`]),
    );
    expect(await check(organization, kept)).toEqual({ checkpoints: 2, signed: 2, findings: [] });
  });

  it('are not made when nothing has come since the last one', async () => {
    const { organization } = await office();
    expect(await sealer().seal(organization)).toBeNull();
    expect((await readCheckpoints(worker, organization)).length).toBe(2);
  });

  it('are made where the last one is old, or there is none', async () => {
    const organization = newUuid();
    await start(organization);
    expect(await sealer().sealDue([organization], 3_600_000)).toBe(1);
    await start(organization);
    expect(await sealer().sealDue([organization], 3_600_000)).toBe(0);
    expect(await sealer().sealDue([organization], 0)).toBe(1);
    expect((await readCheckpoints(worker, organization)).length).toBe(2);
  });

  it('that are asked for at the same moment come one after the other', async () => {
    const organization = newUuid();
    await start(organization);
    const made = await Promise.all([1, 2, 3].map(() => sealer().seal(organization)));
    expect(made.filter((checkpoint) => checkpoint !== null).map(({ number }) => number)).toEqual([1]);
  });

  it('leave out nothing that goes on while they are made', async () => {
    const organization = newUuid();
    const instances = await Promise.all(Array.from({ length: 4 }, () => start(organization)));
    const acts = instances.flatMap((instance) =>
      Array.from({ length: 10 }, () => count(organization, instance)),
    );
    const seals = Array.from({ length: 5 }, () => sealer().seal(organization));
    await Promise.all([...acts, ...seals]);
    await sealer().seal(organization);
    const kept = await readCheckpoints(worker, organization);
    expect(readCheckpoint(kept.at(-1)?.text ?? '').totals['history']).toEqual({ subjects: 4, entries: 44 });
    expect((await check(organization, kept)).findings).toEqual([]);
  });

  it('cannot be changed or taken away by the roles of the processes', async () => {
    for (const source of [api, worker])
      for (const table of ['checkpoint', 'sealed'])
        for (const statement of [
          `update workflow.${table} set organization_id = $1`,
          `delete from workflow.${table} where organization_id = $1`,
        ])
          await expect(source.query(statement, [newUuid()])).rejects.toThrow(/permission denied/);
    await expect(
      api.query(`insert into workflow.checkpoint values ($1, 1, now(), '{}')`, [newUuid()]),
    ).rejects.toThrow(/permission denied/);
  });

  it('of one organization are not seen by another', async () => {
    const { organization } = await office();
    expect(await readCheckpoints(worker, newUuid())).toEqual([]);
    const seen = await worker.transaction(async (manager) => {
      await manager.query(`select set_config('dondoc.organization', $1, true)`, [newUuid()]);
      return manager.query<unknown[]>('select from workflow.checkpoint where organization_id = $1', [
        organization,
      ]);
    });
    expect(seen).toEqual([]);
  });

  type Office = Awaited<ReturnType<typeof office>>;
  const tampering: readonly (readonly [
    what: string,
    statement: string,
    of: (office: Office) => readonly unknown[],
    found: string[],
  ])[] = [
    [
      'an instance with all its history',
      `with gone as (delete from workflow.history where instance_id = $1) delete from workflow.instance where id = $1`,
      ({ second }) => [second],
      ['missing-subject 2'],
    ],
    [
      'the tail of a history, and the record with it',
      `with gone as (delete from workflow.history where instance_id = $1 and revision = 3)
       update workflow.instance i set revision = 2, head = h.hash from workflow.history h
       where i.id = $1 and h.instance_id = $1 and h.revision = 2`,
      ({ first }) => [first],
      ['missing-tail 2'],
    ],
    [
      'an entry, and every hash after it',
      `update workflow.history set entry = replace(entry, 'system', 'nobody'), hash = sha256(hash) where instance_id = $1 and revision >= 2`,
      ({ first }) => [first],
      ['changed-entry 1', 'changed-entry 2'],
    ],
    [
      'two entries that changed places',
      `update workflow.history a set entry = b.entry, hash = b.hash from workflow.history b
       where a.instance_id = $1 and b.instance_id = $1 and (a.revision, b.revision) in ((1, 2), (2, 1))`,
      ({ first }) => [first],
      ['changed-entry 1'],
    ],
    [
      'a row of another ledger',
      `update public.note set said = 'chưa xem' where id = $1`,
      ({ written }) => [written],
      ['changed-entry 2'],
    ],
    [
      'a row of another ledger taken away',
      `delete from public.note where id = $1`,
      ({ written }) => [written],
      ['missing-subject 2'],
    ],
    [
      'a row of another ledger written for an earlier day',
      `insert into public.note values ($1, gen_random_uuid(), 'sớm', now() - interval '3 days')`,
      ({ organization }) => [organization],
      ['added-entry 2'],
    ],
    [
      'what was sealed',
      `update workflow.sealed set head = sha256(head) where subject_id = $1 and checkpoint = 2`,
      ({ second }) => [second],
      ['changed-checkpoint 2', 'changed-entry 2'],
    ],
    [
      'what was sealed taken away',
      `delete from workflow.sealed where subject_id = $1`,
      ({ second }) => [second],
      ['changed-checkpoint 2', 'changed-checkpoint 2'],
    ],
    [
      'the text of a checkpoint',
      `update workflow.checkpoint set body = replace(body, '"moved":1', '"moved":2') where organization_id = $1 and number = 1`,
      ({ organization }) => [organization],
      ['wrong-signature 1', 'changed-checkpoint 1', 'changed-checkpoint 2'],
    ],
    [
      'a checkpoint',
      `delete from workflow.checkpoint where organization_id = $1 and number = 1`,
      ({ organization }) => [organization],
      ['missing-checkpoint 1'],
    ],
    [
      'a signature',
      `update workflow.checkpoint set key = null, signature = null where organization_id = $1 and number = 2`,
      ({ organization }) => [organization],
      ['missing-signature 2'],
    ],
  ];

  it.each(tampering)('tell what was tampered with: %s', async (_what, statement, of, found) => {
    const tampered = await office();
    expect((await check(tampered.organization)).findings).toEqual([]);
    await superuser.query(statement, [...of(tampered)]);
    expect(codes((await check(tampered.organization)).findings)).toEqual(found);
  });

  it('kept outside tell that the last one was taken away with all that it sealed', async () => {
    const { organization, second } = await office();
    const kept = await readCheckpoints(worker, organization);
    for (const statement of [
      `delete from workflow.checkpoint where organization_id = $1 and number = 2`,
      `delete from workflow.sealed where organization_id = $1 and checkpoint = 2`,
      `delete from workflow.instance where organization_id = $1 and id = '${second}'`,
      `delete from workflow.history where organization_id = $1 and instance_id = '${second}'`,
    ])
      await superuser.query(statement, [organization]);
    expect((await check(organization)).findings).toEqual([]);
    const { findings } = await check(organization, kept);
    expect(codes(findings)).toEqual(['missing-checkpoint 2', 'missing-subject 2']);
    expect(findings[1]?.subject).toBe(second);
  });

  it('kept outside tell that all was written anew and signed by somebody else', async () => {
    const { organization, first } = await office();
    const kept = await readCheckpoints(worker, organization);
    await superuser.query(`delete from workflow.checkpoint where organization_id = $1`, [organization]);
    await superuser.query(`delete from workflow.sealed where organization_id = $1`, [organization]);
    const other = SigningKey.read(SigningKey.generate().signing);
    await new Sealer({ dataSource: worker, ledgers, key: other }).seal(organization);
    expect(codes((await check(organization)).findings)).toEqual(['unknown-key 1']);
    expect(codes((await check(organization, kept)).findings)).toEqual([
      'unknown-key 1',
      'changed-checkpoint 1',
      'missing-checkpoint 2',
    ]);
    expect((await verifyStoredInstances(worker, lifecycles, organization)).findings).toEqual([]);
    expect(first).toBeDefined();
  });

  it('refuse keys that are none, without saying what was given', () => {
    for (const read of [SigningKey, VerifyingKey])
      expect(() => read.read('bí mật')).toThrow(/^is not the base64 of an Ed25519 key$/);
    const { verifying } = SigningKey.generate();
    expect(
      VerifyingKey.read(verifying).hasSigned('a', SigningKey.read(SigningKey.generate().signing).sign('a')),
    ).toBe(false);
  });
});
