import { randomUUID } from 'node:crypto';
import { type Caller } from '@dondoc/domain/accounts/caller';
import { hashPassword } from '@dondoc/domain/accounts/password';
import { RefusedStrangers, refusedStrangers } from '@dondoc/domain/audit/refused-strangers';
import { maySee } from '@dondoc/domain/authorization/abilities';
import { directiveRelations } from '@dondoc/domain/authorization/relations';
import { VISIBLE, visibilityOf } from '@dondoc/domain/authorization/visible-rows';
import { readDirectory } from '@dondoc/domain/organizations/read-directory';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { isRefusal } from '@dondoc/workflow';
import fc from 'fast-check';
import { type DataSource } from 'typeorm';
import { everyRole } from './security/access.decorators';
import {
  describedOperations,
  fitting,
  type Description,
  type Operation,
} from './testing/described-operations';
import { enterMatters, logInOf, pathOf } from './testing/office-matters';
import { TestOffice, Someone } from './testing/test-office';
import { DATA_SOURCE } from './workings/tokens';

const theirs = '0192aaaa-0000-7000-8000-00000000000b';
const theirPerson = '0192aaaa-0000-7000-8000-000000000001';

/** Operations that would take the ground from under the others, and one whose answer has no end (see events.db-spec). */
const ending = /\/auth\/logout$|\/sandbox\/|\/events$/;

