import { type FaultPoints } from '@dondoc/workflow/durable/index';
import { type Someone, TestOffice } from '../testing/test-office';

interface Decided {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly decision: string | null;
  readonly decidedAt: string | null;
  readonly undoUntil: string | null;
  readonly directive: { readonly id: string };
}

interface Page<T> {
  readonly items: readonly T[];
}

interface Many {
  readonly items: readonly {
    readonly decided: Decided | null;
    readonly refused: { readonly code: string } | null;
  }[];
}

interface Directive {
  readonly revision: number;
  readonly deadline: { readonly at: string } | null;
}

const SECOND = 1_000;

/** The deadline of the directives is 9 November: T+5 comes at the opening of the 16th. */
describe('a decision that can be taken back for a minute', () => {
  let office: TestOffice;
  let leader: Someone;
  let staff: Someone;
  const broken = new Set<string>();
  const faults: FaultPoints = {
    reach: (point) => {
      if (broken.delete(point)) throw Object.assign(new Error('the connection is gone'), { code: '57P01' });
      return Promise.resolve();
    },
  };

  beforeAll(async () => {
    office = await TestOffice.open({ undoSeconds: 60 }, { faults });
    leader = await office.as('pct-kinhte');
    staff = await office.as('kt-cv');
    const clerk = await office.as('vanthu');
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-02' };
    const item = (text: string, date: string) => ({
      text,
      lead: [office.agency('kinh-te')],
      deadline: { phrase: null, date },
    });
    const late = ['Rà soát hộ nghèo', 'Kiểm tra cống', 'Thu gom rác', 'Sửa đường', 'Đo mực nước'];
    const items = [...late.map((text) => item(text, '2026-11-09')), item('Lập kế hoạch', '2026-12-18')];
    const draft = await clerk.post<{ id: string }>('/drafts', { source, items });
    await clerk.post(`/drafts/${draft.body.id}/confirm`);
    await office.goTo('2026-11-16T01:00:00Z');
  });

  afterAll(() => office.end());

  const open = async (): Promise<readonly Decided[]> =>
    (await leader.get<Page<{ escalations: readonly Decided[] }>>('/escalations/matters')).body.items.flatMap(
      ({ escalations }) => escalations,
    );
  const first = async (): Promise<Decided> => {
    const [one] = await open();
    if (!one) throw new Error('nothing is open');
    return one;
  };
  const see = async (id: string) => (await leader.get<Decided>(`/escalations/${id}`)).body;
  const directive = async (id: string) => (await leader.get<Directive>(`/directives/${id}`)).body;
  const undo = (...escalations: readonly string[]) => leader.post<Many>('/escalations/undo', { escalations });
  /** Messages about an escalation or its directive since the decision, by subject. */
  const told = async ({ id, directive: about }: Decided): Promise<readonly string[]> => {
    await office.deliver();
    const rows = await office.rows<{ subject: string }>(
      `select subject from dondoc.inbox_message where (escalation_id = '${id}' or directive_id = '${about.id}')
       and subject in ('escalation-decided', 'urged', 'extended', 'criticized', 'decision-overtaken')`,
    );
    return rows.map(({ subject }) => subject).sort();
  };
  const wait = async (seconds: number) =>
    office.goTo(new Date((await office.clock.now()) + seconds * SECOND).toISOString());
  const decide = async (wish: object): Promise<Decided> => {
    const { id } = await first();
    return (await leader.post<Decided>(`/escalations/${id}/decide`, wish)).body;
  };

  it('is decided at once, tells nobody, and is open again as it was when it is taken back', async () => {
    const decided = await decide({ decision: 'urge', note: 'Làm ngay.' });
    expect(decided).toMatchObject({ state: 'decided', decision: 'urge' });
    expect(Date.parse(decided.undoUntil ?? '') - Date.parse(decided.decidedAt ?? '')).toBe(60 * SECOND);
    expect((await open()).map(({ id }) => id)).not.toContain(decided.id);
    expect(await leader.post(`/escalations/${decided.id}/decide`, { decision: 'close' })).toMatchObject({
      status: 409,
      body: { code: 'escalation-over' },
    });
    const other = await office.as('chutich');
    expect((await other.post('/escalations/undo', { escalations: [decided.id] })).status).toBe(403);
    await wait(20);
    expect((await undo(decided.id)).body.items).toMatchObject([
      { decided: { state: 'raised', decision: null, undoUntil: null }, refused: null },
    ]);
    await wait(30);
    expect(await told(decided)).toEqual([]);
    const history = await office.rows<{ type: string }>(
      `select entry::json->'event'->>'type' as type from workflow.history
       where instance_id = '${decided.id}' order by revision`,
    );
    expect(history.map(({ type }) => type).slice(-2)).toEqual(['decide', 'undo']);
  });

  it('takes effect once its time is over, once, and cannot be taken back then', async () => {
    const decided = await decide({ decision: 'urge', note: 'Làm ngay.' });
    await wait(20);
    expect(await told(decided)).toEqual([]);
    await wait(60);
    expect((await undo(decided.id)).body.items).toMatchObject([{ refused: { code: 'undo-over' } }]);
    await wait(60);
    expect(await told(decided)).toEqual(['escalation-decided', 'urged', 'urged']);
    expect(await see(decided.id)).toMatchObject({ state: 'decided', decision: 'urge', undoUntil: null });
  });

  it('moves the deadline only when it takes effect, also when the process dies in between', async () => {
    const wish = { decision: 'extend', note: 'Mưa lũ', deadline: { date: '2026-12-21' } };
    const decided = await decide(wish);
    const before = await directive(decided.directive.id);
    broken.add('effects.recorded');
    await expect(wait(60)).rejects.toThrow('cannot work at the moment');
    expect((await directive(decided.directive.id)).deadline?.at).toBe(before.deadline?.at);
    await office.deliver();
    const after = await directive(decided.directive.id);
    expect(after.deadline?.at).not.toBe(before.deadline?.at);
    expect(after.deadline?.at).toMatch(/^2026-12-21/);
    expect(await told(decided)).toEqual(['escalation-decided', 'extended', 'extended']);
  });

  it('gives way to what happens to the directive meanwhile, and the leader is told', async () => {
    const decided = await decide({ decision: 'criticize', note: 'Chậm.' });
    const { id } = decided.directive;
    const result = { number: '9/BC', date: '2026-11-16', summary: 'Xong', file: null };
    expect((await staff.post(`/directives/${id}/report`, { result })).status).toBe(200);
    expect(await see(decided.id)).toMatchObject({ state: 'withdrawn', undoUntil: null });
    await wait(60);
    expect(await told(decided)).toEqual(['decision-overtaken']);
  });

  it('is taken back for several at once', async () => {
    const escalations = (await open()).map(({ id }) => id);
    expect(escalations.length).toBe(2);
    const together = { escalations, together: true, decision: 'criticize', note: 'Chậm.' };
    await leader.post('/escalations/decide', together);
    expect(await open()).toEqual([]);
    expect((await undo(...escalations)).body.items.map(({ refused }) => refused)).toEqual([null, null]);
    expect((await open()).map(({ id }) => id).sort()).toEqual([...escalations].sort());
    expect((await undo(...escalations)).body.items.map(({ refused }) => refused?.code)).toEqual([
      'nothing-to-undo',
      'nothing-to-undo',
    ]);
  });

  it('is the same for a request for more time', async () => {
    const found = await leader.get<Page<{ id: string; text: string }>>('/directives?limit=50');
    const one = found.body.items.find(({ text }) => text === 'Lập kế hoạch');
    const asked = await staff.post<Decided>(`/directives/${one?.id ?? ''}/request-extension`, {
      deadline: { date: '2026-12-28' },
      reason: 'Chờ số liệu',
    });
    const path = `/extension-requests/${asked.body.id}`;
    const grant = await leader.post<Decided>(`${path}/decide`, { granted: true });
    expect(grant.body).toMatchObject({ state: 'granted' });
    expect(grant.body.undoUntil).not.toBeNull();
    expect((await staff.post(`${path}/undo`)).status).toBe(403);
    expect((await leader.post<Decided>(`${path}/undo`)).body).toMatchObject({
      state: 'requested',
      decidedAt: null,
      undoUntil: null,
    });
    expect((await directive(one?.id ?? '')).deadline?.at).toMatch(/^2026-12-18/);
    await leader.post(`${path}/decide`, { granted: true });
    await wait(60);
    await office.deliver();
    expect((await leader.get<Decided>(path)).body).toMatchObject({ state: 'granted', undoUntil: null });
    expect((await directive(one?.id ?? '')).deadline?.at).toMatch(/^2026-12-28/);
    expect(await leader.post(`${path}/undo`)).toMatchObject({ status: 409 });
  });
});
