import { type Someone, TestOffice } from '../testing/test-office';

interface Consultation {
  readonly id: string;
  readonly state: string;
  readonly late: boolean;
  readonly round: string;
  readonly agency: { readonly id: string };
  readonly allowed: readonly string[];
}

interface Page<T> {
  readonly items: readonly T[];
}

interface Totals {
  readonly agency: { readonly name: string };
  readonly asked: number;
}

describe('opinions that the lead asks for', () => {
  let office: TestOffice;
  let clerk: Someone;
  let lead: Someone;
  let asked: Someone;
  let path: string;

  beforeAll(async () => {
    office = await TestOffice.open();
    clerk = await office.as('vanthu');
    lead = await office.as('kt-cv');
    asked = await office.as('tyt-cv');
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-02' };
    const coordinating = ['tram-y-te', 'cong-an', 'van-hoa-xa-hoi'].map((key) => office.agency(key));
    const items = [{ text: 'Rà soát hộ nghèo', lead: [office.agency('kinh-te')], coordinating }];
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    const confirmed = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${draft.body.id}/confirm`);
    path = `/directives/${confirmed.body.directives[0]?.id ?? ''}/consultations`;
  });

  afterAll(() => office.end());

  const question = 'Đề nghị cho ý kiến về dự thảo.';
  const ask = (...keys: string[]) =>
    lead.post<Page<Consultation>>(path, { agencies: keys.map((key) => office.agency(key)), question });
  const of = async (who: Someone): Promise<readonly Consultation[]> =>
    (await who.get<Page<Consultation>>('/consultations')).body.items;

  it('are asked by the lead alone, of coordinating agencies alone', async () => {
    const agencies = [office.agency('tram-y-te')];
    expect(await asked.post(path, { agencies, question })).toMatchObject({ status: 403 });
    expect(await clerk.post(path, { agencies, question })).toMatchObject({ status: 403 });
    expect(await ask('tram-y-te', 'quan-su')).toMatchObject({
      status: 422,
      body: { code: 'not-coordinating', errors: [{ field: 'agencies[1]' }] },
    });
    expect(await of(clerk)).toEqual([]);
  });

  it('are seen by the agency that is asked, by the lead and by the Office, and by nobody else', async () => {
    const { status, body } = await ask('tram-y-te', 'cong-an', 'van-hoa-xa-hoi');
    expect(status).toBe(201);
    expect(new Set(body.items.map(({ round }) => round)).size).toBe(1);
    expect((await of(lead)).length).toBe(3);
    expect((await of(clerk)).length).toBe(3);
    const [mine, ...more] = await of(asked);
    expect(more).toEqual([]);
    expect(mine?.agency.id).toBe(office.agency('tram-y-te'));
    const others = body.items.find(({ agency }) => agency.id === office.agency('cong-an'));
    expect((await asked.get(`/consultations/${others?.id ?? ''}`)).status).toBe(404);
    expect(await asked.post(`/consultations/${others?.id ?? ''}/reply`, { position: 'agree' })).toMatchObject(
      {
        status: 404,
      },
    );
    await office.deliver();
    const inbox = await asked.get<Page<{ subject: string; note: string }>>('/inbox');
    expect(inbox.body.items).toContainEqual(
      expect.objectContaining({ subject: 'consultation-asked', note: question }),
    );
  });

  it('are given in time, or silence is consent and the agency’s own lateness', async () => {
    const [mine] = await of(asked);
    const one = `/consultations/${mine?.id ?? ''}`;
    expect((await asked.get<Consultation>(one)).body.allowed).toEqual(['reply']);
    expect((await lead.get<Consultation>(one)).body.allowed).toEqual(['withdraw']);
    expect(await lead.post(`${one}/reply`, { position: 'agree' })).toMatchObject({ status: 403 });
    expect(await asked.post(`${one}/reply`, { position: 'disagree' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'opinion' }] },
    });
    const replied = await asked.post<Consultation>(`${one}/reply`, {
      position: 'disagree',
      opinion: 'Sót hai hộ.',
    });
    expect(replied.body).toMatchObject({ state: 'answered', late: false, position: 'disagree', allowed: [] });

    const security = (await of(lead)).find(({ agency }) => agency.id === office.agency('cong-an'));
    const withdrawn = await lead.post<Consultation>(`/consultations/${security?.id ?? ''}/withdraw`, {
      reason: 'Đã trao đổi tại cuộc họp.',
    });
    expect(withdrawn.body.state).toBe('withdrawn');

    await office.goTo('2026-11-06T01:00:00Z');
    const culture = (await of(lead)).find(({ agency }) => agency.id === office.agency('van-hoa-xa-hoi'));
    expect(culture).toMatchObject({ state: 'deemed-consent', late: true });
    expect(
      await (
        await office.as('vhxh-cv')
      ).post(`/consultations/${culture?.id ?? ''}/reply`, { position: 'agree' }),
    ).toMatchObject({ status: 409 });
  });

  it('are no longer needed once the lead has reported, and then nobody is late', async () => {
    const [last] = (await ask('tram-y-te')).body.items;
    const result = { number: '7/BC-KT', date: '2026-11-06', summary: 'Kết quả rà soát' };
    await lead.post(path.replace('consultations', 'report'), { result });
    expect((await asked.get<Consultation>(`/consultations/${last?.id ?? ''}`)).body).toMatchObject({
      state: 'withdrawn',
      late: false,
    });
    expect(await ask('tram-y-te')).toMatchObject({ body: { code: 'directive-over' } });
  });

  it('count for the agencies that were asked, apart from the lead', async () => {
    const totals = await clerk.get<Page<Totals>>('/consultations/totals?from=2026-11-01&to=2026-11-30');
    const none = { asked: 1, answeredInTime: 0, answeredLate: 0, deemedConsent: 0, awaited: 0, missing: 0 };
    expect(totals.body.items).toEqual([
      {
        agency: { id: office.agency('van-hoa-xa-hoi'), name: 'Phòng Văn hóa - Xã hội' },
        ...none,
        deemedConsent: 1,
      },
      { agency: { id: office.agency('tram-y-te'), name: 'Trạm Y tế xã' }, ...none, answeredInTime: 1 },
    ]);
    expect((await asked.get<Page<Totals>>('/consultations/totals')).body.items).toHaveLength(1);
    expect((await clerk.get<Page<Totals>>('/consultations/totals?from=2026-12-01')).body.items).toEqual([]);
  });
});