describe('who may call what', () => {
  let office: TestOffice;
  let description: Description;
  let stranger: Someone;
  /** Ids that belong to the office, by the part of the path before them. */
  let ours: ReadonlyMap<string, string>;
  let tried = 0;
  let outside = 0;

  beforeAll(async () => {
    office = await TestOffice.open();
    description = await describedOperations(office);
    ours = await enterMatters(office);
    stranger = await makeStranger();
  });

  afterAll(() => office.end());

  /** Somebody who holds every role there is, in another organization. */
  async function makeStranger(): Promise<Someone> {
    const owner = await dondocDataSource({
      url: office.database.ownerUrl,
      application: 'matrix spec',
      poolSize: 1,
    }).initialize();
    const hash = await hashPassword('người của nơi khác');
    await inOrganization(owner, theirs, async (manager) => {
      await manager.query(
        `insert into dondoc.organization values ($1, 'khac', 'Xã Khác', 'Asia/Ho_Chi_Minh')`,
        [theirs],
      );
      await manager.query(`insert into dondoc.person values ($1, $2, 'Người Lạ')`, [theirs, theirPerson]);
      for (const role of everyRole)
        await manager.query(
          `insert into dondoc.office_held (organization_id, id, person_id, role, held_from)
           values ($1, $2, $3, $4, '2025-07-01')`,
          [theirs, randomUUID(), theirPerson, role],
        );
      await manager.query(
        `insert into dondoc.account (organization_id, id, login, person_id, password_hash)
         values ($1, $2, 'nguoila', $2, $3)`,
        [theirs, theirPerson, hash],
      );
    });
    await owner.destroy();
    return office.logIn('nguoila', 'người của nơi khác');
  }

  const call = (who: Someone, operation: Operation, path: string, body: unknown) => {
    tried += 1;
    const hasBody = operation.method !== 'GET' && operation.method !== 'DELETE';
    return who.send<Record<string, unknown> | string>(operation.method, path, {
      ...(hasBody && body !== undefined && { body }),
      key: randomUUID(),
    });
  };
  const bodyOf = ({ body }: Operation) => (body === undefined ? undefined : fitting(description, body));
  const guarded = () => description.operations.filter(({ access }) => access !== 'public');
  const codeOf = (body: unknown) => (body as { code?: unknown } | null)?.code;

  it('is decided for every operation', () => {
    expect(description.operations.length).toBeGreaterThan(45);
    expect(description.operations.filter(({ access }) => access === undefined)).toEqual([]);
  });

  it('lets nobody in who has not logged in, but at the door', async () => {
    const open = description.operations.filter(({ access }) => access === 'public').map(({ path }) => path);
    for (const path of open) expect(path).toMatch(/^\/api\/v1\/(auth\/|installation$)/);
    for (const operation of guarded()) {
      const { status, body } = await call(
        office.nobody(),
        operation,
        pathOf(operation, ours),
        bodyOf(operation),
      );
      expect([operation.id, status, codeOf(body)]).toEqual([operation.id, 401, 'login-needed']);
    }
    const forged = await new Someone(office.address, `${'A'.repeat(22)}.${'B'.repeat(43)}`).get(
      '/directives',
    );
    expect([forged.status, codeOf(forged.body)]).toEqual([401, 'login-needed']);
    await office.application.get(RefusedStrangers).write();
    // One row an hour, however often somebody knocks.
    const known = await refusedStrangers(office.application.get<DataSource>(DATA_SOURCE), 10);
    const refused = (code: string) =>
      known.filter((one) => one.code === code).reduce((sum, one) => sum + one.refused, 0);
    expect(refused('login-needed')).toBe(guarded().length);
    expect(refused('unknown-credential')).toBe(1);
    expect(new Set(known.map(({ address }) => address))).toEqual(new Set(['127.0.0.1']));
    expect(known.length).toBeLessThanOrEqual(4);
  });

  it.each(everyRole)(
    'refuses %s what is not for this role, and keeps in mind that it was tried',
    async (role) => {
      const who = await office.as(logInOf[role]);
      const held = await who.get<{ offices: { role: string }[] }>('/auth/me');
      expect(held.body.offices.map((one) => one.role)).toEqual([role]);
      const counted = `select count(*)::int as n from dondoc.audit_entry
      where outcome = 'refused' and code = 'not-permitted' and person_id = '${office.person(logInOf[role])}'`;
      const countOf = async () => (await office.rows<{ n: number }>(counted))[0]?.n ?? 0;
      for (const operation of guarded().filter(({ path }) => !ending.test(path))) {
        const may = operation.access?.includes(role) === true;
        const before = await countOf();
        const { status, body } = await call(
          who,
          operation,
          pathOf(operation, may ? new Map() : ours),
          may ? {} : bodyOf(operation),
        );
        if (may) {
          // Said with the answer: a failure that comes once has to tell what it was.
          const isFailure = status === 401 || status >= 500;
          expect(isFailure ? [operation.id, status, body] : []).toEqual([]);
          continue;
        }
        expect([operation.id, status, codeOf(body)]).toEqual([operation.id, 403, 'not-permitted']);
        expect([operation.id, await countOf()]).toEqual([operation.id, before + 1]);
      }
    },
  );

  it('keeps one entry for each refusal to somebody who may call it, but has nothing to do with this', async () => {
    const outsider = await office.as('tyt-cv');
    const person = office.person('tyt-cv');
    const count = `select count(*)::int as n from dondoc.audit_entry where outcome = 'refused' and person_id = '${person}'`;
    const countOf = async () => (await office.rows<{ n: number }>(count))[0]?.n ?? 0;
    const others = await othersOwn();
    const open = guarded().filter(({ access }) => access?.includes('staff') === true);
    let refused = 0;
    for (const operation of open.filter(({ path }) => !ending.test(path))) {
      const kind = /([\w-]+)\/\{\w+\}/.exec(operation.path)?.[1] ?? '';
      if (!others.has(kind)) continue;
      const before = await countOf();
      const path = pathOf(operation, others);
      const { status, body } = await call(outsider, operation, path, bodyOf(operation));
      outside += 1;
      const isRefused = status === 403 || status === 404;
      expect([operation.id, status, codeOf(body), await countOf()]).toEqual([
        ...[operation.id, status, codeOf(body)],
        before + (isRefused ? 1 : 0),
      ]);
      refused += isRefused ? 1 : 0;
    }
    expect(refused).toBeGreaterThan(20);
  });

  /** What belongs to the office, and what to one person alone. */
  async function othersOwn(): Promise<ReadonlyMap<string, string>> {
    const clerk = await office.as('vanthu');
    const { body: sessions } = await clerk.get<{ items: { id: string }[] }>('/auth/sessions');
    const view = await clerk.post<{ id: string }>('/saved-views', { name: 'của riêng tôi', filters: {} });
    const token = await clerk.post<{ id: string }>('/auth/tokens', {
      name: 'của tôi',
      scopes: ['read'],
      days: 1,
    });
    const own = { sessions: sessions.items[0]?.id, 'saved-views': view.body.id, tokens: token.body.id };
    for (const [kind, id] of Object.entries(own)) expect([kind, id]).toEqual([kind, expect.any(String)]);
    return new Map([...ours, ...Object.entries(own).map(([kind, id]) => [kind, id ?? ''] as const)]);
  }

  it('is asked again for whatever is sent to a lifecycle, past every service', async () => {
    const instance = ours.get('directives') ?? '';
    const revisionOf = async () =>
      (
        await office.rows<{ revision: number }>(
          `select revision from dondoc.directive where id = '${instance}'`,
        )
      )[0];
    const before = await revisionOf();
    const send = (id: string, type: string, onBehalfOf?: string) =>
      office.runtime.send(office.organization, {
        instance,
        event: { type, by: id, reason: 'không phải việc của tôi' },
        actor: { kind: 'person', id, ...(onBehalfOf !== undefined && { onBehalfOf }) },
      });
    const [staff, chair] = [office.person('kt-cv'), office.person('chutich')];
    for (const answer of [
      await send(staff, 'cancel'),
      await send(staff, 'cancel', chair),
      // What machines tell each other, and what follows from an act that nobody has decided here.
      await send(chair, 'child-ended'),
      await send(chair, 'parent-moved'),
      await send('0192aaaa-0000-7000-8000-0000000000ff', 'cancel'),
    ])
      expect(answer).toMatchObject({ code: 'not-permitted' });
    expect(await revisionOf()).toEqual(before);
    const outlook = await office.runtime.whatCan(office.organization, instance, {
      kind: 'person',
      id: staff,
    });
    if (isRefusal(outlook)) throw new Error(outlook.en);
    const closed = outlook.events.filter(({ reasons }) =>
      reasons.some(({ code }) => code === 'not-permitted'),
    );
    const open = outlook.events.filter((event) => !closed.includes(event)).map(({ type }) => type);
    expect(closed.map(({ type }) => type)).toEqual(
      expect.arrayContaining(
        ['cancel', 'verify', 'urge', 'extend'].filter((one) =>
          outlook.events.some(({ type }) => type === one),
        ),
      ),
    );
    const lead = ['accept', 'return', 'report', 'request-extension', 'propose-resumption'];
    expect(open.filter((type) => !lead.includes(type))).toEqual([]);
  });

  it('shows in lists exactly what the same table lets each person see', async () => {
    const source = office.application.get<DataSource>(DATA_SOURCE);
    await inOrganization(source, office.organization, async (manager) => {
      // Two agencies have ended, one into the other; a third will have, and its successor is to see nothing of it before.
      await manager.query('savepoint as_it_was');
      const end = (agency: string, successor: string, when: string) =>
        manager.query(
          `update dondoc.agency set valid_to = (workflow.now() at time zone 'Asia/Ho_Chi_Minh')::date + $3::integer,
             successor_id = $2 where id = $1`,
          [office.agency(agency), office.agency(successor), when],
        );
      await end('tram-y-te', 'hanh-chinh-cong', '-2');
      await end('hanh-chinh-cong', 'cong-an', '-1');
      await end('quan-su', 'cong-an', '1');
      const [today] = await manager.query<{ date: string }[]>(
        `select (workflow.now() at time zone 'Asia/Ho_Chi_Minh')::date::text as date`,
      );
      const directory = await readDirectory(manager, office.organization);
      const on = { directory, date: today?.date ?? '' };
      const some = (ids: readonly string[]) => fc.constantFrom(...ids);
      const agencies = some(directory.agencies.map(({ id }) => id));
      const people = some(directory.people.map(({ id }) => id));
      const directives = fc.array(
        fc.record({
          lead: agencies,
          coordinating: fc.array(agencies, { maxLength: 2 }),
          assigningLeader: fc.option(people),
          trackingOfficer: fc.option(people),
        }),
        { minLength: 5, maxLength: 30 },
      );
      const heldOffice = fc.record({
        role: fc.constantFrom(...everyRole),
        agency: fc.option(agencies),
        ofOffice: fc.boolean(),
        onBehalfOf: fc.option(people),
      });
      const callers = fc.record({
        person: people,
        offices: fc.array(heldOffice, { minLength: 1, maxLength: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(directives, callers, async (those, { person, offices }) => {
          const caller: Caller = {
            ...{ organization: office.organization, zone: 'Asia/Ho_Chi_Minh', account: person, name: '' },
            ...{ person, offices },
          };
          const rows = await manager.query<{ place: number }[]>(
            `with d as (select *, $1::uuid as organization_id from jsonb_to_recordset($5::jsonb) as r (place int,
               lead_id uuid, coordinating_ids uuid[], assigning_leader_id uuid, tracking_officer_id uuid))
             select place from d where ${VISIBLE} order by place`,
            [
              ...visibilityOf(caller),
              JSON.stringify(
                those.map((one, place) => ({
                  ...{ place, lead_id: one.lead, coordinating_ids: one.coordinating },
                  ...{ assigning_leader_id: one.assigningLeader, tracking_officer_id: one.trackingOfficer },
                })),
              ),
            ],
          );
          const seen = those.flatMap((one, place) =>
            maySee(caller, 'directive', directiveRelations(one, on)) ? [place] : [],
          );
          expect(rows.map(({ place }) => place)).toEqual(seen);
        }),
        { seed: 6, numRuns: 60 },
      );
      await manager.query('rollback to savepoint as_it_was');
    });
  });

  it('shows a stranger who holds every role elsewhere nothing of ours, and lets nothing of ours be changed', async () => {
    const tables = [
      'directive',
      'draft',
      'escalation',
      'document',
      'stored_file',
      'account',
      'inbox_message',
    ];
    const picture = async () =>
      Promise.all(
        tables.map((table) =>
          office.picture(
            `select md5(coalesce(string_agg(t::text, '|' order by t.id), '')) as all from dondoc.${table} t
             where organization_id = '${office.organization}'`,
          ),
        ),
      );
    const secret = [...ours.values(), office.organization, office.person('vanthu'), office.agency('kinh-te')];
    const words = ['Đỗ Thị Lan', 'Rà soát các điểm sạt lở', 'Phòng Kinh tế'];
    const before = await picture();
    for (const operation of guarded().filter(({ path }) => !ending.test(path))) {
      const { status, body } = await call(stranger, operation, pathOf(operation, ours), bodyOf(operation));
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      expect([operation.id, [...secret, ...words].filter((one) => text.includes(one))]).toEqual([
        operation.id,
        [],
      ]);
      const names =
        /\{\w+\}/.test(operation.path) &&
        [...ours.keys()].some((kind) => operation.path.includes(`/${kind}/`));
      if (names) expect([operation.id, status >= 400 && status < 500]).toEqual([operation.id, true]);
    }
    expect(await picture()).toEqual(before);
  });

  it('has tried every operation as every role, as nobody and as a stranger', () => {
    const all = guarded().length;
    const left = guarded().filter(({ path }) => ending.test(path)).length;
    expect(tried - outside).toBe(all + (everyRole.length + 1) * (all - left));
  });
});
