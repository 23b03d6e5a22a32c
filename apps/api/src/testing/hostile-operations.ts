import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { type everyRole } from '../security/access.decorators';
import { describedOperations, fitting, type Description, type Operation } from './described-operations';
import { enterMatters, logInOf, pathOf } from './office-matters';
import {
  formOf,
  hostileForm,
  hostileText,
  hostileValue,
  hostileWords,
  rawSegments,
  type HostileForm,
} from './hostile-values';
import { TestOffice, type Someone } from './test-office';

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
  /** In place of the body. */
  readonly form: HostileForm | null;
  /** In place of the body, as it is sent. */
  readonly text: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string;
}

const inHeader = (text: string): boolean => /^[\x21-\x7e]([\x20-\x7e]{0,300}[\x21-\x7e])?$/.test(text);
const header = hostileValue.filter((value): value is string => typeof value === 'string' && inHeader(value));
const segment = fc
  .oneof(fc.constantFrom(...hostileWords), fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }))
  .filter((text) => !/[\ud800-\udfff]/.test(text) && text !== '' && !/^\.+$/.test(text));

/** Most requests get past the reading of their headers: behind it lies more. */
function mostlyPlain<T extends object>(headers: fc.Arbitrary<T>): fc.Arbitrary<T | Record<string, never>> {
  return fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, headers);
}

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
    other: fc.option(hostileValue, { nil: undefined }),
  });
  const body =
    good === undefined
      ? fc.option(hostileValue, { nil: undefined, freq: 4 })
      : fc
          .array(change, { minLength: 1, maxLength: 3 })
          .map((changes) =>
            changes.reduce<unknown>((value, { place, other }) => replaced(value, place, other), good),
          );
  const query = operation.query.length
    ? fc.dictionary(
        fc.constantFrom(...operation.query.map(({ name }) => name), 'x[y]'),
        hostileValue.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
        { maxKeys: 3 },
      )
    : fc.constant({});
  const path = fc.oneof(
    { weight: 3, arbitrary: fc.constant(pathOf(operation, ours)) },
    segment.map((text) => operation.path.replace(/\{\w+\}/g, () => encodeURIComponent(text))),
    fc.constantFrom(...rawSegments).map((text) => operation.path.replace(/\{\w+\}/g, () => text)),
  );
  const form: fc.Arbitrary<HostileForm | null> = operation.takesFile
    ? fc.option(hostileForm, { freq: 3 })
    : fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, hostileForm);
  const text = fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, hostileText);
  const headers = fc.record(
    {
      'If-Match': header,
      'X-Request-Id': header,
      'Accept-Language': header,
      'User-Agent': header,
      'X-Forwarded-For': header,
      Origin: header,
      Range: header,
      'Content-Encoding': fc.constantFrom('gzip', 'br', 'x', 'identity'),
      'Content-Type': fc.constantFrom(
        'application/json; charset=utf-7',
        'application/json; charset=utf-16le',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'application/x-www-form-urlencoded',
        'text/plain',
        '*/*',
      ),
    },
    { requiredKeys: [] },
  );
  const key = fc.oneof(fc.constant(null), header);
  return fc.record({ path, body, form, text, query, headers: mostlyPlain(headers), key }).map((one) => {
    const search = new URLSearchParams(one.query).toString().slice(0, 4_000);
    return {
      path: search === '' ? one.path : `${one.path}?${search}`,
      body: one.body,
      form: one.form,
      text: one.form === null ? one.text : null,
      headers: one.headers,
      key: one.key ?? randomUUID(),
    };
  });
}

/** What an operation refuses must have changed none of these. Counts of who was not let in and the audit trail are to change. */
const PICTURE = `
  select string_agg(t.relname || md5(query_to_xml(format('select * from %I.%I order by 1, 2', n.nspname, t.relname),
    true, false, '')::text), ' ' order by t.relname) as picture
  from pg_class t join pg_namespace n on n.oid = t.relnamespace
  where n.nspname in ('dondoc', 'workflow') and t.relkind = 'r' and not t.relispartition
    and t.relname not in ('audit_entry', 'audit_origin', 'login_throttle', 'session', 'api_token', 'clock', 'migration',
      'refused_stranger', 'stream_slot')`;

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
        const { status, body } = await sent(who, operation, request);
        requests += 1;
        // A picture of all takes a while: only where something could have changed.
        const after = operation.method === 'GET' ? before : await picture();
        if (status >= 500)
          faults.push(
            `${operation.id}: ${status} ${JSON.stringify(body).slice(0, 200)} to ${shown(request)} (seed ${seed + index}, ${turn})`,
          );
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

const shown = (request: HostileRequest): string => JSON.stringify(request).slice(0, 700);

async function whoMay(office: TestOffice, { access }: Operation): Promise<Someone> {
  if (access === undefined || access === 'public') return office.nobody();
  const [role = 'clerk'] = access as readonly (typeof everyRole)[number][];
  return office.as(logInOf[role]);
}

function sent(who: Someone, { method }: Operation, request: HostileRequest) {
  const { path, body, form, text, headers, key } = request;
  if (method === 'GET' || method === 'DELETE') return who.send<unknown>(method, path, { headers, key });
  if (form) {
    const { 'Content-Type': _, ...others } = headers;
    return who.send<unknown>(method, path, { form: formOf(form), headers: others, key });
  }
  if (text !== null) return who.send<unknown>(method, path, { text, headers, key });
  return who.send<unknown>(method, path, { ...(body !== undefined && { body }), headers, key });
}
