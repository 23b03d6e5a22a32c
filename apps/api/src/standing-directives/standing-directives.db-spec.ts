import { type Someone, TestOffice } from '../testing/test-office';

interface Standing {
  readonly id: string;
  readonly endedAt: string | null;
}

interface Obligation {
  readonly id: string;
  readonly state: string;
  readonly standing: { readonly id: string };
  readonly late: boolean;
  readonly dueAt: string;
  readonly period: { readonly first: string };
}

interface Page<T> {
  readonly items: readonly T[];
}

describe('a standing directive', () => {
  let office: TestOffice;
  let clerk: Someone;
  let staff: Someone;
  let id: string;

  beforeAll(async () => {
    office = await TestOffice.open();
    clerk = await office.as('vanthu');
    staff = await office.as('kt-cv');
  });

  afterAll(() => office.end());

  const give = (who: Someone, more: object = {}) =>
    who.post<Standing>('/standing-directives', {
      text: 'Thường xuyên kiểm tra vệ sinh tại chợ.',
      lead: [office.agency('kinh-te')],
      assigningLeader: office.person('pct-kinhte'),
      trackingOfficer: office.person('vanthu'),
      reports: ['monthly'],
      ...more,
    });
  const obligations = async (who: Someone): Promise<readonly Obligation[]> =>
    (await who.get<Page<Obligation>>('/reporting-obligations')).body.items;
  const result = { number: '5/BC-KT', date: '2026-11-02', summary: 'Báo cáo tháng' };

  it('is given by the Office or a leader, with reports that the rules know', async () => {
    expect((await give(staff)).status).toBe(403);
    expect(await give(clerk, { reports: ['hourly'] })).toMatchObject({
      status: 422,
      body: { code: 'unknown-report', errors: [{ field: 'reports[0]' }] },
    });
    const given = await give(clerk);
    expect(given).toMatchObject({ status: 201, body: { endedAt: null, reports: ['monthly'] } });
    ({ id } = given.body);
    expect((await (await office.as('tyt-cv')).get(`/standing-directives/${id}`)).status).toBe(404);
  });

  it('comes of a draft as well: a duty without a day, with the words that it stands on', async () => {
    const source = { kind: 'oral', givenBy: office.person('chutich'), givenOn: '2026-10-30' };
    const duty = { text: 'Thường xuyên kiểm tra đê.', lead: [office.agency('cong-an')], kind: 'standing' };
    const task = { ...duty, deadline: { phrase: null, date: '2026-11-20' } };
    const draft = async (...items: object[]) =>
      (await clerk.post<{ id: string }>('/drafts', { source, items })).body.id;
    const confirm = async (at: string) =>
      clerk.post<{ directives: object[]; standing: { id: string; item: string }[] }>(`/drafts/${at}/confirm`);
    const refused = await confirm(await draft(task, { ...duty, reports: ['hourly'] }));
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'unknown-report', field: 'items[1].reports[0]' }] },
    });
    const { body } = await confirm(await draft(duty, task));
    expect(body).toMatchObject({ directives: [{ item: '2' }], standing: [{ item: '1' }] });
    const given = await clerk.get(`/standing-directives/${body.standing[0]?.id ?? ''}`);
    expect(given.body).toMatchObject({
      text: duty.text,
      reports: ['monthly'],
      source: { sectionRef: null, document: null },
    });
    await (
      await office.as('chutich')
    ).post(`/standing-directives/${body.standing[0]?.id ?? ''}/end`, {
      reason: 'Chỉ để thử',
    });
  });

  it('asks for the report of each period by a timer, and the lead reports', async () => {
    await office.goTo('2026-11-02T01:30:00Z');
    const [first] = await obligations(staff);
    expect(first).toMatchObject({ state: 'awaited', late: false, dueAt: '2026-11-25T10:00:00.000Z' });
    expect(await obligations(await office.as('tyt-cv'))).toEqual([]);
    const path = `/reporting-obligations/${first?.id ?? ''}`;
    expect((await clerk.post(`${path}/report`, { result })).status).toBe(403);
    expect((await staff.post(`${path}/accept`)).status).toBe(403);
    const reported = await staff.post<Obligation>(`${path}/report`, { result });
    expect(reported.body).toMatchObject({ state: 'reported', result: { number: '5/BC-KT' } });
    const back = await clerk.post<Obligation>(`${path}/send-back`, { reason: 'Thiếu số liệu.' });
    expect(back.body).toMatchObject({ state: 'awaited', note: 'Thiếu số liệu.', result: null });
    await staff.post(`${path}/report`, { result });
    expect((await clerk.post<Obligation>(`${path}/accept`)).body).toMatchObject({ state: 'accepted' });
    expect(await clerk.post(`${path}/send-back`, { reason: 'x' })).toMatchObject({ status: 409 });
  });

  it('keeps with the report to whom its reminder went, where nobody holds the role', async () => {
    const given = await give(clerk, { lead: [office.agency('quan-su')] });
    await office.goTo('2026-11-02T02:30:00Z');
    const noted = await office.rows<{ note: { standIns: { person: string; vi: string; en: string }[] } }>(
      `select (h.entry::json -> 'event') as note from workflow.history h
       join dondoc.reporting_obligation b on b.organization_id = h.organization_id and b.id = h.instance_id
       where b.standing_directive_id = '${given.body.id}' and h.entry::json -> 'event' ->> 'type' = 'stood-in'`,
    );
    expect(noted).toMatchObject([{ note: { subject: 'obligation-opened', article: 'Mục 7.2' } }]);
    const reason = 'Chưa có ai giữ vai trò chuyên viên cơ quan chủ trì';
    expect(noted[0]?.note.standIns.map(({ person, vi }) => [person, vi]).sort()).toEqual(
      ['qs-truong', 'quantri'].map((login) => [office.person(login), reason]).sort(),
    );
    await (
      await office.as('pct-kinhte')
    ).post(`/standing-directives/${given.body.id}/end`, { reason: 'Chỉ để thử' });
  });

  it('goes on with the next period, tells who is late, and ends with what is still awaited', async () => {
    await office.goTo('2026-12-28T01:30:00Z');
    const [second, ...more] = await obligations(staff);
    expect(more).toHaveLength(1);
    expect(second).toMatchObject({ state: 'awaited', late: true, period: { first: '2026-12-01' } });
    interface Said {
      readonly vi: string;
    }
    const path = `/standing-directives/${second?.standing.id ?? ''}/explain`;
    const explained = await staff.get<Record<'summary' | 'past' | 'next', Said[]>>(path);
    const said = (part: 'summary' | 'past' | 'next') => explained.body[part].map(({ vi }) => vi).join(' ');
    expect(said('summary')).toMatch(
      /Báo cáo tháng 12\/2026 có hạn là 17 giờ, thứ Sáu 25\/12\/2026; chưa gửi, đã quá hạn/,
    );
    expect(said('summary')).toContain('Đã chấp nhận 1 kỳ báo cáo, đúng hạn.');
    expect(said('past')).toMatch(/trả lại báo cáo tháng 11\/2026 \(Thiếu số liệu\)\./);
    expect(said('past')).toMatch(/quá hạn báo cáo tháng 12\/2026; đã báo .+, theo Mục 7\.2\./);
    expect(said('next')).toContain('bắt đầu kỳ tiếp theo của báo cáo tháng, theo Mục 7.2.');
    expect((await (await office.as('tyt-cv')).get(path)).status).toBe(404);
    const inbox = await (await office.as('kt-truong')).get<Page<{ subject: string; note: string }>>('/inbox');
    expect(inbox.body.items).toContainEqual(
      expect.objectContaining({
        subject: 'obligation-late',
        note: expect.stringContaining('tháng 12/2026') as string,
      }),
    );
    expect((await clerk.post(`/standing-directives/${id}/end`, { reason: 'x' })).status).toBe(403);
    const leader = await office.as('pct-kinhte');
    const ended = await leader.post<Standing>(`/standing-directives/${id}/end`, {
      reason: 'Chợ đã đóng cửa.',
    });
    expect(ended.body).toMatchObject({
      endReason: 'Chợ đã đóng cửa.',
      endedAt: expect.any(String) as string,
    });
    expect((await obligations(staff))[0]).toMatchObject({ state: 'withdrawn', late: false });
    await office.goTo('2027-02-01T03:00:00Z');
    expect(await obligations(staff)).toHaveLength(2);
  });
});
