import { nextRules } from './testing/rules-documents';
import { type Someone, TestOffice } from './testing/test-office';

const rules = nextRules('2027-01-01');

interface Error {
  readonly code: string;
  readonly field: string;
  readonly line?: number;
  readonly vi: string;
  readonly en: string;
}

interface Problem {
  readonly code: string;
  readonly vi: { readonly detail: string };
  readonly en: { readonly detail: string };
  readonly errors?: readonly Error[];
}

/** What a line of the table refuses: whose act it is, the code, the field, and whether a line of a text is named. */
interface Refused {
  readonly act: () => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly code: string;
  readonly field?: string;
  readonly inText?: boolean;
}

/** All that an act could have changed: rows with their revisions, timers, what waits to be told, and how many of everything. */
const EVERYTHING = `
  select json_build_object(
    'instances', (select json_agg(json_build_array(id, revision, encode(head, 'hex')) order by id) from workflow.instance
      where lifecycle <> 'digest'),
    'history', (select count(*) from workflow.history), 'timers', (select count(*) from workflow.timer),
    'outbox', (select count(*) from workflow.outbox),
    'directives', (select json_agg(to_jsonb(d) order by d.id) from dondoc.directive d),
    'drafts', (select json_agg(to_jsonb(d) order by d.id) from dondoc.draft d),
    'rows', (select json_object_agg(t.relname, query_to_xml(format('select count(*) from dondoc.%I', t.relname), false, true, ''))
      from pg_class t where t.relnamespace = 'dondoc'::regnamespace and t.relkind in ('r', 'p')
        and t.relname <> all(array['access_refusal', 'audit_entry', 'audit_origin', 'request_count', 'session']))
  ) as everything`;

