import { type Caller } from '@dondoc/domain/accounts/caller';
import { countByState, listDirectives, type DirectiveQuery } from '@dondoc/domain/directives/directive-list';
import { digestFacts } from '@dondoc/domain/messages/digest-facts';
import { meetingDigest } from '@dondoc/domain/messages/composition/digest-sections';
import { sampleId, sampleOrganization } from '@dondoc/domain/organizations/sample-office';
import { courseOfWork, totalsOf } from '@dondoc/domain/totals/totals.service';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { comparison, measure, type BenchResult, type Measured } from './comparison';
import { emptyDirectives, fillDirectives } from './many-directives';
import { type BenchOptions } from './settings';
import { quantiles } from './timer-worker';
import { preciseNow, type Workbench } from './workbench';

/** How often each query is asked in one run at most, and at least. */
const ROUNDS = 40;
const FEWEST = 3;

interface Asked {
  readonly name: string;
  run(tx: PostgresWork): Promise<unknown>;
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const caller = (offices: Caller['offices'], login: string): Caller => ({
  organization: sampleOrganization,
  zone: 'Asia/Ho_Chi_Minh',
  account: sampleId('account', login),
  person: sampleId('person', login),
  name: login,
  offices,
});
const clerk = caller([{ role: 'clerk', agency: null, ofOffice: false, onBehalfOf: null }], 'vanthu');
const staff = caller(
  [{ role: 'staff', agency: sampleId('agency', 'kinh-te'), ofOffice: false, onBehalfOf: null }],
  'kt-cv',
);

const listed = (name: string, query: Partial<DirectiveQuery>, who = clerk): Asked => ({
  name,
  run: (tx) => listDirectives(tx, who, { limit: 50, ...query }),
});

/** What pages ask: lists with every kind of filter at their beginning and at their end, search, totals, the meeting's digest. */
function questions(last: Readonly<Record<'assigned' | 'due', DirectiveQuery['after']>>): readonly Asked[] {
  return [
    listed('list: newest', {}),
    listed('list: newest, last page', { after: last.assigned }),
    listed('list: open, by deadline', { order: 'due', open: true }),
    listed('list: by deadline, last page', { order: 'due', after: last.due }),
    listed('list: overdue', { lateness: 'overdue', open: true, order: 'due' }),
    listed('list: near due', { lateness: 'near-due', open: true, order: 'due' }),
    listed('list: without a deadline', { lateness: 'no-deadline' }),
    listed('list: to verify', { state: 'reported' }),
    listed('list: of one lead', { lead: sampleId('agency', 'kinh-te') }),
    listed('list: of one agency, for its staff', { open: true, order: 'due' }, staff),
    listed('list: newest, for staff', {}, staff),
    listed('search: common words', { q: 'sat lo' }),
    listed('search: rare words', { q: 'thôn 1234' }),
    listed('search: nothing found', { q: 'khong co chu nay' }),
    listed('search: number of a document', { q: '77/tb-ubnd' }),
    { name: 'board: how many in each state', run: (tx) => countByState(tx, clerk, {}) },
    { name: 'totals', run: (tx) => totalsOf(tx, clerk) },
    { name: 'totals, for staff', run: (tx) => totalsOf(tx, staff) },
    { name: 'course of twelve months', run: (tx) => courseOfWork(tx, clerk, 'month') },
    { name: 'digest of the meeting', run: async (tx) => meetingDigest(await digestFacts(tx), 200) },
  ];
}

/** The transaction, keeping what is asked through it. */
function watched(tx: PostgresWork, statements: Statement[]): PostgresWork {
  return new Proxy(tx, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      if (name !== 'query') return member.bind(target) as unknown;
      return (sql: string, parameters: readonly unknown[] = []) => {
        statements.push({ sql, parameters });
        return target.query(sql, [...parameters]);
      };
    },
  });
}

const ask = (bench: Workbench, asked: Asked, statements: Statement[] = []): Promise<unknown> =>
  bench.api.runtime.transaction(bench.subject.organization, async (tx) => {
    await asked.run(watched(tx, statements));
    return null;
  });

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = preciseNow();
  await work();
  return preciseNow() - began;
}

interface PlanNode {
  readonly Plans?: readonly PlanNode[];
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
}

/** Rows of tables that a plan looked at, whether or not they were wanted. */
function rowsRead(node: PlanNode): number {
  const below = (node.Plans ?? []).reduce((sum, plan) => sum + rowsRead(plan), 0);
  if (node['Relation Name'] === undefined) return below;
  const each = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0);
  return below + each * (node['Actual Loops'] ?? 1);
}

