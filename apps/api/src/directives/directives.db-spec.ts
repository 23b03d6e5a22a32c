import { type Someone, TestOffice } from '../testing/test-office';

interface Directive {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly lateness: {
    readonly time: string | null;
    readonly overdue: boolean;
    readonly completion: string | null;
  };
  readonly lead: { readonly id: string };
  readonly allowed: readonly string[];
  readonly deadline: { readonly at: string; readonly date: string; readonly originalAt: string } | null;
  readonly results: readonly { readonly number: string; readonly file: string | null }[];
}

interface Escalation {
  readonly id: string;
  readonly state: string;
  readonly article: string;
  readonly rung: string;
  readonly directive: { readonly id: string };
  readonly recipients: readonly { readonly id: string }[];
  readonly decision: string | null;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

interface Message {
  readonly id: string;
  readonly subject: string;
  readonly article: string | null;
  readonly directive: { readonly id: string };
  readonly reason: { readonly vi: string } | null;
  readonly demand: { readonly vi: string } | null;
  readonly readAt: string | null;
}

describe('a directive on its way', () => {
  let office: TestOffice;
  let clerk: Someone;
  let staff: Someone;

  beforeAll(async () => {
    office = await TestOffice.open();
    clerk = await office.as('vanthu');
    staff = await office.as('kt-cv');
  });

  afterAll(() => office.end());

  async function assign(item: object, givenBy = 'pct-kinhte'): Promise<string> {
    const source = { kind: 'oral', givenBy: office.person(givenBy), givenOn: '2026-11-02' };
    const lead = [office.agency('kinh-te')];
    const items = [{ text: 'Rà soát hộ dân vùng sạt lở', lead, ...item }];
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    const confirmed = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${draft.body.id}/confirm`);
    return confirmed.body.directives[0]?.id ?? '';
  }

  const see = async (id: string, who = clerk): Promise<Directive> =>
    (await who.get<Directive>(`/directives/${id}`)).body;

  const inboxOf = async (login: string): Promise<readonly Message[]> =>
    (await (await office.as(login)).get<Page<Message>>('/inbox')).body.items;

  const result = { number: '31/BC-PKT', date: '2026-11-02', summary: 'Kết quả rà soát' };

  it('is seen by its agencies and the Office, and is not there for anybody else', async () => {
    const coordinating = [office.agency('tram-y-te')];
    const id = await assign({ coordinating });
    for (const login of ['kt-cv', 'kt-truong', 'tyt-cv', 'vanthu', 'chutich'])
      expect((await see(id, await office.as(login))).id).toBe(id);
    const stranger = await office.as('ca-cv');
    for (const path of [`/directives/${id}`, `/directives/${id}/history`])
      expect(await stranger.get(path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const list = await stranger.get<Page<Directive>>('/directives');
    expect(list.body.items).toEqual([]);
    expect(await stranger.post(`/directives/${id}/accept`)).toMatchObject({ status: 404 });
    const refusals = await office.rows<{ act: string; subject: string }>(
      "select act, subject from dondoc.audit_entry where outcome = 'refused' order by at, act",
    );
    expect(refusals.map(({ act }) => act).sort()).toEqual([
      'directive.accept',
      'directive.history',
      'directive.see',
    ]);
    expect(new Set(refusals.map(({ subject }) => subject))).toEqual(new Set([id]));
  });

  it('says what each may do with it, refuses the rest, and names what the state would take', async () => {
    const id = await assign({});
    expect((await see(id, staff)).allowed).toEqual(['accept', 'return', 'request-extension', 'report']);
    expect((await see(id)).allowed).toEqual(['reassign', 'set-deadline', 'urge']);
    expect((await see(id, await office.as('pct-kinhte'))).allowed).toContain('cancel');
    expect((await see(id, await office.as('pct-vanxa'))).allowed).toEqual([]);
    const accepted = await staff.post<Directive>(`/directives/${id}/accept`);
    expect(accepted).toMatchObject({ status: 200, body: { state: 'in-progress' } });
    expect(accepted.headers.get('etag')).toBe(`"${accepted.body.revision}"`);
    const again = await staff.post(`/directives/${id}/accept`);
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'not-allowed-now', allowed: ['report', 'return'] },
    });
    expect(await clerk.post(`/directives/${id}/report`, { result })).toMatchObject({
      status: 403,
      body: { code: 'not-permitted' },
    });
  });

  it('is acted on in the revision that was seen', async () => {
    const id = await assign({});
    const { revision } = await see(id);
    const stale = await staff.post(`/directives/${id}/accept`, undefined, { ifMatch: `"${revision - 1}"` });
    expect(stale).toMatchObject({
      status: 412,
      body: { code: 'stale-revision', currentRevision: revision },
    });
    expect((await see(id)).state).toBe('assigned');
    const seen = await staff.post(`/directives/${id}/accept`, undefined, { ifMatch: `"${revision}"` });
    expect(seen.status).toBe(200);
    const malformed = await staff.post(`/directives/${id}/accept`, undefined, { ifMatch: 'x' });
    expect(malformed).toMatchObject({ status: 400, body: { code: 'if-match-malformed' } });
  });

  it('can be looked at while somebody else is changing it', async () => {
    const id = await assign({});
    const path = `/directives/${id}`;
    const seen = await office.whileLocked(id, async () => [
      await clerk.get<Directive>(path),
      await clerk.get(`${path}/history`),
      await clerk.get(`${path}/explain`),
    ]);
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('gives the same answer to the same key, and acts once', async () => {
    const id = await assign({});
    const key = `accept-${id}`;
    const [first, second] = [
      await staff.post<Directive>(`/directives/${id}/accept`, undefined, { key }),
      await staff.post<Directive>(`/directives/${id}/accept`, undefined, { key }),
    ];
    expect(second.body).toEqual(first.body);
    expect([first, second].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    const other = await office.as('kt-truong');
    expect((await other.post(`/directives/${id}/accept`, undefined, { key })).status).toBe(409);
  });

  it('goes back with a reason and on to another lead', async () => {
    const id = await assign({ lead: [office.agency('tram-y-te')] });
    const wrong = await office.as('tyt-cv');
    expect((await wrong.post(`/directives/${id}/return`, {})).status).toBe(422);
    const proposedAgency = office.agency('kinh-te');
    const returned = await wrong.post<Directive>(`/directives/${id}/return`, {
      reason: 'Không đúng chức năng.',
      proposedAgency,
    });
    expect(returned.body.state).toBe('returned');
    const several = [office.agency('kinh-te'), office.agency('cong-an')];
    expect(await clerk.post(`/directives/${id}/reassign`, { lead: several })).toMatchObject({
      status: 422,
      body: { code: 'several-leads', errors: [{ field: 'lead' }] },
    });
    const reassigned = await clerk.post<Directive>(`/directives/${id}/reassign`, { lead: [proposedAgency] });
    expect(reassigned.body).toMatchObject({ state: 'assigned', lead: { name: 'Phòng Kinh tế' } });
    expect((await wrong.get(`/directives/${id}`)).status).toBe(404);
    const history = await clerk.get<Page<{ event: string; actor: { name: string }; details: object }>>(
      `/directives/${id}/history`,
    );
    expect(history.body.items.map(({ event }) => event)).toEqual(['assigned', 'return', 'reassign']);
    expect(history.body.items[1]).toMatchObject({
      actor: { name: 'Dương Văn Tài' },
      details: { reason: 'Không đúng chức năng.' },
    });
  });

  it('stays open without a deadline until the clerk sets one, and is never late before', async () => {
    const id = await assign({ deadline: { phrase: 'khẩn trương', date: null } });
    expect(await see(id)).toMatchObject({
      deadline: null,
      deadlinePhrase: 'khẩn trương',
      lateness: { time: 'no-deadline', overdue: false },
    });
    const early = await clerk.post(`/directives/${id}/set-deadline`, { deadline: { date: '2026-11-01' } });
    expect(early).toMatchObject({ status: 422, body: { errors: [{ field: 'deadline.date' }] } });
    const set = await clerk.post<Directive>(`/directives/${id}/set-deadline`, {
      deadline: { date: '2026-12-10', time: '16:00' },
    });
    expect(set.body).toMatchObject({
      deadline: { at: '2026-12-10T09:00:00.000Z', date: '2026-12-10' },
      lateness: { time: 'within' },
    });
  });

  it('waits for an event whose day comes, and is corrected', async () => {
    const id = await assign({ deadline: { phrase: 'trước kỳ họp cuối năm của HĐND xã', date: null } });
    const on = (body: object) => clerk.post<Directive>(`/directives/${id}/set-deadline`, body);
    const neither = await on({});
    expect(neither).toMatchObject({ status: 422, body: { code: 'deadline-or-event' } });
    const first = await on({ eventOn: '2026-12-08' });
    expect(first.body).toMatchObject({
      deadline: { date: '2026-12-07', originalAt: '2026-12-07T10:00:00.000Z' },
    });
    expect(first.body.allowed).toContain('set-deadline');
    const postponed = await on({ eventOn: '2026-12-16' });
    expect(postponed.body).toMatchObject({
      deadline: { date: '2026-12-15', originalAt: '2026-12-07T10:00:00.000Z' },
    });
    // A day that somebody names ends the waiting: from then on only an extension moves it.
    expect((await on({ deadline: { date: '2026-12-14' } })).body).toMatchObject({
      deadline: { date: '2026-12-14' },
    });
    expect(await on({ eventOn: '2026-12-16' })).toMatchObject({
      status: 409,
      body: { code: 'deadline-already-set' },
    });
  });

  it('is reported on a result document, and verified by somebody else only', async () => {
    const id = await assign({ deadline: { phrase: null, date: '2026-12-01' } });
    const form = new FormData();
    form.append('file', new Blob(['Kết quả'], { type: 'text/html' }), '../Báo cáo "31".html');
    const { body: file } = await staff.post<{ id: string; name: string }>('/files', undefined, { form });
    expect(file.name).toBe('Báo cáo "31".html');
    const report = await staff.post<Directive>(`/directives/${id}/report`, {
      result: { ...result, file: file.id },
    });
    expect(report.body).toMatchObject({
      state: 'reported',
      results: [{ number: '31/BC-PKT', file: file.id, reporter: { name: 'Ngô Thị Hạnh' } }],
    });
    expect((await staff.post(`/directives/${id}/verify`)).status).toBe(403);
    const back = await clerk.post<Directive>(`/directives/${id}/send-back`, { reason: 'Thiếu biểu.' });
    expect(back.body.state).toBe('in-progress');
    await staff.post(`/directives/${id}/report`, { result: { ...result, number: '32/BC-PKT' } });
    const closed = await clerk.post<Directive>(`/directives/${id}/verify`);
    expect(closed.body).toMatchObject({
      state: 'closed',
      lateness: { completion: 'on-time' },
      allowed: [],
      results: [{ number: '32/BC-PKT' }, { number: '31/BC-PKT' }],
    });
    const sent = await clerk.get<string>(`/files/${file.id}`);
    expect(sent.body).toBe('Kết quả');
    expect(sent.headers.get('content-type')).toBe('application/octet-stream');
    expect(sent.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('Báo cáo "31".html')}`,
    );
    expect((await (await office.as('ca-cv')).get(`/files/${file.id}`)).status).toBe(404);
    const unknown = { result: { ...result, file: office.person('vanthu') } };
    const other = await assign({});
    expect(await staff.post(`/directives/${other}/report`, unknown)).toMatchObject({
      status: 422,
      body: { code: 'unknown-file' },
    });
  });

