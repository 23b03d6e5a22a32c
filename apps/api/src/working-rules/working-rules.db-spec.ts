import { nextRules } from '../testing/rules-documents';
import { type Someone, TestOffice } from '../testing/test-office';

/** The next version, in which reminders come earlier, one rung is gone, and less time is left to return. */
const next = nextRules('2026-11-02')
  .replace('id: T-5\n        offset: { amount: -5', 'id: T-5\n        offset: { amount: -4')
  .replace('{ amount: 2, unit: wd }\n  article: Mục 3.1', '{ amount: 1, unit: wd }\n  article: Mục 3.1')
  .replace(/ {6}- id: T\+3\n(?: {8}.*\n)+/, '');

interface Version {
  readonly version: number;
  readonly inForce: boolean;
  readonly replaces: number | null;
  readonly note: string | null;
  readonly putInForceBy: { readonly name: string } | null;
  readonly effect?: unknown;
  readonly document?: string | null;
}

interface Preview {
  readonly inForce: string;
  readonly next: string;
  readonly changes: readonly { readonly path: string }[];
  readonly ifMoved: {
    readonly totals: Readonly<Record<string, number>>;
    readonly items: readonly {
      readonly id: string;
      readonly rules: string;
      readonly deadline: string;
      readonly returnBy: { readonly from: string; readonly to: string };
      readonly rungs: Readonly<Record<string, readonly { readonly id: string; readonly at: string }[]>>;
    }[];
    readonly leftOff: number;
  };
}

interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly code: string; readonly field: string; readonly line: number }[];
}

