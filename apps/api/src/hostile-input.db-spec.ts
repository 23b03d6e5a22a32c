import { randomUUID } from 'node:crypto';
import { type Answer, type Sending, type Someone, TestOffice } from './testing/test-office';

interface Refused {
  readonly code: string;
  readonly vi: { readonly detail: string };
  readonly en: { readonly detail: string };
  readonly requestId: string;
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
}

interface Draft {
  readonly id: string;
  readonly revision: number;
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');
const nobodyId = '019a0000-0000-7000-8000-000000000000';

describe('input that is wrong, forged or meant to harm', () => {
  let office: TestOffice;
  let clerk: Someone;
  let staff: Someone;

  beforeAll(async () => {
    office = await TestOffice.open();
    [clerk, staff] = [await office.as('vanthu'), await office.as('kt-cv')];
  });

  afterAll(() => office.end());

  const enter = async (item: object = {}, givenOn = '2026-10-30') => {
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn };
    const items = [{ text: 'Việc', lead: [office.agency('kinh-te')], ...item }];
    return (await clerk.post<Draft>('/drafts', { source, items })).body;
  };
  const assign = async (item: object = {}) => {
    const { id } = await enter({ deadline: { phrase: null, date: '2026-11-20' }, ...item });
    const { body } = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${id}/confirm`);
    return body.directives[0]?.id ?? '';
  };
  const fields = ({ body, status }: Answer<Refused>) => [
    status,
    ...(body.errors ?? []).map(({ field, code }) => [field, code]),
  ];
  /** Sends a body as it is, not as JSON of it. */
  const raw = async (path: string, body: string | Buffer, headers: Record<string, string>) => {
    const response = await fetch(`${office.address}/api/v1${path}`, { method: 'POST', body, headers });
    return { response, problem: (await response.json()) as Refused };
  };
  const json = { 'Content-Type': 'application/json' };

  describe('bodies that cannot be read', () => {
    it.each([
      ['malformed', '{"a":', json, 400, 'bad-request'],
      ['too deep', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, json, 400, 'too-deep'],
      [
        'too deep in a field',
        `{"login":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`,
        json,
        400,
        'too-deep',
      ],
      ['too large', `{"login":"${'x'.repeat(300_000)}"}`, json, 413, 'too-large'],
      ['of another type', '<a/>', { 'Content-Type': 'application/xml' }, 415, 'unsupported-media-type'],
      ['plain text', 'hello', { 'Content-Type': 'text/plain' }, 415, 'unsupported-media-type'],
      ['not packed as said', 'zz', { ...json, 'Content-Encoding': 'gzip' }, 400, 'bad-request'],
      ['no object', '[]', json, 422, 'invalid-input'],
    ])('answers one that is %s', async (_title, body, headers, status, code) => {
      const { response, problem } = await raw('/auth/login', body, headers);
      expect([response.status, problem.code]).toEqual([status, code]);
      expect([problem.vi.detail, problem.en.detail].every(Boolean)).toBe(true);
      expect(problem.requestId).toBe(response.headers.get('x-request-id'));
    });

    it('gives a request id for an address that cannot be read', async () => {
      const answer = await clerk.get<Refused>('/directives/%zz', { headers: { 'X-Request-Id': 'mine-1' } });
      expect(answer).toMatchObject({ status: 400, body: { requestId: 'mine-1' } });
      expect(answer.headers.get('x-request-id')).toBe('mine-1');
    });

    it('takes an act without a body, whatever type is said of it', async () => {
      const id = await assign();
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      expect((await staff.post(`/directives/${id}/accept`, undefined, { headers })).status).toBe(200);
    });
  });

  it('names the fields that nobody knows', async () => {
    expect(fields(await clerk.get<Refused>('/directives?a=b&q[c]=d'))).toEqual([
      422,
      ['a', 'invalid-input'],
      ['q[c]', 'invalid-input'],
    ]);
    const item = { text: 'Việc', lead: [], colour: 'red' };
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-10-30' };
    const answer = await clerk.post<Refused>('/drafts', { source, items: [item] });
    expect(fields(answer)).toEqual([422, ['items[0].colour', 'invalid-input']]);
  });

  it.each(['/directives?', '/drafts?', '/escalations?whose=all&', '/inbox?'])(
    'refuses forged cursors of %s',
    async (path) => {
      for (const mark of [`9999999999999999.${nobodyId}`, `-1.${nobodyId}`, `1.${nobodyId}' or 1=1`]) {
        const answer = await clerk.get<Refused>(`${path}cursor=${base64url(mark)}`);
        expect(fields(answer)).toEqual([422, ['cursor', 'invalid-cursor']]);
      }
      expect((await clerk.get(`${path}cursor=${base64url(`8640000000000000.${nobodyId}`)}`)).status).toBe(
        200,
      );
    },
  );

