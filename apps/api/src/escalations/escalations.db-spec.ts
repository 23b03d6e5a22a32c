import { type Someone, TestOffice } from '../testing/test-office';

interface Escalation {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly forgotten: number;
  readonly decideBy: string | null;
  readonly decision: string | null;
  readonly directive: { readonly id: string };
}

interface Explanation {
  readonly id: string;
  readonly state: string;
  readonly late: boolean;
  readonly allowed: readonly string[];
}

interface Page<T> {
  readonly items: readonly T[];
}

interface Matter {
  readonly agency: { readonly name: string };
  readonly escalations: readonly Escalation[];
}

interface Many {
  readonly items: readonly {
    readonly escalation: string;
    readonly decided: Escalation | null;
    readonly refused: { readonly code: string } | null;
  }[];
}

/** The deadline of the directives is 9 November: T+5 comes at the opening of the 16th. */
describe('what is put before a leader', () => {
  let office: TestOffice;
  let leader: Someone;
  let head: Someone;

  beforeAll(async () => {
    office = await TestOffice.open();
    leader = await office.as('pct-kinhte');
    head = await office.as('kt-truong');
    const clerk = await office.as('vanthu');
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-02' };
    const items = ['Rà soát hộ nghèo', 'Kiểm tra cống', 'Thu gom rác'].map((text) => ({
      text,
      lead: [office.agency('kinh-te')],
      deadline: { phrase: null, date: '2026-11-09' },
    }));
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    await clerk.post(`/drafts/${draft.body.id}/confirm`);
    await office.goTo('2026-11-16T01:00:00Z');
  });

  afterAll(() => office.end());

  const matters = async (): Promise<readonly Matter[]> =>
    (await leader.get<Page<Matter>>('/escalations/matters')).body.items;
  const open = async (): Promise<readonly Escalation[]> =>
    (await matters()).flatMap(({ escalations }) => escalations);

  it('is one matter for each agency', async () => {
    expect(await matters()).toMatchObject([
      { agency: { name: 'Phòng Kinh tế' }, escalations: [{ state: 'raised' }, { state: 'raised' }, {}] },
    ]);
    expect((await head.get<Page<Matter>>('/escalations/matters')).body.items).toEqual([]);
    expect((await head.get('/escalations/matters?whose=all')).status).toBe(403);
  });

  it('is decided for all or for none when it is decided together', async () => {
    const escalations = (await open()).map(({ id }) => id);
    const late = { decision: 'extend', note: 'Gia hạn', deadline: { date: '2026-11-10' } };
    expect(await leader.post('/escalations/decide', { escalations, together: true, ...late })).toMatchObject({
      status: 422,
      body: { code: 'not-later', errors: [{ field: 'escalations[0].deadline.date' }] },
    });
    expect((await open()).map(({ state }) => state)).toEqual(['raised', 'raised', 'raised']);
    expect(
      await head.post('/escalations/decide', { escalations, together: false, decision: 'close' }),
    ).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
  });

  it('comes back when it was acknowledged and forgotten', async () => {
    const [first] = await open();
    const path = `/escalations/${first?.id ?? ''}`;
    const acknowledged = await leader.post<Escalation>(`${path}/acknowledge`);
    expect(acknowledged.body).toMatchObject({ state: 'acknowledged', decideBy: '2026-11-20T00:30:00.000Z' });
    await office.goTo('2026-11-20T01:00:00Z');
    expect((await leader.get<Escalation>(path)).body).toMatchObject({
      state: 'raised',
      forgotten: 1,
      decideBy: null,
    });
    const inbox = await leader.get<Page<{ subject: string }>>('/inbox');
    expect(inbox.body.items.filter(({ subject }) => subject === 'escalation-forgotten')).toHaveLength(1);
  });

  it('is decided each for itself, with an answer for each, and each does what it says', async () => {
    const [first, second, third] = await open();
    await leader.post(`/escalations/${second?.id ?? ''}/decide`, { decision: 'close' });
    const escalations = [first?.id, second?.id, third?.id];
    const explain = { decision: 'explain', note: 'Giải trình nguyên nhân.' };
    const { status, body } = await leader.post<Many>('/escalations/decide', {
      escalations,
      together: false,
      ...explain,
    });
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { decided: { state: 'decided', decision: 'explain' }, refused: null },
      { decided: null, refused: { code: 'escalation-over' } },
      { decided: { state: 'decided' }, refused: null },
    ]);
    const demanded = await head.get<Page<Explanation>>('/explanations?state=demanded');
    expect(demanded.body.items).toHaveLength(2);
  });

  it('is explained by the head, and accepted by the leader who demanded it', async () => {
    const [{ id } = { id: '' }] = (await head.get<Page<Explanation>>('/explanations')).body.items;
    const path = `/explanations/${id}`;
    expect((await (await office.as('tyt-truong')).get(path)).status).toBe(404);
    expect(await (await office.as('kt-cv')).post(`${path}/submit`, { text: 'x' })).toMatchObject({
      status: 403,
      body: { code: 'not-permitted' },
    });
    expect((await head.get<Explanation>(path)).body.allowed).toEqual(['submit']);
    expect(await head.post(`${path}/submit`, { text: ' ' })).toMatchObject({ status: 422 });
    const submitted = await head.post<Explanation>(`${path}/submit`, { text: 'Chờ số liệu của thôn.' });
    expect(submitted.body).toMatchObject({ state: 'submitted', late: false });
    expect((await leader.get<Explanation>(path)).body.allowed).toEqual(['accept', 'ask-again', 'withdraw']);
    const again = await leader.post<Explanation>(`${path}/ask-again`, { question: 'Thôn nào?' });
    expect(again.body).toMatchObject({ state: 'demanded', question: 'Thôn nào?', round: 2 });
    await office.goTo('2026-11-30T01:00:00Z');
    expect((await leader.get<Explanation>(path)).body.late).toBe(true);
    const inbox = await leader.get<Page<{ subject: string }>>('/inbox?limit=200');
    expect(inbox.body.items.some(({ subject }) => subject === 'explanation-late')).toBe(true);
    await head.post(`${path}/submit`, { text: 'Thôn Hạ.' });
    expect((await leader.post<Explanation>(`${path}/accept`, {})).body).toMatchObject({ state: 'accepted' });
    expect(await leader.post(`${path}/withdraw`, { reason: 'thôi' })).toMatchObject({ status: 409 });
  });

  it('may be demanded without an escalation, by a leader of the directive', async () => {
    const [directive] = (await head.get<Page<{ id: string }>>('/directives')).body.items;
    const path = `/directives/${directive?.id ?? ''}/explanations`;
    const question = 'Đến đâu rồi?';
    expect((await head.post(path, { question })).status).toBe(403);
    expect(await leader.post(path, { question, deadline: { date: '2026-11-20' } })).toMatchObject({
      status: 422,
      body: { code: 'deadline-not-ahead' },
    });
    expect((await leader.post(path, { question })).status).toBe(201);
  });

  it('waits for the new chair once those before whom it was put have left', async () => {
    const [clerk, administrator, next] = [
      await office.as('vanthu'),
      await office.as('quantri'),
      await office.as('pct-vanxa'),
    ];
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-11-30' };
    const item = {
      text: 'Nạo vét kênh',
      lead: [office.agency('kinh-te')],
      deadline: { phrase: null, date: '2026-12-01' },
    };
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items: [item] });
    const confirmed = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${draft.body.id}/confirm`);
    await office.goTo('2026-12-08T01:00:00Z');
    const directive = confirmed.body.directives[0]?.id;
    const mine = async (who: Someone) =>
      (await who.get<Page<Escalation>>('/escalations?limit=100')).body.items.filter(
        (one) => one.directive.id === directive,
      );
    const [raised] = await mine(leader);
    const decide = (who: Someone) =>
      who.post<Escalation>(`/escalations/${raised?.id ?? ''}/decide`, { decision: 'close' });
    expect(raised).toMatchObject({ state: 'raised' });
    expect(await mine(next)).toEqual([]);
    expect(await decide(next)).toMatchObject({ status: 403 });

    const directory = await administrator.get<{
      people: { id: string; login: string | null; offices: { id: string; role: string }[] }[];
    }>('/directory');
    for (const { login, offices } of directory.body.people)
      if (login === 'chutich' || login === 'pct-kinhte')
        for (const { id } of offices)
          await administrator.post(`/directory/offices/${id}/end`, { lastDay: '2026-12-08' });
    const chair = { role: 'chair', agency: null, from: '2026-12-09', to: null };
    const given = await administrator.post(`/directory/people/${office.person('pct-vanxa')}/offices`, chair);
    expect(given.status).toBe(201);
    await office.goTo('2026-12-09T01:00:00Z');

    expect((await mine(next)).map(({ id }) => id)).toEqual([raised?.id]);
    const decided = await decide(next);
    expect(decided).toMatchObject({
      status: 200,
      body: { state: 'decided', decidedBy: office.person('pct-vanxa') },
    });
    expect(await mine(await office.as('kt-truong'))).toEqual([]);
  });
});