describe('working rules of an office', () => {
  let office: TestOffice;
  let administrator: Someone;
  let clerk: Someone;
  let directive: string;

  beforeAll(async () => {
    office = await TestOffice.open();
    administrator = await office.as('quantri');
    clerk = await office.as('vanthu');
    directive = await assign();
  });

  afterAll(() => office.end());

  async function assign(): Promise<string> {
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-11-02' };
    const lead = [office.agency('kinh-te')];
    const deadline = { phrase: 'trước ngày 21/11/2026', date: '2026-11-20' };
    const items = [{ text: 'Rà soát hộ dân vùng sạt lở', lead, deadline }];
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    const confirmed = await clerk.post<{ directives: { id: string }[] }>(
      `/drafts/${draft.body.id}/confirm`,
      undefined,
      { ifMatch: '"1"' },
    );
    const [given] = confirmed.body.directives;
    if (!given) throw new Error(JSON.stringify(confirmed.body));
    return given.id;
  }

  const versions = async () => (await clerk.get<{ items: Version[] }>('/working-rules')).body.items;
  const rulesOf = async (id: string) => {
    const [row] = await office.rows<{ rules: string }>(
      `select snapshot -> 'context' ->> 'rules' as rules from workflow.instance where id = '${id}'`,
    );
    return row?.rules;
  };

  it('can be read by everyone, with their schema', async () => {
    expect(await versions()).toMatchObject([{ version: 1, inForce: true, putInForceBy: null }]);
    const schema = await clerk.get('/working-rules/schema');
    expect(schema.body).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect((await clerk.get('/working-rules/versions/1')).body).toMatchObject({
      rules: { id: 'default', version: 1 },
    });
    expect((await clerk.get('/working-rules/versions/9')).status).toBe(404);
  });

  it('show what a new version would do to each open directive, and change nothing', async () => {
    const { status, body } = await administrator.post<Preview>('/working-rules/preview', { document: next });
    expect([status, body.inForce, body.next]).toEqual([200, 'default@1', 'default@2']);
    expect(body.changes.map(({ path }) => path)).toEqual(['returnWindow', 'ladders.ordinary']);
    expect(body.ifMoved.totals).toMatchObject({
      open: 1,
      changed: 1,
      rungsAdded: 0,
      rungsDropped: 1,
      rungsMoved: 1,
      returnWindowsMoved: 1,
    });
    const [item] = body.ifMoved.items;
    expect(item).toMatchObject({
      id: directive,
      rules: 'default@1',
      deadline: '2026-11-20T10:00:00.000Z',
      returnBy: { from: '2026-11-04T10:00:00.000Z', to: '2026-11-03T10:00:00.000Z' },
      rungs: {
        dropped: [{ id: 'T+3', at: '2026-11-26T00:30:00.000Z' }],
        moved: [{ id: 'T-5', from: '2026-11-13T00:30:00.000Z', at: '2026-11-16T00:30:00.000Z' }],
      },
    });
    const counted = await administrator.post<Preview>('/working-rules/preview', { document: next, most: 0 });
    expect(counted.body.ifMoved).toMatchObject({ items: [], leftOff: 1 });
    expect(await versions()).toHaveLength(1);
  });

  it.each([
    ['a value of the wrong form', ['{ amount: 3, unit: wd }', '{ amount: -3, unit: wd }'], 'malformed'],
    ['a version that there is', ['version: 2', 'version: 1'], 'version-not-new'],
    ['a day that is over', ["validFrom: '2026-11-02'", "validFrom: '2026-11-01'"], 'valid-in-the-past'],
    [
      'a parent that there is not',
      ['inherits: null', 'inherits: { id: tinh, version: 1 }'],
      'unknown-parent',
    ],
    ['text that cannot be kept', ['en: Default rules', 'en: "\\0 Default'], 'unreadable'],
    ['a character that cannot be kept', ['vi: Nhiệm vụ thường,', 'vi: "\\0",'], 'malformed'],
  ])('are refused with %s, with field and line', async (_what, [from, to], code) => {
    expect(next).toContain(from);
    const document = next.replace(from ?? '', to ?? '');
    for (const path of ['/working-rules/preview', '/working-rules']) {
      const note = path === '/working-rules' ? { note: 'thử' } : {};
      const { status, body } = await administrator.post<Problem>(path, { document, ...note });
      expect([status, body.code, body.errors[0]?.code]).toEqual([422, 'invalid-working-rules', code]);
      expect(body.errors[0]?.line).toBeGreaterThan(0);
    }
    expect(await versions()).toHaveLength(1);
  });

  it('are put in force by the administrator only', async () => {
    const answer = await clerk.post('/working-rules', { document: next, note: 'Quyết định số 5' });
    expect(answer.status).toBe(403);
    const unexplained = await administrator.post<Problem>('/working-rules', { document: next, note: ' ' });
    expect([unexplained.status, unexplained.body.code]).toEqual([422, 'missing-text']);
    expect(await versions()).toHaveLength(1);
  });

  it('are put in force once, with who, why and what changed; open directives keep theirs', async () => {
    const key = '6f0f6f0a-1111-4222-8333-444455556666';
    const document = next;
    const send = () =>
      administrator.post<Version>('/working-rules', { document, note: 'Quyết định số 5' }, { key });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await versions()).toMatchObject([
      {
        version: 2,
        inForce: true,
        replaces: 1,
        note: 'Quyết định số 5',
        putInForceBy: { name: 'Lâm Quang Huy' },
      },
      { version: 1, inForce: false },
    ]);
    expect(first.body).toMatchObject({
      document: next,
      effect: {
        ifMoved: { open: 1, changed: 1 },
        changes: [{ path: 'returnWindow' }, { path: 'ladders.ordinary' }],
      },
    });
    expect(await rulesOf(directive)).toBe('default@1');
    expect(await rulesOf(await assign())).toBe('default@2');
  });

  it('of a later day do not count before it, and none goes behind it', async () => {
    const later = next.replace('version: 2', 'version: 3').replace('2026-11-02', '2026-12-01');
    const sent = { document: later, note: 'Từ tháng 12' };
    const both = await Promise.all([
      administrator.post('/working-rules', sent),
      administrator.post('/working-rules', sent),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(await versions()).toMatchObject([
      { version: 3, inForce: false },
      { version: 2, inForce: true },
      {},
    ]);
    const between = next.replace('version: 2', 'version: 4').replace('2026-11-02', '2026-11-15');
    const { body } = await administrator.post<Problem>('/working-rules/preview', { document: between });
    expect(body.errors).toMatchObject([{ code: 'valid-in-the-past', field: 'validFrom' }]);
  });

  it('cannot be changed or taken back by the processes', async () => {
    await expect(office.rows('update dondoc.working_rules set version = 9')).rejects.toThrow(
      'permission denied',
    );
    await expect(office.rows('delete from dondoc.working_rules')).rejects.toThrow('permission denied');
  });
});
