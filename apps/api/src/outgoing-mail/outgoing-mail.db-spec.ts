import { decideOutgoingAsOperator } from '@dondoc/domain/messages/outgoing-mail.service';
import { SmtpChannel } from '@dondoc/domain/messages/smtp.channel';
import { Client } from 'pg';
import { fail, Trouble } from '../../../../test/faults/trouble';
import { readMail } from '../../../../test/services/read-mail';
import { TestMailServer } from '../../../../test/services/test-mail-server';
import { type Someone, TestOffice } from '../testing/test-office';

interface Outgoing {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly subject: string | null;
  readonly messages: number;
  readonly failure: string | null;
  readonly sendAt: string;
  readonly heldUntil: string | null;
  readonly recipient: { readonly id: string };
  readonly text?: string;
}

interface Parked {
  readonly kind: string;
  readonly instance: string;
  readonly id: string;
}

interface Mail {
  readonly to: string;
  readonly key: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

describe('mail to people', () => {
  const faults = new Trouble();
  let server: TestMailServer;
  let channel: SmtpChannel;
  let office: TestOffice;
  let clerk: Someone;
  let administrator: Someone;
  let since = '';
  const given: string[] = [];

  beforeAll(async () => {
    server = await TestMailServer.open();
    channel = new SmtpChannel({
      url: server.url,
      insideAllowed: ['127.0.0.0/8'],
      from: { name: 'Văn phòng', address: 'dondoc@xa.example' },
    });
    office = await TestOffice.open({}, { channels: [channel], faults });
    const everybody = new Client({ connectionString: office.database.superuserUrl });
    await everybody.connect();
    await everybody.query(`
      update dondoc.person p set email = a.login || '@xa.example'
      from dondoc.account a where a.organization_id = p.organization_id and a.person_id = p.id`);
    await everybody.end();
    clerk = await office.as('vanthu');
    administrator = await office.as('quantri');
  });

  /** Days go on from test to test: what one has given is over before the next begins. */
  afterEach(async () => {
    faults.end();
    server.answering = () => null;
    const leader = await office.as('pct-kinhte');
    for (const id of given.splice(0)) await leader.post(`/directives/${id}/cancel`, { reason: 'Hết việc' });
  });

  afterAll(async () => {
    await office.end();
    await channel.close();
    await server.close();
  });

  /** Each item is a directive; all of them are given at once. */
  const assign = (...items: readonly object[]): Promise<string[]> => assignOf('2026-11-02', ...items);

  async function assignOf(givenOn: string, ...items: readonly object[]): Promise<string[]> {
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn };
    const lead = [office.agency('kinh-te')];
    const whole = items.map((item) => ({ text: 'Rà soát hộ dân vùng sạt lở', lead, ...item }));
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items: whole });
    const { body } = await clerk.post<{ directives: { id: string }[] }>(`/drafts/${draft.body.id}/confirm`);
    const ids = body.directives.map(({ id }) => id);
    given.push(...ids);
    return ids;
  }

  /** The morning of a day, with nothing sent on it yet. */
  async function begin(day: string): Promise<void> {
    await office.goTo(at('08:00', day));
    server.received.length = 0;
    since = new Date(at('08:00', day)).toISOString();
  }

  const mails = (to?: string): Mail[] =>
    server.received
      .map(({ raw, to: [address] }) => {
        const { headers, text, html } = readMail(raw);
        const of = (name: string) => headers.get(name)?.[0] ?? '';
        return { to: address ?? '', key: of('message-id'), subject: of('subject'), text, html };
      })
      .filter((mail) => to === undefined || mail.to === `${to}@xa.example`);

  const outgoing = async (query = ''): Promise<readonly Outgoing[]> =>
    (await administrator.get<{ items: Outgoing[] }>(`/outgoing-mail${query}`)).body.items.filter(
      ({ sendAt }) => sendAt >= since,
    );

  /** As if the process that had it were gone for as long as its lease lasts. */
  const leaseOver = () => office.asWorker('update workflow.outbox set next_attempt_at = now()');

  const at = (time: string, day: string): string => `${day}T${time}:00+07:00`;
  const instant = (time: string, day: string): string => new Date(at(time, day)).toISOString();

  it('tells in one message what a person is told at one moment, with deadline, article, reason and link', async () => {
    await begin('2026-11-02');
    const [first, second] = await assign(
      { deadline: { phrase: null, date: '2026-11-09' } },
      { text: 'Lập danh sách <b>hộ nghèo</b>' },
    );
    await office.goTo(at('08:05', '2026-11-02'));
    expect(
      mails()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['kt-cv@xa.example', 'kt-truong@xa.example']);
    const [mail] = mails('kt-cv');
    expect(mail?.subject).toBe('Đôn Đốc: 2 thông báo');
    expect(mail?.text).toContain('Hạn: 17:00 thứ Hai 09/11/2026 (còn 5 ngày làm việc)');
    expect(mail?.text).toContain(`http://page.example/directives/${first ?? ''}`);
    expect(mail?.text).toContain(`http://page.example/directives/${second ?? ''}`);
    expect(mail?.html).toContain('Lập danh sách &lt;b&gt;hộ nghèo&lt;/b&gt;');
    const kept = await outgoing('?state=sent');
    expect(kept.map(({ messages }) => messages)).toEqual([2, 2]);
    const detail = await administrator.get<Outgoing>(`/outgoing-mail/${kept[0]?.id ?? ''}`);
    expect(mails().map(({ text }) => text.trim().replaceAll('\r\n', '\n'))).toContain(
      detail.body.text?.trim(),
    );
  });

  it('shows an act at once in the inbox, and mails it when the office opens; what is urgent leaves at night', async () => {
    await begin('2026-11-03');
    await office.goTo(at('20:00', '2026-11-03'));
    await assign({ text: 'Việc thường' });
    const [immediate] = await assign({ text: 'Việc hỏa tốc', urgency: 'immediate' });
    await office.deliver();
    const inbox = await (await office.as('kt-cv')).get<{ items: unknown[] }>('/inbox');
    expect(inbox.body.items.slice(0, 2)).toMatchObject([
      { directive: { text: 'Việc hỏa tốc' } },
      { directive: { text: 'Việc thường' } },
    ]);
    await office.goTo(at('23:00', '2026-11-03'));
    expect(mails('kt-cv').map(({ text }) => text.includes(immediate ?? '?'))).toEqual([true]);
    await office.goTo(at('07:30', '2026-11-04'));
    expect(mails('kt-cv')).toHaveLength(1);
    await office.goTo(at('07:32', '2026-11-04'));
    expect(mails('kt-cv')).toHaveLength(2);
  });

  it('looks at working hours when it sends: what a late worker would send at night waits for the opening', async () => {
    await begin('2026-11-05');
    await assign({});
    await office.deliver();
    await office.clock.moveTo(Date.parse(at('21:00', '2026-11-05')));
    await office.goTo(at('21:05', '2026-11-05'));
    expect(await outgoing()).toMatchObject([{ state: 'held' }, { state: 'held' }]);
    expect(mails()).toEqual([]);
    expect((await outgoing())[0]?.heldUntil).toBe('2026-11-06T00:30:00.000Z');
    await office.goTo(at('07:30', '2026-11-06'));
    expect(mails()).toHaveLength(2);
  });

  it('loses nothing and repeats at most one mail, under its own Message-ID, when it stops between two steps', async () => {
    await begin('2026-11-09');
    await assign({});
    await office.goTo(at('08:00', '2026-11-09'));
    // Before the composed mail is kept, and between handing it over and recording that.
    faults.once('effects.handled', 1, fail);
    faults.once('outside.handled', 1, fail);
    await office.goTo(at('08:02', '2026-11-09'));
    expect((await outgoing()).map(({ state }) => state).sort()).toEqual(['composing', 'sending']);
    await leaseOver();
    await office.goTo(at('08:03', '2026-11-09'));
    const keys = mails().map(({ key, to }) => `${to} ${key}`);
    expect(new Set(keys).size).toBe(2);
    expect(keys.length).toBe(3);
    const twice = mails().filter(({ key }) => mails().filter((other) => other.key === key).length > 1);
    expect(new Set(twice.map(({ text, html, subject }) => text + html + subject)).size).toBe(1);
    expect((await outgoing()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('keeps for the administrator what the server refuses: sent again, or dropped, with a reason', async () => {
    await begin('2026-11-10');
    server.answering = () => 550;
    await assign({});
    await office.goTo(at('08:05', '2026-11-10'));
    const failed = await outgoing('?state=failed');
    expect(failed).toHaveLength(2);
    expect(failed[0]?.failure).toContain('550');
    const [again, dropped] = failed.map(({ id }) => `/outgoing-mail/${id}`);
    expect(await clerk.get(again ?? '')).toMatchObject({ status: 403 });
    expect(await administrator.post(`${again ?? ''}/drop`, { reason: ' ' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'reason' }] },
    });
    server.answering = () => null;
    const reason = 'Máy chủ thư đã sửa xong';
    expect(await administrator.post(`${again ?? ''}/send-again`, { reason })).toMatchObject({ status: 200 });
    expect(await administrator.post(`${dropped ?? ''}/drop`, { reason: 'Người nhận đã nghỉ' })).toMatchObject(
      {
        body: { state: 'dropped' },
      },
    );
    await office.deliver();
    expect(mails()).toHaveLength(1);
    expect(await administrator.post(`${again ?? ''}/send-again`, { reason })).toMatchObject({ status: 409 });
  });

  it('tries a server that is away again, and gives up after the last attempt', async () => {
    await begin('2026-11-11');
    let refused = 0;
    server.answering = () => ((refused += 1) <= 2 ? 451 : null);
    await assign({});
    await office.goTo(at('08:05', '2026-11-11'));
    expect(refused).toBeGreaterThan(2);
    expect((await outgoing()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('speaks the language of the reader, and leaves out what the reader turned off, but never an escalation', async () => {
    await begin('2026-11-12');
    const mail = { reminders: false, news: false, digests: false };
    for (const login of ['kt-cv', 'pct-kinhte'])
      expect(
        await (
          await office.as(login)
        ).send('PUT', '/api/v1/inbox/preferences', { body: { language: 'en', mail } }),
      ).toMatchObject({ status: 200, body: { language: 'en', mail } });
    await assign({ deadline: { phrase: null, date: '2026-11-16' } });
    await office.goTo(at('09:00', '2026-11-23'));
    expect(mails('kt-cv')).toEqual([]);
    expect(mails('kt-truong').length).toBeGreaterThan(0);
    const [escalation] = mails('pct-kinhte');
    expect(escalation?.subject).toMatch(
      /^An escalation for your decision: Rà soát hộ dân vùng sạt lở \(5 working days overdue\)$/,
    );
    expect(escalation?.text).toMatch(/Under: Mục 5\.2/);
    expect(escalation?.text).toContain('http://page.example/decisions');
  });

  it('reaches one level up and the administrator where nobody holds the role, and says why', async () => {
    await begin('2026-11-25');
    const [id] = await assign({
      lead: [office.agency('quan-su')],
      deadline: { phrase: null, date: '2026-12-03' },
    });
    await office.goTo(at('08:05', '2026-11-25'));
    for (const login of ['qs-truong', 'quantri']) {
      const [mail] = mails(login);
      expect(mail?.text).toContain('Chưa có ai giữ vai trò chuyên viên cơ quan chủ trì');
    }
    await office.goTo(at('07:32', '2026-11-26'));
    const { body } = await clerk.get<{ past: { vi: string }[] }>(`/directives/${id ?? ''}/explain`);
    const past = body.past.map(({ vi }) => vi).join();
    for (const name of ['Trịnh Văn Lực', 'Lâm Quang Huy'])
      expect(past).toContain(`${name} (chưa có ai giữ vai trò người được phân công)`);
    interface Step {
      readonly event: string;
      readonly details: {
        readonly rung?: string;
        readonly standIns?: readonly { readonly person: string; readonly vi: string; readonly en: string }[];
      };
    }
    const history = await clerk.get<{ items: Step[] }>(`/directives/${id ?? ''}/history`);
    const [noted, ...more] = history.body.items.filter(({ event }) => event === 'stood-in');
    expect(more).toEqual([]);
    expect(noted?.details).toMatchObject({ rung: 'T-5', article: 'Mục 4.1 (T−5)' });
    expect(noted?.details.standIns?.map(({ person, vi }) => [person, vi]).sort()).toEqual(
      ['qs-truong', 'quantri']
        .map((login) => [office.person(login), 'Chưa có ai giữ vai trò người được phân công'])
        .sort(),
    );
  });

  it('leaves out a reminder of what was reported before the mail was written', async () => {
    server.received.length = 0;
    const [id] = await assign({ deadline: { phrase: null, date: '2026-12-04' } });
    await office.goTo(at('07:30', '2026-11-27'));
    server.received.length = 0;
    const result = { number: '31/BC-PKT', date: '2026-11-27', summary: 'Xong' };
    await (await office.as('kt-cv')).post(`/directives/${id ?? ''}/report`, { result });
    await office.goTo(at('07:35', '2026-11-27'));
    expect(mails('kt-cv')).toEqual([]);
    expect(mails('vanthu').map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Có báo cáo kết quả chờ xác nhận/),
    ]);
  });

  it('lets the administrator see, send again and drop what the runtime has set aside', async () => {
    const [directive = ''] = await assign({});
    const park = () =>
      office.asWorker(`update workflow.outbox set parked_at = now(), last_error = 'trouble', attempts = 6
                       where instance_id = '${directive}'`);
    const list = async () =>
      (await administrator.get<{ items: Parked[] }>('/parked-work')).body.items.filter(
        ({ instance }) => instance === directive,
      );
    await park();
    const [item] = await list();
    expect(item).toMatchObject({ kind: 'effect', lifecycle: 'directive', name: 'notify', error: 'trouble' });
    expect(await administrator.get('/parked-work?cursor=WzEsMl0')).toMatchObject({
      status: 422,
      body: { code: 'invalid-cursor' },
    });
    const decide = (act: string, reason: string, { who = administrator, id = item?.id } = {}) =>
      who.post(`/parked-work/${act}`, { kind: 'effect', instance: directive, id, reason });
    expect(await decide('drop', 'x', { id: 'none' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'id' }] },
    });
    expect(await decide('send-again', 'x', { who: clerk })).toMatchObject({ status: 403 });
    expect(await decide('send-again', ' ')).toMatchObject({ status: 422, body: { code: 'reason-missing' } });
    expect(await decide('send-again', 'Đã sửa xong')).toMatchObject({ status: 200, body: { id: item?.id } });
    expect(await decide('send-again', 'Đã sửa xong')).toMatchObject({
      status: 409,
      body: { code: 'not-parked' },
    });
    await park();
    const parked = await list();
    expect(await decide('drop', 'Không cần nữa')).toMatchObject({ status: 200 });
    expect(await list()).toHaveLength(parked.length - 1);
  });

  it('writes everybody one digest on a working day, late once if the worker was down, and none that is empty', async () => {
    await begin('2026-11-30');
    await office.beginDigests();
    await office.beginDigests();
    const [planned] = await assign({ deadline: { phrase: null, date: '2026-12-02' } });
    await office.goTo(at('08:05', '2026-12-01'));
    const digestsOf = async (login: string) =>
      (
        await (await office.as(login)).get<{ items: { subject: string; sections: unknown[] }[] }>('/inbox')
      ).body.items.filter(({ subject }) => subject.startsWith('digest'));
    expect(await digestsOf('kt-truong')).toMatchObject([
      { sections: [{ kind: 'awaiting', items: [{ note: { vi: 'chờ tiếp nhận; còn 1 ngày làm việc' } }] }] },
    ]);
    expect(await digestsOf('tyt-cv')).toEqual([]);
    const [morning] = mails('kt-truong').filter(({ text }) => text.includes('ĐIỂM VIỆC'));
    expect(morning?.text).toContain('chờ tiếp nhận');
    const asked = async (login: string, which: string) => (await office.as(login)).get(`/digests/${which}`);
    expect(await asked('kt-truong', 'own')).toMatchObject({
      status: 200,
      body: {
        nextAt: instant('07:30', '2026-12-02'),
        sections: [{ kind: 'awaiting', total: 1, items: [{ path: `/directives/${planned ?? ''}` }] }],
      },
    });
    expect(await asked('tyt-cv', 'own')).toMatchObject({ status: 200, body: { sections: [] } });
    for (const login of ['chutich', 'vanthu', 'chanhvp'])
      expect(await asked(login, 'meeting')).toMatchObject({
        status: 200,
        body: { nextAt: instant('07:30', '2026-12-07'), sections: [{ kind: 'near-due', total: 1 }] },
      });
    for (const login of ['kt-truong', 'kt-cv'])
      expect(await asked(login, 'meeting')).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    // The worker is down from Wednesday to Friday.
    await office.clock.moveTo(Date.parse(at('10:00', '2026-12-04')));
    await office.goTo(at('10:10', '2026-12-04'));
    expect(await digestsOf('kt-truong')).toHaveLength(2);
    await office.goTo(at('08:00', '2026-12-07'));
    expect(await digestsOf('kt-truong')).toHaveLength(3);
    expect((await digestsOf('chutich'))[0]?.subject).toBe('digest-weekly');
  });

  it('sums up a year of old notices entered late, once, and reminds nobody of each', async () => {
    await begin('2026-12-07');
    const leads = ['kinh-te', 'kinh-te', 'kinh-te', 'van-hoa-xa-hoi', 'van-hoa-xa-hoi', 'tram-y-te'].map(
      (key) => [office.agency(key)],
    );
    const old = Array.from({ length: 24 }, (_, index) => ({
      lead: leads[index % leads.length],
      deadline: { phrase: null, date: `2026-${String(1 + (index % 10)).padStart(2, '0')}-15` },
    }));
    const ids = await assignOf('2025-12-01', ...old);
    expect(ids).toHaveLength(24);
    await office.goTo(at('07:35', '2026-12-09'));
    interface Told {
      readonly subject: string;
      readonly page: string | null;
      readonly directive: { readonly id: string } | null;
      readonly sections: { readonly items: { readonly text: string; readonly note: { vi: string } }[] }[];
    }
    const told = async (login: string) =>
      (await (await office.as(login)).get<{ items: Told[] }>('/inbox?limit=100')).body.items;
    const summaries = async (login: string) =>
      (await told(login)).filter(({ subject }) => subject === 'late-summary');
    for (const login of ['chutich', 'chanhvp']) {
      const [only, ...more] = await summaries(login);
      expect(more).toEqual([]);
      expect(only).toMatchObject({ page: '/directives?lateness=overdue', directive: null });
      expect(only?.sections[0]?.items.map(({ note }) => note.vi)).toEqual([
        '12 nhiệm vụ quá hạn, lâu nhất từ thứ Năm 15/01/2026',
        expect.stringMatching(/^8 nhiệm vụ quá hạn/),
        expect.stringMatching(/^4 nhiệm vụ quá hạn/),
      ]);
      const [mail] = mails(login).filter(({ text }) => text.includes('24 nhiệm vụ đã quá hạn từ trước'));
      expect(mail?.text).toContain('http://page.example/directives?lateness=overdue');
    }
    for (const login of ['kt-truong', 'kt-cv', 'vanthu', 'pct-kinhte', 'chutich', 'chanhvp']) {
      const single = (await told(login)).filter(
        ({ subject, directive }) =>
          ['rung', 'escalation-raised'].includes(subject) && ids.includes(directive?.id ?? ''),
      );
      expect(single).toEqual([]);
    }
    expect(await summaries('vanthu')).toEqual([]);
    // One more is told of by itself; what is known is not told again.
    await assignOf('2026-02-02', { deadline: { phrase: null, date: '2026-03-02' } });
    await office.goTo(at('07:35', '2026-12-11'));
    expect(await summaries('chutich')).toMatchObject([
      { sections: [{ title: { vi: '1 nhiệm vụ đã quá hạn từ trước, theo cơ quan chủ trì' } }] },
      {},
    ]);
  });

  it('reminds whoever verifies while a report waits, and says so beforehand', async () => {
    await begin('2026-12-11');
    const [id] = await assign({ deadline: { phrase: null, date: '2026-12-25' } });
    const result = { number: '32/BC-PKT', date: '2026-12-11', summary: 'Xong' };
    await (await office.as('kt-cv')).post(`/directives/${id ?? ''}/report`, { result });
    const explained = await clerk.get<{ next: { at: string; vi: string }[] }>(
      `/directives/${id ?? ''}/explain`,
    );
    const [reminder] = explained.body.next;
    expect(reminder?.vi).toContain('nhắc xác nhận kết quả tới chuyên viên theo dõi là Đỗ Thị Lan');
    await office.goTo(new Date(Date.parse(reminder?.at ?? '') + 180_000).toISOString());
    expect(
      mails('vanthu')
        .map(({ text }) => text)
        .join(),
    ).toContain('NHẮC VIỆC');
  });

  it('asks once for a missing deadline that was to be asked for several times while the worker was down', async () => {
    await begin('2026-12-17');
    // To be asked for on 18 and 25 December.
    const [id] = await assign({ text: 'Việc chưa có hạn' });
    await office.clock.moveTo(Date.parse(at('10:00', '2026-12-29')));
    await office.goTo(at('10:05', '2026-12-29'));
    const { body } = await clerk.get<{ items: { rung: string | null; directive: { id: string } | null }[] }>(
      '/inbox?limit=100',
    );
    const prompts = body.items.filter((one) => one.directive?.id === id && one.rung !== null);
    expect(prompts.map(({ rung }) => rung)).toEqual(['set-deadline/2']);
  });

  const prefer = async (login: string, language: string) => {
    const mail = { reminders: true, news: true, digests: false };
    const body = { language, mail };
    const { status } = await (await office.as(login)).send('PUT', '/api/v1/inbox/preferences', { body });
    expect(status).toBe(200);
  };

  it('goes, sent again, to the address that was put right, with the text as it was kept, under the same Message-ID', async () => {
    await begin('2026-12-30');
    await prefer('kt-cv', 'vi');
    let refused = '';
    server.answering = ({ to: [address], raw }) => {
      if (address !== 'kt-cv@xa.example') return null;
      refused = readMail(raw).headers.get('message-id')?.[0] ?? '';
      return 550;
    };
    await assign({});
    await office.goTo(at('08:05', '2026-12-30'));
    const [failed] = await outgoing('?state=failed');
    const detail = await administrator.get<Outgoing>(`/outgoing-mail/${failed?.id ?? ''}`);
    const name = 'Ngô Thị Hạnh';
    const person = `/directory/people/${office.person('kt-cv')}/change`;
    await administrator.post(person, { name, email: 'hanh@xa.example' });
    const again = `/outgoing-mail/${failed?.id ?? ''}/send-again`;
    expect(await administrator.post(again, { reason: 'Đã sửa địa chỉ' })).toMatchObject({ status: 200 });
    await office.deliver();
    const [mail, ...more] = mails('hanh');
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ key: refused, subject: detail.body.subject });
    expect(mail?.text.trim().replaceAll('\r\n', '\n')).toBe(detail.body.text?.trim());
    expect(mails('kt-cv')).toEqual([]);
    await administrator.post(person, { name, email: 'kt-cv@xa.example' });
  });

  it('tells in the morning what still concerns its reader, in the language of then; of who has left, the administrator', async () => {
    await begin('2026-12-30');
    await office.goTo(at('20:00', '2026-12-30'));
    await assign({ text: 'Việc giữ nguyên' });
    const [moved = ''] = await assign({ text: 'Việc giao lại' });
    await office.deliver();
    const leader = await office.as('pct-kinhte');
    const lead = [office.agency('van-hoa-xa-hoi')];
    const reason = 'Đúng chức năng';
    expect(await leader.post(`/directives/${moved}/reassign`, { lead, reason })).toMatchObject({
      status: 200,
    });
    await prefer('kt-truong', 'en');
    const { body } = await administrator.get<{
      people: { id: string; offices: { id: string; now: boolean }[] }[];
    }>('/directory');
    const left = office.person('kt-cv');
    const held = body.people.find(({ id }) => id === left)?.offices.find(({ now }) => now);
    const lastDay = '2026-12-30';
    expect(await administrator.post(`/directory/offices/${held?.id ?? ''}/end`, { lastDay })).toMatchObject({
      status: 200,
    });
    server.received.length = 0;
    await office.goTo(at('07:35', '2026-12-31'));
    const said = (login: string) =>
      mails(login)
        .map(({ text }) => text)
        .join();
    expect(said('kt-truong')).toContain('Việc giữ nguyên');
    expect(said('kt-truong')).toContain('A NEW DIRECTIVE');
    expect(said('kt-truong')).not.toContain('Việc giao lại');
    expect(said('vhxh-truong')).toContain('Việc giao lại');
    expect(said('vhxh-truong')).toContain('Phòng Văn hóa - Xã hội được giao chủ trì');
    expect(mails('kt-cv')).toEqual([]);
    const failed = (await outgoing('?state=failed')).filter(({ recipient }) => recipient.id === left);
    expect(failed.map(({ failure }) => failure)).toEqual(['the reader holds no office any more']);
    // The operator gives it up on the machine itself, with a reason as anybody.
    const drop = (reason: string) =>
      office.runtime.transaction(office.organization, (tx) =>
        decideOutgoingAsOperator(tx, failed[0]?.id ?? '', { act: 'drop', reason }),
      );
    expect(await drop(' ')).toMatchObject({ code: 'missing-text' });
    expect(await drop('Đã nghỉ việc')).toMatchObject({ state: 'dropped' });
    expect(await drop('Đã nghỉ việc')).toMatchObject({ refused: true });
  });

  it('reaches each in the hours of their own agency: on a Saturday those whose desk is open, the Office on Monday', async () => {
    const sessions = [{ from: null, to: null, periods: [{ opens: '07:00', closes: '11:00' }], basis: 'Thử' }];
    const calendar = { zone: 'Asia/Ho_Chi_Minh', sessions, restDays: [7] };
    await administrator.post('/calendars/thu-bay/versions', { calendar, note: 'Thử' });
    const address = `/directory/agencies/${office.agency('kinh-te')}/calendar`;
    expect((await administrator.post(address, { calendar: 'thu-bay' })).status).toBe(200);
    await prefer('kt-truong', 'vi');
    await begin('2027-01-04');
    const [id] = await assignOf('2027-01-04', { deadline: { phrase: null, date: '2027-01-08' } });
    const seen = await clerk.get<{ deadline: { at: string } }>(`/directives/${id ?? ''}`);
    expect(seen.body.deadline.at).toBe(instant('11:00', '2027-01-08'));
    const reminded = (to: string) =>
      mails(to).filter(({ text }) => text.includes('NHẮC VIỆC') && text.includes(id ?? '-')).length;
    await office.goTo(at('12:00', '2027-01-08'));
    server.received.length = 0;
    await office.goTo(at('07:05', '2027-01-09'));
    expect([reminded('kt-truong'), reminded('vanthu')]).toEqual([1, 0]);
    await office.goTo(at('07:35', '2027-01-11'));
    expect([reminded('kt-truong'), reminded('vanthu')]).toEqual([1, 1]);
    await administrator.post(address, { calendar: null });
  });
});