  describe('dates that no calendar reaches', () => {
    it.each([
      ['9999-12-31', '2026-10-30'],
      ['2200-01-01', '2026-10-30'],
      ['2199-12-31', '2026-10-30'],
      ['0001-01-02', '0001-01-01'],
      ['1900-01-02', '1900-01-01'],
    ])('refuses the deadline %s of an order of %s', async (date, givenOn) => {
      const { id } = await enter({ deadline: { phrase: null, date } }, givenOn);
      const answer = await clerk.post<Refused>(`/drafts/${id}/confirm`);
      expect(fields(answer)).toEqual([422, ['items[0].deadline.date', 'beyond-calendar']]);
    });

    it('refuses them in every act that sets one', async () => {
      const chair = await office.as('chutich');
      const [open, dated] = [await assign({ deadline: null }), await assign()];
      const deadline = { date: '9999-12-31' };
      const lead = [office.agency('van-hoa-xa-hoi')];
      const answers = [
        await clerk.post<Refused>(`/directives/${open}/set-deadline`, { deadline }),
        await chair.post<Refused>(`/directives/${dated}/extend`, { deadline, reason: 'Chờ' }),
        await clerk.post<Refused>(`/directives/${dated}/reassign`, { lead, deadline }),
      ];
      for (const answer of answers)
        expect(fields(answer)).toEqual([422, ['deadline.date', 'beyond-calendar']]);
    });
  });

  describe('drafts', () => {
    it('does not grow the words of an item without end', async () => {
      const { id } = await enter({ text: 'x'.repeat(9_000) });
      const parts = Array.from({ length: 60 }, () => ({}));
      const all = Array.from({ length: 60 }, (_, index) => String(index + 1));
      const edits = [
        { op: 'split', item: '1', parts },
        { op: 'merge', items: all },
      ];
      const answer = await clerk.patch<Refused>(`/drafts/${id}`, { edits: [...edits, ...edits] }, '"1"');
      expect(fields(answer)).toEqual([422, ['edits[1].items', 'text-too-long']]);
    });

    it('knows an id in capital letters', async () => {
      const id = await assign({ lead: [office.agency('kinh-te').toUpperCase()] });
      expect((await staff.get(`/directives/${id}`)).status).toBe(200);
    });

    it('takes no mark of white space only', async () => {
      const source = {
        kind: 'note',
        givenBy: office.person('chutich'),
        givenOn: '2026-10-30',
        reference: ' ',
      };
      const answer = await clerk.post<Refused>('/drafts', { source, items: [{ text: 'Việc' }] });
      expect(fields(answer)).toEqual([422, ['source.reference', 'invalid-input']]);
    });

    it('takes no reason in which there is nothing to read', async () => {
      const id = await assign();
      const answer = await staff.post<Refused>(`/directives/${id}/return`, { reason: '\u200b\u202e' });
      expect(fields(answer)).toEqual([422, ['reason', 'missing-text']]);
    });
  });

  describe('documents', () => {
    const wide = (text: string) =>
      new Blob([new Uint8Array([0xff, 0xfe]), new Uint8Array(Buffer.from(text, 'utf16le'))]);
    const form = (content: Blob): Sending => {
      const data = new FormData();
      data.append('file', content, 'thong-bao.txt');
      return { form: data };
    };

    it('reads past characters that cannot be kept', async () => {
      const words = 'Giao Phòng Kinh tế báo cáo \u0000trước ngày 10/12/2026.';
      const { status, body } = await clerk.post<{ document: object }>(
        '/documents',
        undefined,
        form(wide(words)),
      );
      expect([status, body.document]).toMatchObject([201, { name: 'thong-bao.txt' }]);
    });

    it('names the field that the text came in', async () => {
      const typed = await clerk.post<Refused>('/documents', { name: 'a.txt', text: '' });
      expect(fields(typed)).toEqual([422, ['text', 'file-empty']]);
      const sent = await clerk.post<Refused>('/documents', undefined, form(new Blob([''])));
      expect(fields(sent)).toEqual([422, ['file', 'file-empty']]);
    });
  });

  describe('what belongs to others', () => {
    const refusals = async () => {
      const sql =
        "select act, subject, person_id as person from dondoc.audit_entry where outcome = 'refused' order by at, id";
      return office.rows<{ act: string; subject: string; person: string }>(sql);
    };

    it("cannot be read by reporting with somebody else's file", async () => {
      const data = new FormData();
      data.append('file', new Blob(['riêng']), 'rieng.txt');
      const police = await office.as('ca-cv');
      const file = (await police.post<{ id: string }>('/files', undefined, { form: data })).body.id;
      const id = await assign();
      const result = { number: '1/BC', date: '2026-11-01', summary: 'Xong', file };
      const answer = await staff.post<Refused>(`/directives/${id}/report`, { result });
      expect(fields(answer)).toEqual([422, ['result.file', 'unknown-file']]);
      expect((await staff.get(`/files/${file}`)).status).toBe(404);
      expect((await refusals()).filter(({ subject }) => subject === file)).toHaveLength(2);
    });

    it("records who wants to mark somebody else's message as read", async () => {
      await assign();
      await office.deliver();
      const { body } = await staff.get<{ items: { id: string }[] }>('/inbox');
      const id = body.items[0]?.id ?? '';
      const other = await office.as('vhxh-cv');
      expect(await other.post(`/inbox/${id}/read`)).toMatchObject({
        status: 404,
        body: { code: 'not-found' },
      });
      expect((await refusals()).at(-1)).toEqual({
        act: 'inbox.read',
        subject: id,
        person: office.person('vhxh-cv'),
      });
    });
  });

