import { rulesWithHeadApproval } from '../testing/rules-documents';
import { type Someone, TestOffice } from '../testing/test-office';

interface Directive {
  readonly id: string;
  readonly state: string;
  readonly lead: { readonly id: string };
  readonly deadline: { readonly at: string; readonly date: string } | null;
  readonly allowed: readonly string[];
  readonly replacedBy: { readonly id: string } | null;
}

interface Request {
  readonly id: string;
  readonly state: string;
  readonly recipients: readonly { readonly id: string }[];
}

interface Page<T> {
  readonly items: readonly T[];
}

/** Matters that meet each other on their way, one office through all of them. */
describe('long chains', () => {
  let office: TestOffice;
  const people: Record<string, Someone> = {};
  const as = async (login: string): Promise<Someone> => (people[login] ??= await office.as(login));

  beforeAll(async () => {
    office = await TestOffice.open({ undoSeconds: 60 });
  });

  afterAll(() => office.end());

  async function assign(lead: string, date: string, more: object = {}): Promise<string> {
    const clerk = await as('vanthu');
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-02' };
    const deadline = { phrase: null, date };
    const items = [{ text: `Nạo vét kênh ${lead} ${date}`, lead: [office.agency(lead)], deadline, ...more }];
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    const confirmed = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${draft.body.id}/confirm`);
    return confirmed.body.directives[0]?.id ?? '';
  }
  const see = async (id: string, login = 'vanthu') => (await as(login)).get<Directive>(`/directives/${id}`);
  const act = async (login: string, id: string, what: string, body?: object) =>
    (await as(login)).post<Directive & { code?: string }>(`/directives/${id}/${what}`, body);
  const end = async (agency: string, lastDay: string, successor: string) =>
    (await as('quantri')).post(`/directory/agencies/${office.agency(agency)}/end`, {
      lastDay,
      successor: office.agency(successor),
    });
  const result = { number: '31/BC', date: '2026-11-02', summary: 'Kết quả' };

  it('follow a lead to the successor of its successor, with a request for more time on the way', async () => {
    const id = await assign('tram-y-te', '2026-11-30');
    const asked = { deadline: { date: '2026-12-10' }, reason: 'Chờ số liệu' };
    const request = await (await as('tyt-cv')).post<Request>(`/directives/${id}/request-extension`, asked);
    expect(request.body.state).toBe('requested');
    expect((await end('tram-y-te', '2026-11-02', 'hanh-chinh-cong')).status).toBe(200);
    await office.goTo('2026-11-03T01:00:00Z');
    expect((await see(id, 'tthc-cv')).status).toBe(200);
    expect((await see(id, 'tyt-cv')).status).toBe(403);
    expect((await end('hanh-chinh-cong', '2026-11-03', 'cong-an')).status).toBe(200);
    await office.goTo('2026-11-04T01:00:00Z');
    expect((await see(id, 'tthc-cv')).status).toBe(403);
    const seen = await see(id, 'ca-truong');
    expect(seen.status).toBe(200);
    expect(seen.body.allowed).toEqual(expect.arrayContaining(['accept', 'assign-person', 'report']));
    const list = await (await as('ca-cv')).get<Page<Directive>>('/directives');
    expect(list.body.items.map((one) => one.id)).toContain(id);
    const path = `/extension-requests/${request.body.id}`;
    const withdrawn = await (
      await as('ca-cv')
    ).get<{ extensionRequests: { allowed: string[] }[] }>(`/directives/${id}/matters`);
    expect(withdrawn.body.extensionRequests.map(({ allowed }) => allowed)).toEqual([['withdraw']]);
    const granted = await (await as('pct-kinhte')).post<Request>(`${path}/decide`, { granted: true });
    expect(granted).toMatchObject({ status: 200, body: { state: 'granted' } });
    await office.goTo('2026-11-04T01:02:00Z');
    expect((await see(id)).body.deadline?.date).toBe('2026-12-10');
    expect(await act('vanthu', id, 'transfer')).toMatchObject({
      body: { lead: { id: office.agency('cong-an') } },
    });
    expect((await act('ca-cv', id, 'report', { result })).body.state).toBe('reported');
    expect((await act('vanthu', id, 'verify')).body.state).toBe('closed');
  });

  it('end what stands still when a later directive takes its place', async () => {
    const [id, later] = [await assign('kinh-te', '2026-11-20'), await assign('kinh-te', '2026-12-18')];
    const part = { lead: [office.agency('khuyen-nong')], deadline: { date: '2026-11-12' } };
    expect((await act('kt-truong', id, 'hand-on', { parts: [part] })).status).toBe(200);
    const children = await office.rows<{ id: string }>(
      `select id from dondoc.directive where parent_id = '${id}'`,
    );
    expect((await act('pct-kinhte', id, 'suspend', { reason: 'Mưa' })).body.state).toBe('suspended');
    expect((await see(children[0]?.id ?? '')).body.state).toBe('suspended');
    const replaced = await act('pct-kinhte', id, 'replace', { successor: later, reason: 'Nội dung mới' });
    expect(replaced.body).toMatchObject({ state: 'replaced', replacedBy: { id: later } });
    expect((await see(children[0]?.id ?? '')).body.state).toBe('cancelled');
    for (const [what, body] of [
      ['resume', {}],
      ['cancel', { reason: 'x' }],
    ] as const)
      expect(await act('pct-kinhte', id, what, body)).toMatchObject({ status: 409 });
  });

  it('count over the end of a year what was left of a suspension', async () => {
    const id = await assign('kinh-te', '2027-01-08');
    await office.goTo('2026-12-28T01:00:00Z');
    expect((await act('pct-kinhte', id, 'suspend', { reason: 'Mưa' })).body.state).toBe('suspended');
    await office.goTo('2027-01-11T01:00:00Z');
    const proposed = await act('vanthu', id, 'propose-resumption', {});
    expect(proposed.body).toMatchObject({ suspension: { proposedDeadlineAt: '2027-01-21T10:00:00.000Z' } });
    const on = await act('pct-kinhte', id, 'resume', {});
    // Eight working days were left, without the first of January; they begin on the 12th.
    expect(on.body.deadline?.date).toBe('2027-01-21');
    expect(on.status).toBe(200);
  });

  it('carry a leader’s decision past a report that waits for the head, and never past one that has left', async () => {
    const put = await (
      await as('quantri')
    ).post('/working-rules', { document: rulesWithHeadApproval('2027-01-11'), note: 'Quyết định số 5' });
    expect(put.status).toBe(201);
    const ids = [await assign('kinh-te', '2027-01-13'), await assign('kinh-te', '2027-01-13')];
    for (const id of ids)
      expect((await act('kt-cv', id, 'report', { result })).body.state).toBe('awaiting-head');
    await office.goTo('2027-01-20T01:00:00Z');
    const matters = await (
      await as('pct-kinhte')
    ).get<Page<{ escalations: { id: string; directive: { id: string } }[] }>>('/escalations/matters');
    const raised = matters.body.items.flatMap(({ escalations }) => escalations);
    const of = (id: string) => raised.find(({ directive }) => directive.id === id)?.id ?? '';
    const lead = [office.agency('van-hoa-xa-hoi')];
    for (const id of ids)
      expect(
        await (
          await as('pct-kinhte')
        ).post(`/escalations/${of(id)}/decide`, { decision: 'reassign', lead, note: 'Đúng chức năng hơn' }),
      ).toMatchObject({ status: 200, body: { state: 'decided' } });
    const [left = '', waited = ''] = ids;
    expect((await act('kt-truong', left, 'approve-report')).body.state).toBe('reported');
    await office.goTo('2027-01-20T01:02:00Z');
    await office.deliver();
    expect((await see(left)).body).toMatchObject({
      state: 'reported',
      lead: { id: office.agency('kinh-te') },
    });
    expect((await (await as('pct-kinhte')).get(`/escalations/${of(left)}`)).body).toMatchObject({
      state: 'withdrawn',
    });
    expect((await see(waited)).body).toMatchObject({ state: 'assigned', lead: { id: lead[0] } });
    expect((await act('kt-truong', waited, 'approve-report')).status).toBeGreaterThanOrEqual(403);
    expect((await act('vanthu', left, 'verify')).body.state).toBe('closed');
  });

  it('let no delegate be away', async () => {
    const give = async (from: string, to: string) =>
      (await as('quantri')).post('/delegations', {
        from: office.person(from),
        to: office.person(to),
        start: '2027-01-21',
        end: '2027-01-29',
        reason: null,
      });
    expect((await give('pct-kinhte', 'pct-vanxa')).status).toBe(201);
    expect(await give('pct-vanxa', 'chutich')).toMatchObject({ body: { code: 'delegation-chain' } });
    expect(await give('chutich', 'pct-kinhte')).toMatchObject({ body: { code: 'delegation-chain' } });
    const offices = await office.rows<{ id: string }>(
      `select id from dondoc.office_held where person_id = '${office.person('pct-vanxa')}'`,
    );
    const ended = await (
      await as('quantri')
    ).post(`/directory/offices/${offices[0]?.id ?? ''}/end`, { lastDay: '2027-01-22' });
    expect(ended.status).toBe(200);
    await office.goTo('2027-01-22T01:00:00Z');
    const acting = async () =>
      (await (await as('pct-vanxa')).get<Page<object>>('/extension-requests')).status;
    expect(await acting()).toBe(200);
    await office.goTo('2027-01-25T01:00:00Z');
    expect(await acting()).toBe(403);
    const id = await assign('kinh-te', '2027-02-05');
    await act('kt-cv', id, 'request-extension', { deadline: { date: '2027-02-26' }, reason: 'x' });
    await office.deliver();
    const [told] = await office.rows<{ recipient: string; reason: unknown }>(
      `select recipient_id as recipient, reason from dondoc.inbox_message
       where directive_id = '${id}' and subject = 'extension-requested' and recipient_id <> '${office.person('vanthu')}'`,
    );
    expect(told).toEqual({ recipient: office.person('pct-kinhte'), reason: null });
  });
});