async function readBy(bench: Workbench, statements: readonly Statement[]): Promise<number> {
  let rows = 0;
  await bench.api.runtime.transaction(bench.subject.organization, async (tx) => {
    for (const { sql, parameters } of statements) {
      const [row] = await tx.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
        `explain (analyze, format json) ${sql}`,
        [...parameters],
      );
      const plan = row?.['QUERY PLAN'][0]?.Plan;
      if (plan) rows += rowsRead(plan);
    }
    return null;
  });
  return Math.round(rows);
}

/** The owner of the tables is let past the walls for as long as the limit is measured. */
async function withoutWalls<T>({ owner }: Workbench, work: () => Promise<T>): Promise<T> {
  const walls = (how: string) =>
    owner.query(`do $$ declare t record; begin
      for t in select c.oid::regclass as name from pg_class c
        where c.relnamespace = 'dondoc'::regnamespace and c.relkind = 'r' and c.relrowsecurity
      loop execute format('alter table %s ${how} row level security', t.name); end loop; end $$`);
  await walls('no force');
  try {
    return await work();
  } finally {
    await walls('force');
  }
}

interface Told {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly plain: { readonly p50: number; readonly p99: number };
  readonly ratio: number;
  readonly rowsRead: number;
}

async function measureOne(bench: Workbench, asked: Asked, mostMs: number): Promise<Told> {
  const statements: Statement[] = [];
  await ask(bench, asked, statements);
  const [figures, limits]: [number[], number[]] = [[], []];
  const until = preciseNow() + mostMs;
  for (let round = 0; round < ROUNDS && (round < FEWEST || preciseNow() < until); round++) {
    limits.push(
      await timed(async () => {
        for (const { sql, parameters } of statements) await bench.owner.query(sql, [...parameters]);
      }),
    );
    figures.push(await timed(() => ask(bench, asked)));
  }
  const [figure, limit] = [quantiles(figures), quantiles(limits)];
  return {
    name: asked.name,
    ...{ p50: figure.p50, p99: figure.p99, plain: { p50: limit.p50, p99: limit.p99 } },
    ratio: Number((figure.p50 / limit.p50).toFixed(2)),
    rowsRead: await readBy(bench, statements),
  };
}

/** The mark before the last page of each order: what comes after it is as many as a page holds. */
async function lastMarks(bench: Workbench) {
  const mark = async (column: string, turn: string) => {
    const [row] = await bench.owner.query<{ at: string; id: string }[]>(
      `select floor(extract(epoch from ${column}) * 1000)::bigint::text as at, id from dondoc.directive
       where organization_id = $1 and ${column} < 'infinity' order by ${column} ${turn}, id ${turn} limit 1 offset 50`,
      [bench.subject.organization],
    );
    return row && { at: Number(row.at), id: row.id };
  };
  return { assigned: await mark('assigned_at', 'asc'), due: await mark('deadline_at', 'desc') };
}

async function measureAll(bench: Workbench, { instances: count, runs, seconds }: BenchOptions) {
  const now = Math.floor(preciseNow() + (await bench.clockOffset()));
  await emptyDirectives(bench.owner);
  await fillDirectives(bench.owner, count, now);
  try {
    return await withoutWalls(bench, async () => {
      const asked = questions(await lastMarks(bench));
      const told: { readonly figure: Measured; readonly limit: Measured }[] = [];
      for (let run = 0; run < runs; run++) {
        const queries: Told[] = [];
        for (const one of asked) queries.push(await measureOne(bench, one, (seconds * 1_000) / asked.length));
        const sum = (of: (query: Told) => number) => queries.reduce((all, query) => all + of(query), 0);
        told.push({
          figure: { value: sum(({ p50 }) => p50), detail: { queries } },
          limit: { value: sum(({ plain }) => plain.p50), detail: {} },
        });
      }
      return told;
    });
  } finally {
    await emptyDirectives(bench.owner);
  }
}

/** What people's pages ask of one organization among others, beside the same statements without walls and transaction. */
export function queries(options: BenchOptions): Promise<BenchResult> {
  return measure(
    {
      name: 'queries',
      unit: 'ms (all queries once, the median of each; less is better)',
      poolSize: 2,
      compare: async (bench, given) =>
        comparison(await measureAll(bench, given), {
          limit:
            'the same statements by the owner of the tables, past row security, in no transaction of their own',
        }),
    },
    { ...options, lifecycle: 'directive' },
  );
}