  it('lets nobody verify what they reported, whatever other office they hold', async () => {
    const id = await assign({ lead: [office.agency('van-phong')] });
    const both = await office.as('vp-cv');
    await both.post(`/directives/${id}/report`, { result });
    const own = await both.post(`/directives/${id}/verify`);
    expect(own).toMatchObject({ status: 409, body: { code: 'verifier-is-reporter' } });
    expect((await clerk.post<Directive>(`/directives/${id}/verify`)).body.state).toBe('closed');
  });

  it('is reminded of, becomes overdue and reaches the leader, who decides in one act', async () => {
    const id = await assign({ deadline: { phrase: null, date: '2026-11-09' } });
    await staff.post(`/directives/${id}/accept`);
    await office.goTo('2026-11-17T01:00:00Z');
    const reminders = (await inboxOf('kt-cv')).filter(
      (message) => message.subject === 'rung' && message.directive.id === id,
    );
    expect(reminders.length).toBeGreaterThan(0);
    for (const { article, demand } of reminders) {
      expect(article).toMatch(/^Mục /);
      expect(demand?.vi.length).toBeGreaterThan(0);
    }
    expect((await see(id)).lateness).toMatchObject({ time: 'overdue', overdue: true });
    const late = await clerk.get<Page<Directive>>('/directives?lateness=overdue');
    expect(late.body.items.map((one) => one.id)).toEqual([id]);

    const leader = await office.as('pct-kinhte');
    const mine = await leader.get<Page<Escalation>>('/escalations');
    const escalation = mine.body.items.find((one) => one.directive.id === id);
    expect(escalation).toMatchObject({ state: 'raised', recipients: [{ id: office.person('pct-kinhte') }] });
    const path = `/escalations/${escalation?.id ?? ''}`;

    expect((await staff.get('/escalations?whose=all')).status).toBe(403);
    expect((await clerk.get<Page<Escalation>>('/escalations?whose=all')).body.items).toHaveLength(1);
    expect(await clerk.post(`${path}/decide`, { decision: 'close' })).toMatchObject({
      status: 403,
      body: { code: 'not-permitted' },
    });
    const acknowledged = await leader.post<Escalation>(`${path}/acknowledge`);
    expect(acknowledged.body.state).toBe('acknowledged');

    // A decision that the directive refuses leaves the escalation as it was.
    const early = { decision: 'extend', note: 'Gia hạn.', deadline: { date: '2026-11-10' } };
    expect(await leader.post(`${path}/decide`, early)).toMatchObject({
      status: 422,
      body: { code: 'not-later', errors: [{ field: 'deadline.date' }] },
    });
    expect((await leader.get<Escalation>(path)).body.state).toBe('acknowledged');

    const extend = { decision: 'extend', note: 'Gia hạn.', deadline: { date: '2026-11-25' } };
    const decided = await leader.post<Escalation>(`${path}/decide`, extend);
    expect(decided.body).toMatchObject({ state: 'decided', decision: 'extend', note: 'Gia hạn.' });
    expect(await see(id)).toMatchObject({
      deadline: { date: '2026-11-25', originalAt: '2026-11-09T10:00:00.000Z' },
      lateness: { overdue: false },
    });
    expect(await leader.post(`${path}/decide`, extend)).toMatchObject({
      status: 409,
      body: { code: 'escalation-over' },
    });
  });

