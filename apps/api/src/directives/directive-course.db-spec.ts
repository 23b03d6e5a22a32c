import { rulesWithHeadApproval } from '../testing/rules-documents';
import { type Someone, TestOffice } from '../testing/test-office';

interface Directive {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly deadline: { readonly date: string; readonly originalAt: string } | null;
  readonly assignedPerson: { readonly id: string } | null;
  readonly extensions: number;
  readonly suspension: { readonly proposedDeadlineAt: string | null } | null;
  readonly parent: { readonly id: string } | null;
  readonly openChildren: number;
  readonly replacedBy: { readonly id: string } | null;
  readonly related: readonly { readonly id: string; readonly relation: string; readonly state: string }[];
  readonly results: readonly { readonly dateFlagged: boolean }[];
  readonly allowed: readonly string[];
}

interface Request {
  readonly id: string;
  readonly state: string;
  readonly recipients: readonly { readonly id: string }[];
  readonly grantedAt: string | null;
}

describe('what changes the course of a directive', () => {
  let office: TestOffice;
  let clerk: Someone;
  let staff: Someone;
  let head: Someone;
  let leader: Someone;

  beforeAll(async () => {
    office = await TestOffice.open();
    [clerk, staff, head, leader] = (await Promise.all(
      ['vanthu', 'kt-cv', 'kt-truong', 'pct-kinhte'].map((login) => office.as(login)),
    )) as [Someone, Someone, Someone, Someone];
  });

  afterAll(() => office.end());

  async function assign(date: string): Promise<string> {
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-02' };
    const deadline = { phrase: null, date };
    const items = [{ text: 'Nạo vét kênh mương', lead: [office.agency('kinh-te')], deadline }];
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    const confirmed = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${draft.body.id}/confirm`);
    return confirmed.body.directives[0]?.id ?? '';
  }

  const see = async (id: string): Promise<Directive> =>
    (await clerk.get<Directive>(`/directives/${id}`)).body;
  const result = { number: '31/BC-PKT', date: '2026-11-02', summary: 'Kết quả' };

  it('is named to a person by the head of its lead, and to nobody from elsewhere', async () => {
    const id = await assign('2026-11-20');
    expect(
      await staff.post(`/directives/${id}/assign-person`, { person: office.person('kt-cv') }),
    ).toMatchObject({
      status: 403,
      body: { code: 'not-permitted' },
    });
    expect(
      await head.post(`/directives/${id}/assign-person`, { person: office.person('ca-cv') }),
    ).toMatchObject({
      body: { code: 'not-of-lead', errors: [{ field: 'person' }] },
    });
    const named = await head.post<Directive>(`/directives/${id}/assign-person`, {
      person: office.person('kt-cv'),
    });
    expect(named).toMatchObject({ status: 200, body: { assignedPerson: { id: office.person('kt-cv') } } });
  });

  it('gets more time on request, from whom the rules name, and only so often', async () => {
    const id = await assign('2026-11-20');
    const path = `/directives/${id}/request-extension`;
    const asked = { deadline: { date: '2026-11-30' }, reason: 'Chờ số liệu' };
    expect(await clerk.post(path, asked)).toMatchObject({ status: 403 });
    expect(await staff.post(path, { ...asked, deadline: { date: '2026-11-10' } })).toMatchObject({
      body: { code: 'not-later', errors: [{ field: 'deadline.date' }] },
    });
    const request = await staff.post<Request>(path, asked);
    expect(request.body).toMatchObject({
      state: 'requested',
      recipients: [{ id: office.person('pct-kinhte') }],
    });
    expect(await staff.post(path, asked)).toMatchObject({ body: { code: 'extension-pending' } });
    const decide = `/extension-requests/${request.body.id}/decide`;
    expect(await (await office.as('vhxh-truong')).post(decide, { granted: true })).toMatchObject({
      status: 404,
    });
    expect(await clerk.post(decide, { granted: true })).toMatchObject({ status: 403 });
    expect(await leader.post(decide, { granted: false })).toMatchObject({ body: { code: 'missing-text' } });
    const mine = await leader.get<{ items: Request[] }>('/extension-requests');
    expect(mine.body.items.map((one) => one.id)).toEqual([request.body.id]);
    const stale = await leader.post(decide, { granted: true }, { ifMatch: '"99"' });
    expect(stale.status).toBe(412);
    const granted = await leader.post<Request>(decide, { granted: true, deadline: { date: '2026-11-27' } });
    expect(granted.body).toMatchObject({ state: 'granted', grantedAt: '2026-11-27T10:00:00.000Z' });
    expect(await see(id)).toMatchObject({
      extensions: 1,
      deadline: { date: '2026-11-27', originalAt: '2026-11-20T10:00:00.000Z' },
    });
    expect(await staff.post(path, { ...asked, deadline: { date: '2026-12-10' } })).toMatchObject({
      body: { code: 'extended-too-often' },
    });
  });

  it('stands still, and goes on with the working time that was left when its leader says so', async () => {
    const id = await assign('2026-11-06');
    expect((await clerk.post(`/directives/${id}/suspend`, { reason: 'Mưa' })).status).toBe(403);
    const stopped = await leader.post<Directive>(`/directives/${id}/suspend`, { reason: 'Mưa' });
    expect(stopped.body).toMatchObject({ state: 'suspended', suspension: { proposedDeadlineAt: null } });
    expect((await staff.post(`/directives/${id}/report`, { result })).status).toBe(409);
    const proposed = await clerk.post<Directive>(`/directives/${id}/propose-resumption`, {});
    expect(proposed.body.suspension).toMatchObject({ proposedDeadlineAt: '2026-11-06T10:00:00.000Z' });
    expect((await clerk.post(`/directives/${id}/resume`, {})).status).toBe(403);
    const on = await leader.post<Directive>(`/directives/${id}/resume`, { deadline: { date: '2026-11-12' } });
    expect(on.body).toMatchObject({ state: 'assigned', suspension: null, deadline: { date: '2026-11-12' } });
  });

  it('is handed on below its lead, waits for what it was handed on as, and takes it along', async () => {
    const id = await assign('2026-11-20');
    const part = (agency: string, date: string) => ({ lead: [office.agency(agency)], deadline: { date } });
    const handOn = (...parts: object[]) => head.post<Directive>(`/directives/${id}/hand-on`, { parts });
    for (const date of ['2026-11-20', '2026-11-23'])
      expect(await handOn(part('khuyen-nong', '2026-11-10'), part('thuy-loi', date))).toMatchObject({
        body: { code: 'due-after-parent', errors: [{ field: 'parts[1].deadline.date' }] },
      });
    expect(await handOn(part('cong-an', '2026-11-10'))).toMatchObject({ body: { code: 'not-subordinate' } });
    expect((await see(id)).related).toEqual([]);
    const handed = await handOn(part('khuyen-nong', '2026-11-10'), part('thuy-loi', '2026-11-19'));
    expect(handed.body.openChildren).toBe(2);
    const [first, second] = handed.body.related;
    expect((await see(first?.id ?? '')).parent).toMatchObject({ id });
    await staff.post(`/directives/${id}/report`, { result: { ...result, date: '2026-10-20' } });
    expect((await see(id)).results).toMatchObject([{ dateFlagged: true }]);
    expect(await clerk.post(`/directives/${id}/verify`)).toMatchObject({ body: { code: 'open-children' } });
    const below = await office.as('kn-truong');
    await below.post(`/directives/${first?.id ?? ''}/report`, { result });
    expect(await below.post(`/directives/${first?.id ?? ''}/verify`)).toMatchObject({ status: 403 });
    expect((await head.post(`/directives/${first?.id ?? ''}/verify`)).status).toBe(200);
    expect((await see(id)).openChildren).toBe(1);
    await leader.post(`/directives/${id}/cancel`, { reason: 'Thôi' });
    expect((await see(second?.id ?? '')).state).toBe('cancelled');
    expect((await see(first?.id ?? '')).state).toBe('closed');
  });

  it('is replaced by a later one, and both know it', async () => {
    const [id, later] = [await assign('2026-11-20'), await assign('2026-11-25')];
    const replace = (successor: string) =>
      leader.post<Directive>(`/directives/${id}/replace`, { successor, reason: 'Nội dung mới' });
    expect(await replace(id)).toMatchObject({ body: { code: 'same-directive' } });
    expect((await replace(later)).body).toMatchObject({ state: 'replaced', replacedBy: { id: later } });
    expect((await see(later)).related).toMatchObject([{ id, relation: 'replaced', state: 'replaced' }]);
    const history = await clerk.get<{ items: { event: string }[] }>(`/directives/${later}/history`);
    expect(history.body.items.map(({ event }) => event)).toEqual(['assigned', 'replaces']);
  });

  it('refuses a transfer while its lead exists, and rules that are not there or the same', async () => {
    const id = await assign('2026-11-20');
    expect(await clerk.post(`/directives/${id}/transfer`)).toMatchObject({ body: { code: 'lead-in-force' } });
    const move = (body: object) => clerk.post(`/directives/${id}/move-rules`, body);
    expect(await move({ version: 99, reason: 'mới' })).toMatchObject({ body: { code: 'unknown-rules' } });
    expect(await move({ reason: 'mới' })).toMatchObject({ body: { code: 'same-rules' } });
  });

  it('keeps a draft of its report within the agency until the head lets it leave', async () => {
    const administrator = await office.as('quantri');
    const older = await assign('2026-11-20');
    await leader.post(`/directives/${older}/suspend`, { reason: 'Mưa' });
    expect(
      await administrator.post('/working-rules', {
        document: rulesWithHeadApproval('2026-11-02'),
        note: 'Quyết định số 5',
      }),
    ).toMatchObject({ status: 201 });
    // It keeps its version until somebody moves it on purpose, also while it stands still.
    expect(await see(older)).toMatchObject({ rules: 'default@1', state: 'suspended' });
    const moved = await clerk.post<Directive>(`/directives/${older}/move-rules`, {
      reason: 'Quyết định số 5',
    });
    expect(moved).toMatchObject({ status: 200, body: { rules: 'default@2', state: 'suspended' } });
    expect((await leader.post<Directive>(`/directives/${older}/resume`, {})).body.state).toBe('assigned');
    expect(await staff.post(`/directives/${older}/report`, { result })).toMatchObject({
      body: { state: 'awaiting-head' },
    });
    const id = await assign('2026-11-20');
    const report = (number: string) =>
      staff.post(`/directives/${id}/report`, { result: { ...result, number } });
    const told = async (who: Someone) => {
      const { body } = await who.get<{ items: { event: string; details: object }[] }>(
        `/directives/${id}/history`,
      );
      return body.items.filter(({ event }) => event.endsWith('report')).map(({ details }) => details);
    };
    const explained = async (who: Someone) =>
      JSON.stringify((await who.get(`/directives/${id}/explain`)).body);

    expect(await report('31/BC-PKT')).toMatchObject({ status: 200, body: { state: 'awaiting-head' } });
    expect(await told(clerk)).toEqual([{}]);
    expect(await told(staff)).toMatchObject([{ result: { number: '31/BC-PKT' } }]);
    const reason = 'Thiếu biên bản nghiệm thu';
    expect(await head.post(`/directives/${id}/return-report`, { reason })).toMatchObject({ status: 200 });
    expect(await told(clerk)).toEqual([{}, {}]);
    expect(await told(head)).toMatchObject([{ result: {} }, { reason }]);
    for (const words of [reason, '31/BC-PKT']) expect(await explained(clerk)).not.toContain(words);

    expect(await report('32/BC-PKT')).toMatchObject({ body: { state: 'awaiting-head', results: [] } });
    expect(await clerk.post(`/directives/${id}/approve-report`)).toMatchObject({ status: 403 });
    expect(await head.post(`/directives/${id}/approve-report`)).toMatchObject({
      body: { state: 'reported', results: [{ number: '32/BC-PKT' }] },
    });
    expect(await told(clerk)).toMatchObject([{}, {}, { result: { number: '32/BC-PKT' } }, {}]);
    expect((await told(clerk))[0]).toEqual({});

    // Another agency that leads from now on was never meant to read what this one wrote to its head.
    await clerk.post(`/directives/${id}/send-back`, { reason: 'Chưa đủ' });
    await report('33/BC-PKT');
    const later = { lead: [office.agency('van-hoa-xa-hoi')], reason: 'Đúng chức năng hơn' };
    expect((await clerk.post(`/directives/${id}/reassign`, later)).status).toBe(200);
    const successor = await office.as('vhxh-truong');
    const shown = JSON.stringify(await told(successor));
    expect(shown).toContain('32/BC-PKT');
    for (const words of ['31/BC-PKT', '33/BC-PKT', reason]) expect(shown).not.toContain(words);
  });
});
