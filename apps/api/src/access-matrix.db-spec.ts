import { randomUUID } from 'node:crypto';
import { hashPassword } from '@dondoc/domain/accounts/password';
import { dondocDataSource } from '@dondoc/domain/persistence/data-source';
import { inOrganization } from '@dondoc/domain/persistence/organization-context';
import { everyRole } from './security/access.decorators';
import {
  describedOperations,
  fitting,
  type Description,
  type Operation,
} from './testing/described-operations';
import { enterMatters, logInOf, pathOf } from './testing/office-matters';
import { TestOffice, type Someone } from './testing/test-office';

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
    expect(tried).toBe(all + (everyRole.length + 1) * (all - left));
  });
});