  it('explains its deadline, what was sent by which article, and what comes next', async () => {
    const [late] = (await clerk.get<Page<Directive>>('/directives?limit=200')).body.items.filter(
      ({ deadline }) => deadline?.date === '2026-11-25',
    );
    const { status, body } = await staff.get<{
      standing: { vi: string };
      deadline: { sentences: { vi: string }[] };
      past: { vi: string; article: string | null }[];
      next: { at: string; article: string | null }[];
    }>(`/directives/${late?.id ?? ''}/explain`);
    expect(status).toBe(200);
    expect(body.standing.vi).toContain('Phòng Kinh tế');
    expect(body.deadline.sentences.map(({ vi }) => vi).join(' ')).toContain('Hạn gốc là');
    expect(body.past.some(({ vi }) => vi.includes('gia hạn đến'))).toBe(true);
    expect(body.past.some(({ article }) => article?.startsWith('Mục ') === true)).toBe(true);
    const instants = body.next.map(({ at }) => at);
    expect(instants.length).toBeGreaterThan(0);
    expect(instants).toEqual([...instants].sort());
    const stranger = await office.as('ca-cv');
    expect((await stranger.get(`/directives/${late?.id ?? ''}/explain`)).status).toBe(404);
  });

  it('is told to whoever stands in when nobody holds the role, with the reason', async () => {
    const id = await assign({ lead: [office.agency('quan-su')] });
    await office.deliver();
    const told = (await inboxOf('quantri')).find((message) => message.directive.id === id);
    expect(told?.reason?.vi).toContain('Chưa có ai giữ vai trò');
  });

