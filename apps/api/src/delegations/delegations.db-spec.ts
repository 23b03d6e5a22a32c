import { type Someone, TestOffice } from '../testing/test-office';

interface Delegation {
  readonly id: string;
  readonly state: string;
  readonly from: { readonly id: string };
  readonly endedAt: string | null;
}

interface Page<T> {
  readonly items: readonly T[];
}

interface Escalation {
  readonly id: string;
  readonly decidedBy: string | null;
  readonly decidedFor: string | null;
}

describe('delegating', () => {
  let office: TestOffice;
  let leader: Someone;
  let stand: Someone;

  beforeAll(async () => {
    office = await TestOffice.open();
    leader = await office.as('pct-kinhte');
    stand = await office.as('pct-vanxa');
  });

  afterAll(() => office.end());

  const give = (who: Someone, more: object = {}) =>
    who.post<Delegation>('/delegations', {
      to: office.person('pct-vanxa'),
      start: '2026-11-05',
      end: '2026-11-13',
      reason: 'Đi công tác',
      ...more,
    });

  it('is for oneself, or for the administrator', async () => {
    expect(await give(await office.as('vanthu'), { from: office.person('pct-kinhte') })).toMatchObject({
      status: 403,
      body: { code: 'not-permitted' },
    });
    expect(await give(await office.as('vanthu'))).toMatchObject({
      status: 422,
      body: { code: 'nothing-to-delegate', errors: [{ field: 'from' }] },
    });
    expect(await give(leader, { to: office.person('pct-kinhte') })).toMatchObject({
      status: 422,
      body: { code: 'delegation-to-oneself' },
    });
    const byOther = await give(await office.as('quantri'), { from: office.person('pct-kinhte') });
    expect(byOther).toMatchObject({ status: 201, body: { state: 'given' } });
    expect(await give(leader)).toMatchObject({ status: 422, body: { code: 'delegation-overlaps' } });
  });

  it('is not made twice at the same moment, nor into a chain', async () => {
    const [one, two] = await Promise.all([
      give(await office.as('kt-truong'), {
        to: office.person('kt-cv'),
        start: '2026-12-01',
        end: '2026-12-03',
      }),
      give(await office.as('vhxh-truong'), {
        to: office.person('kt-truong'),
        start: '2026-12-02',
        end: '2026-12-02',
      }),
    ]);
    expect([one.status, two.status].sort()).toEqual([201, 422]);
  });

  it('sends what is theirs to the delegate on its days, who decides in their place', async () => {
    const clerk = await office.as('vanthu');
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-02' };
    const deadline = { phrase: null, date: '2026-11-04' };
    const items = ['Kiểm tra cống', 'Sửa đường'].map((text) => ({
      text,
      lead: [office.agency('kinh-te')],
      deadline,
      urgency: 'urgent',
    }));
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    await clerk.post(`/drafts/${draft.body.id}/confirm`);
    await office.goTo('2026-11-05T01:00:00Z');

    const inbox =
      await stand.get<Page<{ subject: string; reason: { vi: string } | null }>>('/inbox?limit=200');
    const raised = inbox.body.items.filter(({ subject }) => subject === 'escalation-raised');
    expect(raised).toHaveLength(2);
    expect(raised[0]?.reason?.vi).toContain('ủy quyền');
    expect(inbox.body.items.filter(({ subject }) => subject.startsWith('delegation-')).length).toBe(2);

    const [first, second] = (await stand.get<Page<Escalation>>('/escalations')).body.items;
    const decided = await stand.post<Escalation>(`/escalations/${first?.id ?? ''}/decide`, {
      decision: 'close',
    });
    expect(decided.body).toMatchObject({
      decidedBy: office.person('pct-vanxa'),
      decidedFor: office.person('pct-kinhte'),
    });
    const [entry] = await office.rows<{ entry: string }>(
      `select entry from workflow.history where instance_id = '${first?.id ?? ''}' order by revision desc limit 1`,
    );
    expect(JSON.parse(entry?.entry ?? '{}')).toMatchObject({
      actor: { id: office.person('pct-vanxa'), onBehalfOf: office.person('pct-kinhte') },
    });

    // Back early: the delegate has lost the place at once, and the leader finds what is still open.
    const [mine] = (await leader.get<Page<Delegation>>('/delegations')).body.items.filter(
      ({ from }) => from.id === office.person('pct-kinhte'),
    );
    expect(await clerk.post(`/delegations/${mine?.id ?? ''}/end`, {})).toMatchObject({ status: 403 });
    const ended = await leader.post<Delegation>(`/delegations/${mine?.id ?? ''}/end`, { reason: 'Về sớm' });
    expect(ended.body).toMatchObject({ state: 'over', endedAt: expect.any(String) as string });
    const path = `/escalations/${second?.id ?? ''}/decide`;
    expect(await stand.post(path, { decision: 'close' })).toMatchObject({ status: 403 });
    expect(await leader.post(path, { decision: 'close' })).toMatchObject({
      status: 200,
      body: { decidedBy: office.person('pct-kinhte'), decidedFor: null },
    });
    expect(await leader.post(`/delegations/${mine?.id ?? ''}/end`, {})).toMatchObject({
      status: 409,
      body: { code: 'delegation-over' },
    });
  });

  it('never lets the lead agency decide on itself in a leader’s place', async () => {
    const clerk = await office.as('vanthu');
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-05' };
    const item = {
      text: 'Thu gom rác',
      lead: [office.agency('kinh-te')],
      deadline: { phrase: null, date: '2026-11-05' },
      urgency: 'urgent',
    };
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items: [item] });
    await clerk.post(`/drafts/${draft.body.id}/confirm`);
    await office.goTo('2026-11-06T01:00:00Z');
    const dates = { start: '2026-11-06', end: '2026-11-06' };
    expect(await give(leader, { to: office.person('kt-truong'), ...dates })).toMatchObject({
      status: 201,
      body: { state: 'in-force' },
    });
    const head = await office.as('kt-truong');
    const [mine] = (await head.get<Page<Escalation>>('/escalations?state=raised')).body.items;
    expect(await head.post(`/escalations/${mine?.id ?? ''}/decide`, { decision: 'close' })).toMatchObject({
      body: { code: 'decides-on-oneself' },
    });
  });

  it('can be ended also where it was entered with the directory', async () => {
    const [entered] = (await leader.get<Page<Delegation>>('/delegations')).body.items.filter(
      ({ from }) => from.id === office.person('chutich'),
    );
    const chair = await office.as('chutich');
    const ended = await chair.post<Delegation>(`/delegations/${entered?.id ?? ''}/end`, {});
    expect(ended.body).toMatchObject({ state: 'over' });
    expect((await chair.get(`/delegations/${entered?.id ?? ''}`)).body).toMatchObject({ state: 'over' });
  });
});