  it('never offers the act that it has just refused', async () => {
    const id = await assign();
    const answer = await clerk.post(`/directives/${id}/set-deadline`, { deadline: { date: '2026-12-01' } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'deadline-already-set' } });
    expect(answer.body['allowed']).toEqual(['reassign', 'urge']);
  });

  it.each([
    [{ to: '2020-01-01T00:00:00Z' }, 'to', 'clock-never-back'],
    [{ to: '9999-12-31T23:59:59Z' }, 'to', 'beyond-calendar'],
    [{ by: '-1d' }, 'by', 'clock-never-back'],
    [{ by: '999999999d' }, 'by', 'duration-too-long'],
    [{}, 'by', 'invalid-input'],
  ])('does not move the clock by %j', async (body, field, code) => {
    const before = await office.clock.now();
    const answer = await clerk.post<Refused>('/sandbox/clock/advance', body);
    expect(fields(answer)).toEqual([422, [field, code]]);
    expect((await office.clock.now()) - before).toBeLessThan(60_000);
  });

  it('does one thing for twenty requests of one key at once', async () => {
    const id = await assign();
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => staff.post(`/directives/${id}/accept`, undefined, { key })),
    );
    const [first] = answers;
    for (const answer of answers) expect([answer.status, answer.body]).toEqual([200, first?.body]);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(19);
    expect(first?.body['revision']).toBe(2);
  });

  it('makes the directives of a draft once when several people confirm it at once', async () => {
    const { id } = await enter();
    const other = await office.as('theodoi');
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => (index % 2 ? clerk : other).post(`/drafts/${id}/confirm`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const made = await office.rows(
      `select d.id from dondoc.directive d join dondoc.draft f on f.source_id = d.source_id where f.id = '${id}'`,
    );
    expect(made).toHaveLength(1);
  });

  it('lets one leader decide an escalation once, and says what others may still do', async () => {
    const ids = [await assign(), await assign()];
    await office.goTo('2026-11-30T02:00:00Z');
    const deputy = await office.as('pct-kinhte');
    const { body } = await deputy.get<{ items: { id: string; directive: { id: string } }[] }>('/escalations');
    const mine = body.items.filter(({ directive }) => ids.includes(directive.id)).map(({ id }) => id);
    expect(mine).toHaveLength(2);
    const [first, second] = mine.map((id) => `/escalations/${id}`);
    const beyond = { decision: 'extend', note: 'Thêm thời gian', deadline: { date: '9999-12-31' } };
    const far = await deputy.post<Refused>(`${first}/decide`, beyond);
    expect(fields(far)).toEqual([422, ['deadline.date', 'beyond-calendar']]);
    const silent = { decision: 'extend', deadline: { date: '2026-12-20' } };
    expect(fields(await deputy.post<Refused>(`${first}/decide`, silent))).toEqual([
      422,
      ['note', 'missing-text'],
    ]);
    expect((await deputy.post(`${first}/acknowledge`)).status).toBe(200);
    const again = await deputy.post(`${first}/acknowledge`);
    expect(again).toMatchObject({ status: 409, body: { code: 'not-allowed-now', allowed: ['decide'] } });
    const extend = { ...silent, note: 'Thêm thời gian' };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => deputy.post(`${second}/decide`, extend)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { body: refused } of answers.filter(({ status }) => status !== 200))
      expect(refused).toMatchObject({ code: 'escalation-over', status: 409, allowed: [] });
    expect(await deputy.post(`${second}/acknowledge`)).toMatchObject({
      status: 409,
      body: { code: 'escalation-over', allowed: [] },
    });
    expect((await (await office.as('pct-vanxa')).post(`${second}/decide`, extend)).status).toBe(403);
  });

  it('lets a report come after what was due before it, though no worker runs', async () => {
    const id = await assign({ deadline: { phrase: null, date: '2026-12-04' } });
    await staff.post(`/directives/${id}/accept`);
    await office.clock.moveTo(Date.parse('2026-12-07T01:00:00Z'));
    const result = { number: '1/BC', date: '2026-12-04', summary: 'Xong', file: null };
    const refused = { ...result, date: '2030-01-01' };
    expect((await staff.post(`/directives/${id}/report`, { result: refused })).status).toBe(422);
    expect((await staff.get(`/directives/${id}`)).body['revision']).toBe(2);
    expect((await staff.post(`/directives/${id}/report`, { result })).status).toBe(200);
    const { body } = await staff.get<{ items: { event: string; at: string; state: { time: string } }[] }>(
      `/directives/${id}/history`,
    );
    const instants = body.items.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort());
    expect(body.items.at(-1)?.event).toBe('report');
    expect(body.items.find(({ state }) => state.time === 'overdue')?.at).toBe('2026-12-04T10:00:00.000Z');
  });
});