  it('leaves messages that are read once, by whom they are for', async () => {
    const [message] = await inboxOf('kt-cv');
    const path = `/inbox/${message?.id ?? ''}/read`;
    expect(await clerk.post(path)).toMatchObject({ status: 404 });
    const read = await staff.post<Message>(path);
    expect(read.body.readAt).not.toBeNull();
    expect((await staff.post<Message>(path)).body.readAt).toBe(read.body.readAt);
    const unread = await staff.get<Page<Message>>('/inbox?unread=true&limit=200');
    expect(unread.body.items.some(({ id }) => id === message?.id)).toBe(false);
  });

  it('counts in the totals, as derived and as recorded alike', async () => {
    const late = await assign({ deadline: { phrase: null, date: '2026-11-18' } });
    await office.goTo('2026-11-20T01:00:00Z');
    await staff.post(`/directives/${late}/report`, { result });
    await clerk.post(`/directives/${late}/verify`);
    const { body } = await clerk.get<{
      assigned: number;
      completed: Record<string, number>;
      outstanding: Record<string, number>;
      byLead: { assigned: number }[];
    }>('/totals');
    expect(body.completed).toEqual({ total: 3, onTime: 1, late: 1, noDeadline: 1 });
    expect(body.assigned).toBe((body.completed['total'] ?? 0) + (body.outstanding['total'] ?? 0));
    expect(body.byLead.reduce((sum, { assigned }) => sum + assigned, 0)).toBe(body.assigned);
    const all = (await clerk.get<Page<Directive>>('/directives?limit=200')).body.items;
    for (const filter of ['overdue', 'near-due', 'within', 'no-deadline', 'on-time', 'late']) {
      const found = await clerk.get<Page<Directive>>(`/directives?limit=200&lateness=${filter}`);
      const derived = all.filter(
        ({ lateness: { time, completion } }) =>
          time === filter || (completion === filter && filter !== 'no-deadline'),
      );
      expect([filter, found.body.items.map(({ id }) => id)]).toEqual([filter, derived.map(({ id }) => id)]);
    }
    const own = await (await office.as('ca-cv')).get<{ assigned: number }>('/totals');
    expect(own.body.assigned).toBe(0);
  });