describe('bad input', () => {
  let office: TestOffice;
  const people: Record<string, Someone> = {};
  const at = (login: string): Someone => {
    const someone = people[login];
    if (!someone) throw new Error(`nobody logged in as ${login}`);
    return someone;
  };
  const result = { number: '31/BC-PKT', date: '2026-11-02', summary: 'Kết quả' };
  const made: Record<string, string> = {};
  const of = (name: string) => made[name] ?? '';

  beforeAll(async () => {
    office = await TestOffice.open();
    for (const login of [
      'vanthu',
      'quantri',
      'kt-cv',
      'kt-truong',
      'vp-cv',
      'vhxh-cv',
      'pct-kinhte',
      'pct-vanxa',
    ])
      people[login] = await office.as(login);
    const source = { kind: 'oral', givenBy: office.person('pct-kinhte'), givenOn: '2026-11-02' };
    const names = ['late', 'open', 'asked', 'parent', 'reported'];
    const items = names.map((name) => ({
      text: `Nạo vét kênh mương ${name}`,
      lead: [office.agency(name === 'reported' ? 'van-phong' : 'kinh-te')],
      trackingOfficer: office.person('vanthu'),
      deadline: { phrase: null, date: name === 'late' ? '2026-11-03' : '2026-11-20' },
    }));
    const draft = await at('vanthu').post<{ id: string }>('/drafts', { source, items });
    const confirmed = await at('vanthu').post<{ directives: { id: string }[] }>(
      `/drafts/${draft.body.id}/confirm`,
    );
    confirmed.body.directives.forEach(({ id }, index) => (made[names[index] ?? ''] = id));
    await office.goTo('2026-11-04T02:00:00Z');
    const asked = await at('kt-cv').post<{ id: string }>(`/directives/${of('asked')}/request-extension`, {
      ...{ deadline: { date: '2026-11-30' }, reason: 'Chờ số liệu' },
    });
    made['request'] = asked.body.id;
    await at('kt-truong').post(`/directives/${of('parent')}/hand-on`, {
      parts: [{ lead: [office.agency('khuyen-nong')], deadline: { date: '2026-11-10' } }],
    });
    await at('kt-cv').post(`/directives/${of('parent')}/report`, { result });
    await at('vp-cv').post(`/directives/${of('reported')}/report`, { result });
    await office.deliver();
  });

  afterAll(() => office.end());

  const everything = async (): Promise<string> => JSON.stringify(await office.picture(EVERYTHING));

  const putRules = (from: string | RegExp, to: string) => () => {
    const document = rules.replace(from, to);
    expect(document).not.toBe(rules);
    return at('quantri').post('/working-rules', { document, note: 'Thử' });
  };
  const putCalendar = (change: object) => async () => {
    const { body } = await at('quantri').get<{ calendar: object }>('/calendars/sample');
    return at('quantri').post('/calendars/sample/versions', {
      calendar: { ...body.calendar, ...change },
      note: 'Thử',
    });
  };
  const order = (days: readonly object[]) => () =>
    at('quantri').post('/calendars/sample/orders', {
      notice: { number: '1/TB-THU', issuer: 'Cơ quan thử', issuedOn: '2026-11-02' },
      ...{ year: 2026, complete: true, days, note: 'Thử' },
    });
  const name = { vi: 'Ngày đặt ra để thử', en: 'Made up for this test' };
  const on = (login: string, matter: string, act: string, body?: object) => () =>
    at(login).post(`/directives/${of(matter)}/${act}`, body);
  const handOn = (date: string) => () =>
    on('kt-truong', 'open', 'hand-on', {
      parts: [{ lead: [office.agency('khuyen-nong')], deadline: { date } }],
    })();
  const more = { deadline: { date: '2026-12-10' }, reason: 'Chờ số liệu' };
  const decide = (login: string) => () =>
    at(login).post(`/extension-requests/${of('request')}/decide`, { granted: true });

  const lines: Readonly<Record<string, Refused>> = {
    'rules whose levels lead back to one that was passed': {
      act: putRules(
        'audience: chair, acknowledgeWithin: null',
        'audience: leader-in-charge, acknowledgeWithin: null',
      ),
      ...{ code: 'contradiction', field: 'escalationLevels.value.1.audience', inText: true },
    },
    'rules whose last level names a next one': {
      act: putRules(
        'audience: chair, acknowledgeWithin: null',
        'audience: chair, acknowledgeWithin: { amount: 1, unit: wd }',
      ),
      ...{ code: 'contradiction', field: 'escalationLevels.value.1.acknowledgeWithin', inText: true },
    },
    'rules that inherit themselves': {
      act: putRules('inherits: null', 'inherits: { id: default, version: 2 }'),
      ...{ code: 'inheritance-cycle', field: 'inherits', inText: true },
    },
    'a rung to a role that nobody holds on the first day of the rules': {
      act: putRules("validFrom: '2027-01-01'", "validFrom: '2025-01-01'"),
      ...{ code: 'nobody-holds-role', field: 'ladders.0.rungs.0.to.0', inText: true },
    },
    'a rung to a role that there is not': {
      act: putRules('to: [lead-head, chief-of-office]', 'to: [lead-head, nobody-here]'),
      ...{ code: 'malformed', field: 'ladders.0.rungs.3.to.1', inText: true },
    },
    'a negative time': {
      act: putRules('decideWithin: { amount: 2, unit: wd }', 'decideWithin: { amount: -2, unit: wd }'),
      ...{ code: 'malformed', field: 'extension.value.decideWithin.amount', inText: true },
    },
    'an absurd time': {
      act: putRules('decideWithin: { amount: 2, unit: wd }', 'decideWithin: { amount: 5000, unit: wd }'),
      ...{ code: 'malformed', field: 'extension.value.decideWithin.amount', inText: true },
    },
    'a time of no length': {
      act: putRules('decideWithin: { amount: 2, unit: wd }', 'decideWithin: { amount: 0, unit: wd }'),
      ...{ code: 'malformed', field: 'extension.value.decideWithin.amount', inText: true },
    },
    'a rung on the other side of the deadline than its name': {
      act: putRules('id: T-5\n        offset: { amount: -5', 'id: T-5\n        offset: { amount: 5'),
      ...{ code: 'contradiction', field: 'ladders.0.rungs.0.offset.amount', inText: true },
    },
    'sessions that overlap': {
      act: putCalendar({
        sessions: [
          {
            ...{ from: null, to: null, basis: 'Thử' },
            periods: [
              { opens: '07:30', closes: '11:30' },
              { opens: '11:00', closes: '17:00' },
            ],
          },
        ],
      }),
      ...{ code: 'overlapping-sessions', field: 'sessions[0].periods' },
    },
    'a notice that contradicts another': {
      act: order([{ date: '2026-11-24', kind: 'worked', name }]),
      ...{ code: 'contradicting-day', field: 'days[0].date' },
    },
    'a notice that contradicts itself': {
      act: order([
        { date: '2026-11-27', kind: 'holiday', name },
        { date: '2026-11-27', kind: 'make-up-off', name },
      ]),
      ...{ code: 'duplicate-day', field: 'days[1].date' },
    },
    'more time asked for after the deadline': {
      act: on('kt-cv', 'late', 'request-extension', more),
      ...{ code: 'extension-after-deadline', field: 'deadline' },
    },
    'more time asked for by whom it does not concern': {
      act: on('vhxh-cv', 'open', 'request-extension', more),
      code: 'not-found',
    },
    'more time asked for by the Office': {
      act: on('vanthu', 'open', 'request-extension', more),
      code: 'not-permitted',
    },
    'more time decided by whoever asked': {
      act: decide('kt-cv'),
      ...{ code: 'requester-decides', field: 'requester' },
    },
    'more time decided by another leader': { act: decide('pct-vanxa'), code: 'not-permitted' },
    'a part due after its directive': {
      act: handOn('2026-11-23'),
      ...{ code: 'due-after-parent', field: 'parts[0].deadline.date' },
    },
    'a part due with its directive': {
      act: handOn('2026-11-20'),
      ...{ code: 'due-after-parent', field: 'parts[0].deadline.date' },
    },
    'closing with open parts': {
      act: on('vanthu', 'parent', 'verify'),
      ...{ code: 'open-children', field: 'openChildren' },
    },
    'verifying one’s own report': {
      act: on('vp-cv', 'reported', 'verify'),
      ...{ code: 'verifier-is-reporter', field: 'reporter' },
    },
  };

  it.each(Object.keys(lines))(
    '%s is refused with code, field and reason, and changes nothing',
    async (line) => {
      const { act, code, field, inText } = lines[line] ?? {
        act: () => Promise.reject(new Error(line)),
        code: '',
      };
      const before = await everything();
      const { status, body } = await act();
      const problem = body as Problem;
      const [first] = problem.errors ?? [];
      const said = first ?? { code: problem.code, vi: problem.vi.detail, en: problem.en.detail };
      expect([status >= 400 && status < 500, said.code, first?.field]).toEqual([true, code, field]);
      expect([said.vi.length > 10, said.en.length > 10, said.vi !== said.en]).toEqual([true, true, true]);
      if (inText) expect(first?.line).toBeGreaterThan(1);
      expect(await everything()).toBe(before);
    },
  );
});
