import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { type everyRole } from '../security/access.decorators';
import { describedOperations, fitting, type Description, type Operation } from './described-operations';
import { enterMatters, logInOf, pathOf } from './office-matters';
import { TestOffice, type Someone } from './test-office';

const words = [
  `'; drop table dondoc.person; --`,
  `' or '1'='1`,
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\u202e\u200b\ufeff',
  'ạ̈̈̈̈'.repeat(50),
  'x'.repeat(20_000),
  '\r\nSet-Cookie: dondoc_session=x',
  '../../../../etc/passwd',
  '..%2f..%2f',
  `=cmd|' /C calc'!A0`,
  '@SUM(1+1)*cmd',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '%00%ff%s%n',
  '9999-99-99',
  '2026-02-30',
  '+275760-09-14T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  '',
  ' ',
] as const;

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...words) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.constantFrom<unknown>(null, true, -1, 0, 2 ** 53, -(2 ** 31) - 1, 1e308, 0.1, [], {}, [[[[]]]]),
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .integer({ min: 70, max: 400 })
    .map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
  fc.constant(JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": 1}}') as unknown),
  fc.integer({ min: 100, max: 1_500 }).map((length) => Array.from({ length }, () => 'x')),
);

type Place = readonly (string | number)[];

function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  const members = Object.entries(value) as [string, unknown][];
  return [at, ...members.flatMap(([key, member]) => placesOf(member, [...at, key]))];
}

/** The value with another one at a place; `undefined` takes away what is there. */
function replaced(value: unknown, [key, ...rest]: Place, other: unknown): unknown {
  if (key === undefined) return other;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as object) };
  const member = copy as Record<string | number, unknown>;
  member[key] = replaced(member[key], rest, other);
  return copy;
}

/** One request that is meant to harm. */
export interface HostileRequest {
  readonly path: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
}

const inHeader = (text: string): boolean => /^[\x21-\x7e]([\x20-\x7e]{0,300}[\x21-\x7e])?$/.test(text);
const header = hostile.filter((value): value is string => typeof value === 'string' && inHeader(value));
const segment = fc
  .oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }))
  .filter((text) => !/[\ud800-\udfff]/.test(text) && text !== '' && !/^\.+$/.test(text));

/** Requests of one operation: mostly fitting, and wrong in a few places. */
export function hostileRequests(
  description: Description,
  operation: Operation,
  ours: ReadonlyMap<string, string>,
): fc.Arbitrary<HostileRequest> {
  const good = operation.body === undefined ? undefined : fitting(description, operation.body);
  const places = placesOf(good);
  const change = fc.record({
    place: fc.constantFrom(...places),
    other: fc.option(hostile, { nil: undefined }),
  });
  const body =
    good === undefined
      ? fc.option(hostile, { nil: undefined, freq: 4 })
      : fc
          .array(change, { minLength: 1, maxLength: 3 })
          .map((changes) =>
            changes.reduce<unknown>((value, { place, other }) => replaced(value, place, other), good),
          );
  const query = operation.query.length
    ? fc.dictionary(
        fc.constantFrom(...operation.query.map(({ name }) => name), 'x[y]'),
        hostile.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
        { maxKeys: 3 },
      )
    : fc.constant({});
  const path = fc.oneof(
    { weight: 3, arbitrary: fc.constant(pathOf(operation, ours)) },
    segment.map((text) => operation.path.replace(/\{\w+\}/g, () => encodeURIComponent(text))),
  );
  const headers = fc.record(
    { 'If-Match': header, 'X-Request-Id': header, 'Accept-Language': header, 'User-Agent': header },
    { requiredKeys: [] },
  );
  return fc.record({ path, body, query, headers, key: fc.oneof(fc.constant(null), header) }).map((one) => {
    const search = new URLSearchParams(one.query).toString().slice(0, 4_000);
    return {
      path: search === '' ? one.path : `${one.path}?${search}`,
      body: one.body,
      headers: one.headers,
      key: one.key ?? randomUUID(),
    };
  });
}

/** What an operation refuses must have changed none of these. Counts of failed log-ins and the audit trail are to change. */
const PICTURE = `
  select string_agg(t.relname || md5(query_to_xml(format('select * from %I.%I order by 1, 2', n.nspname, t.relname),
    true, false, '')::text), ' ' order by t.relname) as picture
  from pg_class t join pg_namespace n on n.oid = t.relnamespace
  where n.nspname in ('dondoc', 'workflow') and t.relkind = 'r' and not t.relispartition
    and t.relname not in ('audit_entry', 'audit_origin', 'login_throttle', 'session', 'api_token', 'clock', 'migration')`;

/** Would take the ground from under the requests that follow. */
const ending = /\/auth\/(logout|openid)|\/sandbox\/|\/auth\/accounts\/\{id\}\/(disable|renew)/;

export interface HostileRun {
  readonly operations: number;
  readonly requests: number;
  readonly refused: number;
  /** Of requests that were answered as none may be. */
  readonly faults: readonly string[];
}

/**
 * Sends every operation requests that are meant to harm. None may be answered by a failure of the server, and none that is
 * refused may have changed anything.
 */
export async function runHostileOperations(seed: number, perOperation: number): Promise<HostileRun> {
  const office = await TestOffice.open();
  const source = new DataSource({ type: 'postgres', url: office.database.superuserUrl, poolSize: 1 });
  await source.initialize();
  const picture = async () => JSON.stringify(await source.query<unknown>(PICTURE));
  const faults: string[] = [];
  let [requests, refused] = [0, 0];
  try {
    const description = await describedOperations(office);
    const ours = await enterMatters(office);
    const operations = description.operations.filter(({ path }) => !ending.test(path));
    let before = await picture();
    for (const [index, operation] of operations.entries()) {
      const who = await whoMay(office, operation);
      const made = fc.sample(hostileRequests(description, operation, ours), {
        seed: seed + index,
        numRuns: perOperation,
      });
      for (const [turn, request] of made.entries()) {
        const { status } = await sent(who, operation, request);
        requests += 1;
        // A picture of all takes a while: only where something could have changed.
        const after = operation.method === 'GET' ? before : await picture();
        if (status >= 500)
          faults.push(`${operation.id}: ${status} to ${shown(request)} (seed ${seed + index}, ${turn})`);
        if (status >= 400) {
          refused += 1;
          if (after !== before)
            faults.push(`${operation.id}: ${status}, and something changed, by ${shown(request)}`);
        }
        before = after;
      }
    }
    return { operations: operations.length, requests, refused, faults };
  } finally {
    await source.destroy();
    await office.end();
  }
}

const shown = (request: HostileRequest): string => JSON.stringify(request).slice(0, 600);

async function whoMay(office: TestOffice, { access }: Operation): Promise<Someone> {
  if (access === undefined || access === 'public') return office.nobody();
  const [role = 'clerk'] = access as readonly (typeof everyRole)[number][];
  return office.as(logInOf[role]);
}

function sent(who: Someone, { method }: Operation, { path, body, headers, key }: HostileRequest) {
  const hasBody = method !== 'GET' && body !== undefined;
  return who.send(method, path, { ...(hasBody && { body }), headers, key });
}
