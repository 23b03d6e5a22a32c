import { type Someone, TestOffice } from '../testing/test-office';

interface Version {
  readonly id: string;
  readonly version: number;
  readonly main: boolean;
  readonly agencies: readonly unknown[];
  readonly note: string | null;
  readonly calendar: { readonly days: readonly { readonly date: string }[] };
  readonly touched?: readonly { readonly directive: string; readonly date: string }[];
}

interface Problem {
  readonly code: string;
  readonly errors: readonly { readonly code: string; readonly field: string; readonly vi: string }[];
}

/** Made up for this test: nobody has ordered anything of the kind. */
const name = { vi: 'Nghỉ (ngày đặt ra để thử)', en: 'Off (made up for this test)' };
const order = {
  notice: { number: '1/TB-THU', issuer: 'Cơ quan thử', issuedOn: '2026-11-02' },
  year: 2026,
  complete: true,
  days: [
    { date: '2026-11-27', kind: 'make-up-off', name, inPlaceOf: '2026-11-28' },
    { date: '2026-11-28', kind: 'worked', name, inPlaceOf: '2026-11-27' },
  ],
};

describe('working calendars of an office', () => {
  let office: TestOffice;
  let administrator: Someone;
  let clerk: Someone;

  beforeAll(async () => {
    office = await TestOffice.open();
    administrator = await office.as('quantri');
    clerk = await office.as('vanthu');
  });

  afterAll(() => office.end());

  const due = async (id: string, from: string, add: string) => {
    const query = new URLSearchParams({ from, add }).toString();
    return (await clerk.get<{ local: string; steps: { vi: string }[] }>(`/calendars/${id}/due?${query}`))
      .body;
  };
  const list = async () => (await clerk.get<{ items: Version[] }>('/calendars')).body.items;

  it('can be read and asked by everyone', async () => {
    expect(await list()).toMatchObject([{ id: 'sample', version: 1, main: true, inherits: null }]);
    const counted = await due('sample', '2026-11-20T10:00:00+07:00', '2wd');
    expect(counted.local).toBe('2026-11-25T17:00:00+07:00');
    expect(counted.steps.map(({ vi }) => vi).join(' ')).toContain('28/2026/QH16');
    const next = await clerk.get('/calendars/sample/next-opening?from=2026-11-23T10:00:00Z');
    expect(next.body).toMatchObject({ local: '2026-11-25T07:30:00+07:00' });
    const span = 'from=2026-11-20T01:00:00Z&to=2026-11-25T10:00:00Z';
    const between = await clerk.get(`/calendars/sample/between?${span}`);
    expect(between.body).toMatchObject({ workingDays: 2, calendar: { id: 'sample', version: 1 } });
  });

  it.each([
    ['/calendars/none', 404, 'not-found'],
    ['/calendars/sample/versions/7', 404, 'not-found'],
    ['/calendars/sample/due?from=2026-11-20T01:00:00Z&add=5y', 422, 'duration-unknown-unit'],
    ['/calendars/sample/due?from=2199-12-30T01:00:00Z&add=12000wd', 422, 'beyond-calendar'],
    ['/calendars/sample/due?from=tomorrow&add=5wd', 422, 'invalid-input'],
  ])('answer %s with a problem', async (path, status, code) => {
    const answer = await clerk.get<Problem>(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  const means = async (phrase: string, more: Readonly<Record<string, string>> = {}) => {
    const query = new URLSearchParams({ phrase, from: '2026-11-02', ...more }).toString();
    return clerk.get<{ date: string | null; warnings: { code: string }[] } & Problem>(
      `/calendars/sample/resolve?${query}`,
    );
  };

  it.each([
    ['trước ngày 21/11/2026', {}, '2026-11-20', []],
    ['5 ngày làm việc kể từ ngày nhận được văn bản', { receivedOn: '2026-11-20' }, '2026-11-30', []],
    ['ngay sau khi có kết luận của Đảng ủy', {}, null, ['awaits-event']],
    ['ngay sau khi có kết luận của Đảng ủy', { eventOn: '2026-12-08' }, '2026-12-08', []],
    ['khẩn trương thực hiện', {}, null, ['no-date-in-words']],
  ] as const)('say what "%s" means, with %j', async (phrase, known, date, codes) => {
    const { body } = await means(phrase, known);
    expect([body.date, body.warnings.map(({ code }) => code)]).toEqual([date, codes]);
  });

  it('refuse words that name no deadline, or several', async () => {
    expect((await means('kính gửi các phòng')).body.code).toBe('no-deadline-in-words');
    const several = await means('trước ngày 10/11/2026 và chậm nhất ngày 20/11/2026');
    expect([several.status, several.body.errors[0]?.field]).toEqual([422, 'phrase']);
  });

  it('show what a notice would do, and whose deadline it touches', async () => {
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-11-02' };
    const deadline = { phrase: null, date: '2026-11-27' };
    const items = [{ text: 'Báo cáo rà soát', lead: [office.agency('kinh-te')], deadline }];
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    const confirmed = await clerk.post<{ directives: { id: string }[] }>(
      `/drafts/${draft.body.id}/confirm`,
      undefined,
      { ifMatch: '"1"' },
    );
    const { status, body } = await administrator.post<Version>('/calendars/sample/orders/preview', order);
    expect([status, body.touched]).toEqual([
      200,
      [{ directive: confirmed.body.directives[0]?.id, date: '2026-11-27', worked: false }],
    ]);
    expect(await list()).toMatchObject([{ version: 1 }]);
  });

  it('take a notice as a new version; deadlines that were set stay', async () => {
    expect((await clerk.post('/calendars/sample/orders', { ...order, note: 'x' })).status).toBe(403);
    const before = await due('sample', '2026-11-26T10:00:00+07:00', '1wd');
    expect(before.local).toBe('2026-11-27T17:00:00+07:00');
    const entered = await administrator.post<Version>('/calendars/sample/orders', { ...order, note: 'Thử' });
    expect(entered.body).toMatchObject({ version: 2, note: 'Thử', touched: [{ date: '2026-11-27' }] });
    const after = await due('sample', '2026-11-26T10:00:00+07:00', '1wd');
    expect(after.local).toBe('2026-11-28T17:00:00+07:00');
    expect(after.steps.map(({ vi }) => vi).join(' ')).toContain('1/TB-THU');
    const history = await clerk.get<{ items: Version[] }>('/calendars/sample/versions');
    expect(history.body.items).toMatchObject([{ version: 2, note: 'Thử' }, { version: 1 }]);
    expect((await clerk.get('/calendars/none/versions')).status).toBe(404);
    const kept = await clerk.get<Version>('/calendars/sample/versions/1');
    expect(kept.body.calendar.days.some(({ date }) => date === '2026-11-27')).toBe(false);
    const [row] = await office.rows<{ at: Date }>('select deadline_at as at from dondoc.directive');
    expect(row?.at.toISOString()).toBe('2026-11-27T10:00:00.000Z');
  });

  it.each([
    [
      'contradicts the one before',
      { days: [{ date: '2026-11-27', kind: 'holiday', name }] },
      'duplicate-day',
      'days[0].date',
    ],
    [
      'works on a day off',
      { days: [{ date: '2026-11-24', kind: 'worked', name }] },
      'contradicting-day',
      'days[0].date',
    ],
    [
      'takes back what nobody ordered',
      { days: [], withdraws: ['2026-12-24'] },
      'nothing-to-withdraw',
      'withdraws[0]',
    ],
  ])('refuse a notice that %s, and change nothing', async (_what, more, code, field) => {
    const sent = { ...order, notice: { ...order.notice, number: '2/TB-THU' }, ...more, note: 'Thử' };
    const { status, body } = await administrator.post<Problem>('/calendars/sample/orders', sent);
    expect([status, body.code]).toEqual([422, 'invalid-calendar']);
    expect(body.errors).toContainEqual(expect.objectContaining({ code, field }));
    expect(await list()).toMatchObject([{ version: 2 }]);
  });

  it('can be several: another one has hours of its own', async () => {
    const sessions = [{ from: null, to: null, periods: [{ opens: '07:00', closes: '11:00' }], basis: 'Thử' }];
    const calendar = { zone: 'Asia/Ho_Chi_Minh', sessions, restDays: [7], days: [], noticedYears: [] };
    const made = await administrator.post('/calendars/mot-cua/versions', {
      calendar,
      note: 'Bộ phận một cửa',
    });
    expect([made.status, made.body]).toMatchObject([201, { id: 'mot-cua', version: 1, main: false }]);
    expect((await due('mot-cua', '2026-11-20T10:00:00+07:00', '1wd')).local).toBe(
      '2026-11-21T11:00:00+07:00',
    );
    expect(await list()).toMatchObject([{ id: 'mot-cua' }, { id: 'sample', main: true }]);
    const overlapping = { ...calendar, sessions: [...sessions, ...sessions] };
    for (const [id, body, code] of [
      ['mot-cua', overlapping, 'overlapping-sessions'],
      ['mot-cua', { ...calendar, inherits: { id: 'tinh', version: 1 } }, 'unknown-parent'],
      ['Một cửa', calendar, 'bad-id'],
      ['a%00b', calendar, 'bad-id'],
      ['sample', { ...calendar, zone: 'Europe/Berlin' }, 'zone-of-organization'],
    ] as const) {
      const sent = { calendar: body, note: 'Thử' };
      const refused = await administrator.post<Problem>(`/calendars/${id}/versions`, sent);
      expect([refused.status, refused.body.errors[0]?.code]).toEqual([422, code]);
    }
    expect(await list()).toMatchObject([{ version: 1 }, { version: 2 }]);
  });

  it('can be given to an agency, whose days are then counted by it', async () => {
    const kinhTe = office.agency('kinh-te');
    const address = `/directory/agencies/${kinhTe}/calendar`;
    const [directive] = await office.rows<{ id: string }>('select id from dondoc.directive');
    const seen = async () =>
      (await clerk.get<{ deadline: { at: string; workingDaysLeft: number } }>(`/directives/${directive?.id}`))
        .body.deadline;
    expect(await seen()).toMatchObject({ at: '2026-11-27T10:00:00.000Z', workingDaysLeft: 17 });
    const touched = [{ directive: directive?.id, date: '2026-11-27', worked: true }];
    const preview = await administrator.post(`${address}/preview`, { calendar: 'mot-cua' });
    expect([preview.status, preview.body]).toEqual([200, { touched }]);
    expect((await clerk.post(address, { calendar: 'mot-cua' })).status).toBe(403);
    expect((await administrator.post(address, { calendar: 'mot-cua' })).body).toEqual({
      id: kinhTe,
      touched,
    });
    // The deadline stays; what is left until it is counted in six-day weeks, without the day that a notice made one off.
    expect(await seen()).toMatchObject({ at: '2026-11-27T10:00:00.000Z', workingDaysLeft: 22 });
    const listed = await clerk.get<{ items: { deadline: { workingDaysLeft: number } }[] }>('/directives');
    expect(listed.body.items.map(({ deadline }) => deadline.workingDaysLeft)).toEqual([22]);
    expect(await list()).toMatchObject([
      { id: 'mot-cua', agencies: [{ id: kinhTe }] },
      { id: 'sample', agencies: [] },
    ]);
    const explained = await clerk.get<{ deadline: { sentences: { vi: string }[] } }>(
      `/directives/${directive?.id}/explain`,
    );
    expect(explained.body.deadline.sentences.map(({ vi }) => vi).join(' ')).toContain('lịch riêng mot-cua@1');
    const [entry] = await office.rows<{ entry: string }>(
      `select entry from dondoc.audit_entry where entry like '%calendar_id%' order by recorded_at desc limit 1`,
    );
    expect(entry?.entry).toContain('mot-cua');
  });

  it('touch only whose lead works by them', async () => {
    const saturday = { ...order, notice: { ...order.notice, number: '3/TB-THU' } };
    const withdrawn = { ...saturday, days: [], withdraws: ['2026-11-27', '2026-11-28'] };
    const general = await administrator.post<Version>('/calendars/sample/orders/preview', withdrawn);
    expect([general.status, general.body.touched]).toEqual([200, []]);
    const off = { ...saturday, days: [{ date: '2026-11-27', kind: 'holiday', name }] };
    const own = await administrator.post<Version>('/calendars/mot-cua/orders/preview', off);
    expect(own.body.touched).toMatchObject([{ date: '2026-11-27', worked: false }]);
  });

  it('take a notice for everybody, all of them or none', async () => {
    const versions = async () => Object.fromEntries((await list()).map((one) => [one.id, one.version]));
    const everybody = {
      ...{ notice: { ...order.notice, number: '4/TB-THU' }, year: 2026, complete: true, everywhere: true },
      days: [
        { date: '2026-12-11', kind: 'make-up-off', name, inPlaceOf: '2026-12-12' },
        { date: '2026-12-12', kind: 'worked', name, inPlaceOf: '2026-12-11' },
      ],
    };
    const before = await versions();
    const preview = await administrator.post<Version>('/calendars/sample/orders/preview', everybody);
    expect([preview.status, await versions()]).toEqual([200, before]);
    const entered = await administrator.post('/calendars/sample/orders', { ...everybody, note: 'Thử' });
    expect(entered.status).toBe(201);
    expect(await versions()).toEqual({ 'mot-cua': 2, sample: 3 });
    // At the desk that Saturday is worked anyway.
    const desk = (await clerk.get<Version>('/calendars/mot-cua')).body.calendar.days.map(({ date }) => date);
    expect([desk.includes('2026-12-11'), desk.includes('2026-12-12')]).toEqual([true, false]);

    const own = { ...everybody, everywhere: false, days: [{ date: '2026-12-18', kind: 'holiday', name }] };
    await administrator.post('/calendars/mot-cua/orders', { ...own, note: 'Thử' });
    const again = { ...own, everywhere: true, notice: { ...order.notice, number: '5/TB-THU' }, note: 'Thử' };
    const refused = await administrator.post<Problem>('/calendars/sample/orders', again);
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid-calendar']);
    expect(await versions()).toEqual({ 'mot-cua': 3, sample: 3 });
  });

  it.each([
    ['unknown-calendar', 'khong-co'],
    ['zone-of-organization', 'berlin'],
  ])('are refused to an agency: %s, and nothing changes', async (code, calendar) => {
    const sessions = [{ from: null, to: null, periods: [{ opens: '07:00', closes: '11:00' }], basis: 'Thử' }];
    const berlin = { zone: 'Europe/Berlin', sessions, restDays: [7], days: [], noticedYears: [] };
    await administrator.post('/calendars/berlin/versions', { calendar: berlin, note: 'Thử' });
    const address = `/directory/agencies/${office.agency('kinh-te')}/calendar`;
    for (const path of [address, `${address}/preview`]) {
      const refused = await administrator.post<Problem>(path, { calendar });
      expect([refused.status, refused.body.code, refused.body.errors[0]?.field]).toEqual([
        422,
        code,
        'calendar',
      ]);
    }
    const moved = { calendar: { ...berlin, zone: 'Asia/Tokyo' }, note: 'Thử' };
    const given = await administrator.post<Problem>('/calendars/mot-cua/versions', moved);
    expect([given.status, given.body.errors[0]?.code]).toEqual([422, 'zone-of-organization']);
    expect((await list()).find(({ id }) => id === 'mot-cua')).toMatchObject({ version: 3, agencies: [{}] });
  });

  it('of another organization, and an agency of another, are as if they were not there', async () => {
    const nobody = '/directory/agencies/0197f3c2-0000-7000-8000-000000000001/calendar';
    expect((await administrator.post(nobody, { calendar: 'mot-cua' })).status).toBe(404);
    const address = `/directory/agencies/${office.agency('kinh-te')}/calendar`;
    expect((await administrator.post(address, { calendar: null })).body).toMatchObject({ touched: [{}] });
    expect((await list()).map(({ agencies }) => agencies)).toEqual([[], [], []]);
  });
});
