import { Trouble } from '../../../../test/faults/trouble';
import { openProvince, type ProvinceOffice } from '../testing/province-office';
import { type Someone, TestOffice } from '../testing/test-office';

interface Part {
  readonly id: string;
  readonly state: string;
  readonly overdue: boolean;
  readonly deadlineAt: string | null;
  readonly note: string | null;
  readonly said: {
    readonly state: string;
    readonly at: string;
    readonly receivedAt: string;
    readonly result: { readonly number: string } | null;
  } | null;
}

interface Directive {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly state: string;
  readonly revision: number;
  readonly lead: { readonly name: string };
  readonly deadline: { readonly at: string; readonly date: string } | null;
  readonly openChildren: number;
  readonly allowed: readonly string[];
  readonly elsewhere: readonly Part[];
  readonly receivedFrom: { readonly organization: { readonly id: string; readonly name: string } } | null;
}

describe('what is handed on to another organization', () => {
  const faults = new Trouble();
  let office: TestOffice;
  let province: ProvinceOffice;
  let above: { readonly clerk: Someone; readonly head: Someone; readonly chair: Someone };
  let below: {
    readonly clerk: Someone;
    readonly chair: Someone;
    readonly head: Someone;
    readonly staff: Someone;
  };

  beforeAll(async () => {
    office = await TestOffice.open({}, { faults });
    province = await openProvince(office);
    const [clerk, head, chair] = [
      await province.as('tinh-vanthu'),
      await province.as('tinh-so'),
      await province.as('tinh-chutich'),
    ];
    above = { clerk, head, chair };
    below = {
      clerk: await office.as('vanthu'),
      chair: await office.as('chutich'),
      head: await office.as('kt-truong'),
      staff: await office.as('kt-cv'),
    };
    await office.goTo('2026-11-09T01:00:00Z');
  });

  afterAll(() => office.end());

  const seen = async (who: Someone, id: string) => (await who.get<Directive>(`/directives/${id}`)).body;

  /** Assigned to an agency of the province, due at the end of 20 November. */
  async function confirm(lead: string) {
    const { body: me } = await above.chair.get<{ person: string }>('/auth/me');
    const source = { kind: 'oral', givenBy: me.person, givenOn: '2026-11-09' };
    const items = [
      {
        text: 'Rà soát đê bao',
        lead: [lead],
        deadline: { phrase: null, date: '2026-11-20' },
        assigningLeader: me.person,
      },
    ];
    const draft = await above.clerk.post<{ id: string }>('/drafts', { source, items });
    return above.clerk.post<{ directives?: { id: string }[] }>(`/drafts/${draft.body.id}/confirm`);
  }

  const assign = async (lead = province.agency('so')) => (await confirm(lead)).body.directives?.[0]?.id ?? '';

  const handOn = (id: string, part: object) =>
    above.head.post<Directive>(`/directives/${id}/hand-on`, { parts: [part] });

  /** The newest directive that came from the province. */
  async function received(): Promise<Directive> {
    const list = await below.clerk.get<{ items: Directive[] }>('/directives?limit=50');
    const [id = ''] = list.body.items.filter(({ text }) => text === 'Kiểm tra cống').map((one) => one.id);
    return seen(below.clerk, id);
  }

  const counted = () =>
    office.rows<{ n: number }>('select count(*)::int as n from dondoc.received_directive');

  it('is where an administrator says that an agency is an organization directly below, and nowhere else', async () => {
    const administrator = await province.as('tinh-quantri');
    interface Directory {
      readonly agencies: { readonly id: string; readonly pointsTo: string | null }[];
      readonly organizationsBelow: { readonly id: string; readonly code: string; readonly name: string }[];
    }
    const stands = async () => {
      const { agencies, organizationsBelow } = (await administrator.get<Directory>('/directory')).body;
      return { to: agencies.find(({ id }) => id === province.agency('xa'))?.pointsTo, organizationsBelow };
    };
    const point = (agency: string, organization: string | null, who = administrator) =>
      who.post(`/directory/agencies/${agency}/point-to`, { organization });
    const refused = async (answer: ReturnType<typeof point>) => {
      const { status, body } = await answer;
      const { code, errors } = body as { code: string; errors?: { field: string; vi: string; en: string }[] };
      return [status, code, errors?.[0]?.field, Boolean(errors?.[0]?.vi && errors[0].en)];
    };
    const xa = province.agency('xa');
    const below = [{ id: office.organization, code: 'thuan-my', name: expect.any(String) as string }];
    const before = await stands();
    expect(before).toMatchObject({ to: office.organization, organizationsBelow: [{ id: below[0]?.id }] });

    const strange = '0192bbbb-0000-7000-8000-0000000000ee';
    expect((await point(xa, office.organization, above.chair)).status).toBe(403);
    for (const [agency, organization, code] of [
      [xa, province.organization, 'own-organization'],
      [xa, strange, 'not-below'],
      [province.agency('so'), office.organization, 'organization-taken'],
      [province.agency('van-phong'), office.organization, 'office-is-here'],
    ] as const)
      expect(await refused(point(agency, organization))).toEqual([422, code, 'organization', true]);
    const own = await office.as('quantri');
    expect(await refused(point(office.agency('kinh-te'), province.organization, own))).toEqual([
      422,
      'organization-above',
      'organization',
      true,
    ]);
    expect(await stands()).toEqual(before);

    expect((await point(xa, null)).status).toBe(200);
    expect((await stands()).to).toBeNull();
    expect((await point(xa, office.organization)).status).toBe(200);
    expect(await stands()).toEqual(before);
    interface Entry {
      readonly entry: { readonly changes?: readonly { readonly before: object; readonly after: object }[] };
    }
    const audit = await administrator.get<{ items: readonly Entry[] }>('/audit?outcome=done&limit=2');
    expect(audit.body.items.map(({ entry }) => entry.changes?.[0])).toMatchObject([
      { before: { points_to_id: null }, after: { points_to_id: office.organization } },
      { before: { points_to_id: office.organization }, after: { points_to_id: null } },
    ]);
  });

  it('is never given straight to an organization, where nobody would see it, but by way of the Office', async () => {
    const lead = province.agency('xa-khac');
    const before = await above.clerk.get<{ items: unknown[] }>('/directives');
    expect(await confirm(lead)).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'lead-is-organization', field: 'items[0].lead' }] },
    });
    const id = await assign(province.agency('van-phong'));
    expect(await above.clerk.post(`/directives/${id}/reassign`, { lead: [lead] })).toMatchObject({
      body: { code: 'lead-is-organization', errors: [{ field: 'lead' }] },
    });
    const head = await province.as('tinh-chanhvp');
    const choices = await head.get<{ subordinates: { id: string }[] }>(`/directives/${id}/choices`);
    expect(choices.body.subordinates.map((one) => one.id)).toContain(lead);
    expect(await head.post(`/directives/${id}/hand-on`, { parts: [{ lead: [lead] }] })).toMatchObject({
      status: 200,
      body: { openChildren: 1, elsewhere: [{ state: 'sent' }] },
    });
    expect((await above.clerk.get<{ items: unknown[] }>('/directives')).body.items).toHaveLength(
      before.body.items.length + 1,
    );
  });

  it('refuses a part due after its parent, or whose coordinators are named from above', async () => {
    const id = await assign();
    const lead = [province.agency('xa')];
    for (const date of ['2026-11-20', '2026-11-23'])
      expect(await handOn(id, { lead, deadline: { date } })).toMatchObject({
        body: { code: 'due-after-parent', errors: [{ field: 'parts[0].deadline.date' }] },
      });
    expect(await handOn(id, { lead, coordinating: [province.agency('van-phong')] })).toMatchObject({
      body: { code: 'coordinating-elsewhere', errors: [{ field: 'parts[0].coordinating' }] },
    });
    expect(await seen(above.head, id)).toMatchObject({ openChildren: 0, elsewhere: [] });
  });

  it('becomes a directive there, exactly once though it comes twice, and its states come back', async () => {
    const id = await assign();
    // The process ends after the order was applied and before that is recorded: it is handed over again.
    faults.once('outside.handled', 1, () => {
      throw new Error('the process is gone');
    });
    const handed = await handOn(id, {
      lead: [province.agency('xa')],
      text: 'Kiểm tra cống',
      deadline: { date: '2026-11-18' },
    });
    expect(handed.body).toMatchObject({ openChildren: 1, elsewhere: [{ state: 'sent', said: null }] });
    await office.deliver();
    await office.endLeases();
    await office.deliver();
    expect(await counted()).toEqual([{ n: 1 }]);
    const there = await received();
    expect(there).toMatchObject({
      state: 'assigned',
      lead: { name: 'Văn phòng HĐND và UBND xã' },
      receivedFrom: { organization: { id: province.organization, name: 'UBND tỉnh Mẫu' } },
      // 18:00 in the province; the commune closes at 17:00.
      deadline: { date: '2026-11-18', at: '2026-11-18T10:00:00.000Z' },
    });
    expect((await seen(above.head, id)).elsewhere).toMatchObject([
      { state: 'received', said: { state: 'assigned' }, deadlineAt: '2026-11-18T11:00:00.000Z' },
    ]);

    // It is the commune's own from now on: its clerk gives it to an agency, which accepts.
    await below.clerk.post(`/directives/${there.id}/reassign`, { lead: [office.agency('kinh-te')] });
    await below.staff.post(`/directives/${there.id}/accept`);
    await office.deliver();
    expect((await seen(above.head, id)).elsewhere[0]?.said).toMatchObject({ state: 'in-progress' });
    expect((await seen(below.chair, there.id)).allowed).not.toContain('cancel');
    for (const act of ['cancel', 'suspend'])
      expect(await below.chair.post(`/directives/${there.id}/${act}`, { reason: 'Thôi' })).toMatchObject({
        status: 409,
        body: { code: 'given-from-above' },
      });
    const late = { deadline: { date: '2026-11-19' }, reason: 'Mưa' };
    expect(await below.chair.post(`/directives/${there.id}/extend`, late)).toMatchObject({
      body: { code: 'due-after-parent', errors: [{ field: 'deadline.date' }] },
    });

    // Above it cannot close before it has ended there; the result comes along.
    const result = (number: string) => ({ result: { number, date: '2026-11-09', summary: 'Đã xong' } });
    await above.head.post(`/directives/${id}/report`, result('1/BC-SNN'));
    expect(await above.clerk.post(`/directives/${id}/verify`)).toMatchObject({
      body: { code: 'open-children' },
    });
    await below.staff.post(`/directives/${there.id}/report`, result('7/BC-KT'));
    await office.deliver();
    expect((await seen(above.head, id)).elsewhere[0]?.said).toMatchObject({
      state: 'reported',
      result: { number: '7/BC-KT' },
    });
    await below.clerk.post(`/directives/${there.id}/verify`);
    await office.deliver();
    expect(await seen(above.head, id)).toMatchObject({
      openChildren: 0,
      elsewhere: [{ state: 'ended', said: { state: 'closed', result: { number: '7/BC-KT' } } }],
    });
    expect((await above.clerk.post<Directive>(`/directives/${id}/verify`)).body.state).toBe('closed');
  });

  it('takes changes from above along: another deadline, a suspension, the end', async () => {
    const id = await assign();
    await handOn(id, { lead: [province.agency('xa')], text: 'Kiểm tra cống' });
    await office.deliver();
    const there = await received();
    // Nobody named a day: one working day before the directive of the province.
    expect(there.deadline?.date).toBe('2026-11-19');

    const extend = { deadline: { date: '2026-11-25' }, reason: 'Thêm thời gian' };
    await above.chair.post(`/directives/${id}/extend`, extend);
    await office.deliver();
    expect((await seen(below.clerk, there.id)).deadline?.date).toBe('2026-11-23');
    const [part] = (await seen(above.head, id)).elsewhere;
    const set = (date: string) =>
      above.head.post<Directive>(`/remote-parts/${part?.id ?? ''}/set-deadline`, { deadline: { date } });
    for (const date of ['2026-11-25', '2026-11-26'])
      expect(await set(date)).toMatchObject({ body: { code: 'due-after-parent' } });
    expect((await set('2026-11-13')).status).toBe(200);
    await office.deliver();
    expect((await seen(below.clerk, there.id)).deadline?.date).toBe('2026-11-13');

    await above.chair.post(`/directives/${id}/suspend`, { reason: 'Mưa lũ' });
    await office.deliver();
    expect((await seen(below.clerk, there.id)).state).toBe('suspended');
    expect(await below.chair.post(`/directives/${there.id}/resume`, {})).toMatchObject({
      body: { code: 'given-from-above' },
    });
    await above.chair.post(`/directives/${id}/resume`, {});
    await office.deliver();
    expect((await seen(below.clerk, there.id)).state).toBe('assigned');

    await office.goTo('2026-11-16T02:00:00Z');
    const late = await seen(above.head, id);
    expect(late.elsewhere[0]).toMatchObject({ overdue: true });
    const inbox = await above.head.get<{ items: { subject: string }[] }>('/inbox?limit=50');
    expect(inbox.body.items.map(({ subject }) => subject)).toContain('part-overdue');

    await above.chair.post(`/directives/${id}/cancel`, { reason: 'Không cần nữa' });
    await office.deliver();
    expect((await seen(below.clerk, there.id)).state).toBe('cancelled');
    const explained = JSON.stringify((await below.clerk.get(`/directives/${there.id}/explain`)).body);
    expect(explained).toContain('Đơn vị cấp trên giao việc');
    expect(explained).not.toContain(province.organization);
    expect(explained).not.toMatch(/undefined|\?:/);
  });

  it('comes back when it is returned there, and can be taken back', async () => {
    const id = await assign();
    await handOn(id, { lead: [province.agency('xa')], text: 'Kiểm tra cống' });
    await office.deliver();
    const there = await received();
    await (
      await office.as('chanhvp')
    ).post(`/directives/${there.id}/return`, { reason: 'Cống thuộc xã bên' });
    await office.deliver();
    const [part] = (await seen(above.head, id)).elsewhere;
    expect(part).toMatchObject({ said: { state: 'returned' }, note: 'Cống thuộc xã bên' });
    const withdraw = `/remote-parts/${part?.id ?? ''}/withdraw`;
    expect(await above.chair.post(withdraw, { reason: 'Giao nơi khác' })).toMatchObject({ status: 403 });
    expect(await above.head.post(withdraw, { reason: ' ' })).toMatchObject({ status: 422 });
    expect((await above.head.post<Directive>(withdraw, { reason: 'Giao nơi khác' })).body).toMatchObject({
      openChildren: 0,
      elsewhere: [{ state: 'withdrawn', note: 'Giao nơi khác' }],
    });
    await office.deliver();
    expect((await seen(below.clerk, there.id)).state).toBe('cancelled');
  });

  it('is not taken by an organization that the province is not above of, and nothing of it is kept there', async () => {
    const id = await assign();
    await handOn(id, { lead: [province.agency('xa-khac')], text: 'Kiểm tra cống' });
    await office.deliver();
    expect(await seen(above.head, id)).toMatchObject({
      openChildren: 1,
      elsewhere: [{ state: 'refused', said: null }],
    });
    const kept = await office.picture(
      `select count(*)::int as n from dondoc.cascade_message
       where organization_id not in ('${province.organization}', '${office.organization}')`,
    );
    expect(kept).toEqual([{ n: 0 }]);
  });
});
