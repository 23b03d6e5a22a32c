import { sampleNotice } from '@dondoc/domain/sample/sample-files';
import { type Someone, TestOffice } from '../testing/test-office';

interface Item {
  readonly id: string;
  readonly text: string;
  readonly lead: readonly string[];
  readonly leadNames: readonly string[];
  readonly flags: readonly string[];
  readonly deadline: { readonly phrase: string; readonly date: string } | null;
}

interface Draft {
  readonly id: string;
  readonly revision: number;
  readonly status: string;
  readonly items: readonly Item[];
  readonly notes: readonly { readonly code: string }[];
  readonly source: Readonly<Record<string, unknown>>;
}

interface Received {
  readonly document: Readonly<Record<string, unknown>>;
  readonly draft: Draft;
}

interface Refused {
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly code: string }[];
  readonly currentRevision: number;
}

describe('from a notice to directives', () => {
  let office: TestOffice;
  let clerk: Someone;

  beforeAll(async () => {
    office = await TestOffice.open();
    clerk = await office.as('vanthu');
  });

  afterAll(() => office.end());

  const file = (name: string, content: string) => {
    const form = new FormData();
    form.append('file', new Blob([content], { type: 'text/plain' }), name);
    return form;
  };

  let received: Received;

  it('drafts what a signed notice orders, with the agencies of the directory', async () => {
    const form = file('Thông báo 12.txt', sampleNotice('thong-bao-12-giao-ban-thang-11.txt'));
    const answer = await clerk.post<Received>('/documents', undefined, { form });
    expect(answer.status).toBe(201);
    received = answer.body;
    expect(received.document).toMatchObject({
      name: 'Thông báo 12.txt',
      number: '12/TB-UBND',
      issuedOn: '2026-10-30',
      chair: 'Trần Quốc Bảo',
    });
    expect(received.draft).toMatchObject({
      status: 'open',
      revision: 1,
      source: { kind: 'notice', givenBy: office.person('chutich'), givenOn: '2026-10-30' },
    });
    expect(received.draft.items).toHaveLength(8);
    expect(received.draft.items[0]).toMatchObject({
      lead: [office.agency('kinh-te')],
      deadline: { date: '2026-11-02' },
    });
    expect(received.draft.items[6]).toMatchObject({
      lead: [office.agency('kinh-te'), office.agency('van-hoa-xa-hoi')],
      flags: expect.arrayContaining(['several-leads']) as unknown,
    });
  });

  it('refuses the same document again, and says where it is', async () => {
    const text = sampleNotice('thong-bao-12-giao-ban-thang-11.txt');
    const { status, body } = await clerk.post('/documents', { name: 'again.txt', text });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'document-already-received',
      existing: { document: received.document['id'], draft: received.draft.id },
    });
  });

  it('confirms nothing while one item is open, and says which', async () => {
    const { status, body } = await clerk.post<Refused>(`/drafts/${received.draft.id}/confirm`);
    expect(status).toBe(422);
    expect(body.code).toBe('draft-not-confirmable');
    expect(body.errors.map(({ field, code }) => [field, code])).toEqual([['items[6].lead', 'several-leads']]);
    expect(await office.rows('select id from dondoc.directive')).toEqual([]);
  });

  it('takes corrections on the revision that was seen, and only on that', async () => {
    const path = `/drafts/${received.draft.id}`;
    const [land, culture] = [office.agency('kinh-te'), office.agency('van-hoa-xa-hoi')];
    const edits = [{ op: 'split', item: '7', parts: [{ lead: [land] }, { lead: [culture] }] }];
    expect(await clerk.patch(path, { edits })).toMatchObject({
      status: 428,
      body: { code: 'if-match-missing' },
    });
    const changed = await clerk.patch<Draft>(path, { edits }, '"1"');
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect(changed.body.items.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '9', '8']);
    const late = await clerk.patch<Refused>(path, { edits }, '"1"');
    expect(late).toMatchObject({ status: 412, body: { code: 'stale-revision', currentRevision: 2 } });
  });

  it.each([
    ['an unknown agency', { lead: ['019a0000-0000-7000-8000-000000000000'] }, 'lead', 'unknown-agency'],
    [
      'a deadline before the notice',
      { deadline: { phrase: null, date: '2026-10-01' } },
      'deadline.date',
      'deadline-before-source',
    ],
    ['no lead', { lead: [] }, 'lead', 'no-lead'],
    [
      'an unknown person',
      { trackingOfficer: '019a0000-0000-7000-8000-000000000000' },
      'trackingOfficer',
      'unknown-person',
    ],
  ])('refuses %s with the path of the field', async (_title, set, field, code) => {
    const leader = office.person('chutich');
    const entered = await clerk.post<Draft>('/drafts', {
      source: { kind: 'letter', givenBy: leader, givenOn: '2026-10-30' },
      items: [
        { text: 'Việc thứ nhất', lead: [office.agency('cong-an')] },
        { text: 'Việc thứ hai', lead: [office.agency('cong-an')], ...set },
      ],
    });
    const { status, body } = await clerk.post<Refused>(`/drafts/${entered.body.id}/confirm`);
    expect(status).toBe(422);
    expect(body.errors.map((error) => [error.field, error.code])).toEqual([[`items[1].${field}`, code]]);
  });

  it('makes every directive at once, once, whoever repeats the request', async () => {
    const path = `/drafts/${received.draft.id}/confirm`;
    const key = 'confirm-12';
    const confirmed = await clerk.post<{ directives: unknown[] }>(path, undefined, { key, ifMatch: '"2"' });
    expect(confirmed.status).toBe(201);
    expect(confirmed.body.directives).toHaveLength(9);
    const again = await clerk.post(path, undefined, { key, ifMatch: '"2"' });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect([again.status, again.body]).toEqual([201, confirmed.body]);
    const other = await clerk.post(path, undefined, { key, ifMatch: '"3"' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const twice = await clerk.post(path);
    expect(twice).toMatchObject({ status: 409, body: { code: 'draft-confirmed' } });
    const [count] = await office.rows<{ count: string }>('select count(*) from dondoc.directive');
    expect(count?.count).toBe('9');
  });

  it('takes a directive by hand, with who gave it and when, through the same step', async () => {
    const leader = office.person('pct-kinhte');
    const entered = await clerk.post<Draft>('/drafts', {
      source: { kind: 'note', givenBy: leader, givenOn: '2026-11-02', note: 'Bút phê trên đơn' },
      items: [{ text: 'Kiểm tra cống thoát nước.', lead: [office.agency('kinh-te')], urgency: 'urgent' }],
    });
    expect(entered).toMatchObject({
      status: 201,
      body: { source: { kind: 'note', note: 'Bút phê trên đơn' } },
    });
    const confirmed = await clerk.post<{ directives: { id: string }[] }>(
      `/drafts/${entered.body.id}/confirm`,
    );
    const id = confirmed.body.directives[0]?.id ?? '';
    const seen = await clerk.get(`/directives/${id}`);
    expect(seen.body).toMatchObject({
      assigningLeader: { name: 'Lê Thị Thu Hà' },
      trackingOfficer: { id: office.person('vanthu') },
      deadline: null,
      urgency: 'urgent',
      source: { givenOn: '2026-11-02' },
    });
  });

  it('says of a text that is no notice that nothing was found', async () => {
    const text = 'Kính gửi anh chị, cảm ơn vì buổi gặp hôm qua. Trời hôm nay đẹp.';
    const { status, body } = await clerk.post<Received>('/documents', { name: 'thu.txt', text });
    expect([status, body.draft.items]).toEqual([201, []]);
    expect(body.draft.notes.length).toBeGreaterThan(0);
    const confirm = await clerk.post(`/drafts/${body.draft.id}/confirm`);
    expect(confirm).toMatchObject({ status: 422, body: { code: 'nothing-to-confirm' } });
  });

  it.each([
    ['empty', '', 422, 'file-empty'],
    ['too large', 'x'.repeat(120_000), 413, 'too-large'],
  ])('refuses a file that is %s', async (_title, content, status, code) => {
    const answer = await clerk.post('/documents', undefined, { form: file('x.txt', content) });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  describe('keeps nothing', () => {
    const kept = () =>
      office.rows<{ documents: number; files: number; drafts: number }>(
        `select (select count(*)::int from dondoc.document) as documents,
           (select count(*)::int from dondoc.stored_file) as files,
           (select count(*)::int from dondoc.draft) as drafts`,
      );
    const secret = 'UBND XÃ\nMẬT\nSố: 9/TB-UBND\n\nTHÔNG BÁO\n1. Giao Phòng Kinh tế báo cáo.';
    const encrypted = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    const part = (name: string, bytes: string | Buffer) => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(Buffer.from(bytes))]), name);
      return form;
    };

    it.each<[string, string | Buffer, string]>([
      ['mat.txt', secret, 'secret-document'],
      ['khoa.docx', encrypted, 'file-encrypted'],
      ['hong.pdf', '%PDF-1.7 nothing follows', 'file-damaged'],
      [
        'anh.png',
        Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]),
        'file-type-unsupported',
      ],
      ['trong.txt', '', 'file-empty'],
    ])('of the notice %s, and says why in both languages', async (name, bytes, code) => {
      const before = await kept();
      const { status, body } = await clerk.post<Refused & Record<'vi' | 'en', { detail: string }>>(
        '/documents',
        undefined,
        {
          form: part(name, bytes),
        },
      );
      expect({ status: status >= 409 && status < 500, code: body.code }).toEqual({ status: true, code });
      expect([body.vi.detail, body.en.detail].every((words) => words.length > 5)).toBe(true);
      expect(await kept()).toEqual(before);
    });

    it('of an attachment that bears a mark of secrecy in its text', async () => {
      const before = await kept();
      const refused = await clerk.post<Refused>('/files', undefined, { form: part('ket-qua.txt', secret) });
      expect(refused).toMatchObject({
        status: 422,
        body: { code: 'secret-document', errors: [{ field: 'file', code: 'secret-document' }] },
      });
      expect(await kept()).toEqual(before);
      const plain = part('ket-qua.txt', 'Kết quả thực hiện công tác bảo vệ bí mật nhà nước.');
      expect((await clerk.post('/files', undefined, { form: plain })).status).toBe(201);
    });
  });

  it('lists drafts page by page', async () => {
    const ids: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page++) {
      const { body } = await clerk.get<{ items: { id: string }[]; next: string | null }>(
        `/drafts?limit=3${cursor}`,
      );
      ids.push(...body.items.map(({ id }) => id));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(7);
    expect((await clerk.get('/drafts?cursor=x')).status).toBe(422);
    expect((await clerk.get('/drafts?limit=0')).status).toBe(422);
  });

  describe('what corrections teach', () => {
    const notice = (number: number, words: string) =>
      [
        'ỦY BAN NHÂN DÂN',
        'XÃ BÌNH LẠC',
        `Số: ${number}/TB-UBND`,
        'Bình Lạc, ngày 05 tháng 11 năm 2026',
        'THÔNG BÁO',
        'Kết luận của Chủ tịch UBND xã tại cuộc họp giao ban',
        'Ngày 04/11/2026, Chủ tịch UBND xã chủ trì họp giao ban và kết luận như sau:',
        words,
        'Nơi nhận:',
        '- Lưu: VT.',
      ].join('\n');
    const first =
      '1. Giao Tổ kinh doanh rà soát chợ, báo cáo trước ngày 10/11/2026.\n2. Giao Tổ kinh doanh duy trì vệ sinh chợ.';
    const take = (number: number, words: string, more: object = {}) =>
      clerk.post<Received>('/documents', { name: `tb-${number}.txt`, text: notice(number, words), ...more });

    it('is known at the next reading, can be seen, and can be undone', async () => {
      const { body } = await take(501, first);
      expect(body.draft.items.map(({ leadNames }) => leadNames)).toEqual([
        ['Tổ kinh doanh'],
        ['Tổ kinh doanh'],
      ]);
      const lead = office.agency('kinh-te');
      const changed = await clerk.patch<Draft>(
        `/drafts/${body.draft.id}`,
        {
          edits: [
            { op: 'edit', item: '1', set: { lead: [lead] } },
            { op: 'drop', item: '2' },
          ],
        },
        `"${body.draft.revision}"`,
      );
      expect(changed.status).toBe(200);
      const next = await take(502, first.replace('10/11', '20/11'));
      expect(next.body.draft.items).toMatchObject([
        { lead: [lead] },
        {
          lead: [lead],
          tracked: false,
          flags: expect.arrayContaining(['learned-not-a-directive']) as unknown,
        },
      ]);
      const { body: list } = await clerk.get<{
        items: { id: string; kind: string; phrase: string; revision: number }[];
      }>('/intake-lessons');
      expect(list.items.map(({ kind }) => kind).sort()).toEqual(['alias', 'not-a-directive']);
      const alias = list.items.find(({ kind }) => kind === 'alias');
      const undone = await clerk.patch(
        `/intake-lessons/${alias?.id ?? ''}`,
        { active: false },
        `"${alias?.revision ?? 0}"`,
      );
      expect(undone).toMatchObject({ status: 200, body: { active: false, phrase: 'Tổ kinh doanh' } });
      const after = await take(503, first.replace('10/11', '25/11'));
      expect(after.body.draft.items[0]?.lead).toEqual([]);
    });

    it('tells a second document of the same number, and takes it in when told to', async () => {
      const refused = await take(501, '1. Giao Phòng Kinh tế báo cáo.');
      expect(refused.body).toMatchObject({ code: 'document-number-received', existing: {} });
      const taken = await take(501, '1. Giao Phòng Kinh tế báo cáo.', { acceptSameNumber: true });
      expect(taken.status).toBe(201);
    });

    it('proposes the link to the notice that a later one replaces', async () => {
      const { body } = await take(
        504,
        '1. Thông báo này thay thế Thông báo số 502/TB-UBND ngày 05/11/2026.\n2. Giao Phòng Kinh tế báo cáo.',
      );
      expect(body.draft.notes).toContainEqual(
        expect.objectContaining({
          code: 'changes-earlier',
          earlier: [
            {
              number: '502/TB-UBND',
              change: 'replaces',
              documents: [{ id: expect.any(String) as unknown, name: 'tb-502.txt' }],
            },
          ],
        }) as unknown,
      );
    });

    it('drafts the words that a clerk selects', async () => {
      const words = 'Phòng Kinh tế nộp hồ sơ trước ngày 30/11/2026.';
      const text = `1. Giao Phòng Kinh tế báo cáo.\nTại cuộc họp có ý kiến: ${words}`;
      const { body } = await take(505, text);
      const start = notice(505, text).indexOf(words);
      const select = (from: number, to: number) =>
        clerk.patch<Draft>(
          `/drafts/${body.draft.id}`,
          { edits: [{ op: 'select', start: from, end: to }] },
          `"${body.draft.revision}"`,
        );
      expect(await select(start, 1_000_000)).toMatchObject({
        status: 422,
        body: { code: 'outside-document' },
      });
      const { body: changed } = await select(start, start + words.length);
      expect(changed.items.at(-1)).toMatchObject({
        text: words,
        lead: [office.agency('kinh-te')],
        deadline: { date: '2026-11-29' },
        start,
        end: start + words.length,
      });
    });
  });
});