  it('has its course told: what was closed this month, and what is late however long ago it was given', async () => {
    interface Course {
      readonly trend: readonly Record<'assigned' | 'onTime' | 'late' | 'noDeadline', number>[];
      readonly ageing: readonly { readonly count: number }[];
    }
    const totals = await clerk.get<Record<'completed' | 'outstanding', Record<string, number>>>('/totals');
    const months = async () => (await clerk.get<Course>('/totals/course?by=month')).body;
    const late = (course: Course) => course.ageing.reduce((sum, { count }) => sum + count, 0);
    const { trend, ...then } = await months();
    const { completed, outstanding } = totals.body;
    expect(late({ trend, ...then })).toBe(outstanding['overdue']);
    const closed = {
      onTime: completed['onTime'],
      late: completed['late'],
      noDeadline: completed['noDeadline'],
    };
    expect(trend.at(-1)).toMatchObject(closed);
    const shift = (sign: '+' | '-') =>
      office.asWorker(
        `update dondoc.directive set assigned_at = assigned_at ${sign} interval '3 years',
           closed_at = closed_at ${sign} interval '3 years'`,
      );
    await shift('-');
    const older = await months();
    expect(late(older)).toBe(outstanding['overdue']);
    expect(older.trend.every(({ assigned, onTime }) => assigned === 0 && onTime === 0)).toBe(true);
    await shift('+');
  });

  it('is found by state, lead and words', async () => {
    const find = async (query: string) =>
      (await clerk.get<Page<Directive>>(`/directives?limit=200&${query}`)).body.items;
    expect((await find('state=closed')).every(({ state }) => state === 'closed')).toBe(true);
    const lead = office.agency('quan-su');
    expect((await find(`lead=${lead}`)).map((one) => one.lead.id)).toEqual([lead]);
    expect((await find(`q=${encodeURIComponent('vùng sạt')}`)).length).toBeGreaterThan(5);
    expect(await find(`q=${encodeURIComponent('100%')}`)).toEqual([]);
    expect((await clerk.get('/directives?state=lost')).status).toBe(422);
    expect((await clerk.get('/directives?q=%00')).status).toBe(422);
  });
});
