import { type TestOffice } from './test-office';

/** As much of JSON Schema as the API's description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly 'x-access'?: 'public' | readonly string[];
}

/** One operation of the API as its description tells it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With `{id}` for what changes. */
  readonly path: string;
  readonly access: 'public' | readonly string[] | undefined;
  readonly query: readonly Parameter[];
  readonly body: Schema | undefined;
  /** Whether it takes a form with a file. */
  readonly takesFile: boolean;
}

export interface Description {
  readonly operations: readonly Operation[];
  resolve(schema: Schema): Schema;
}

export async function describedOperations(office: TestOffice): Promise<Description> {
  const { body } = await office.nobody().send<{
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, Schema> };
  }>('GET', '/api/openapi.json');
  const operations = Object.entries(body.paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({
        id: described.operationId,
        method: method.toUpperCase(),
        path,
        access: described['x-access'],
        query: (described.parameters ?? []).filter((parameter) => parameter.in === 'query'),
        body: described.requestBody?.content['application/json']?.schema,
        takesFile: described.requestBody?.content['multipart/form-data'] !== undefined,
      })),
    );
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : resolve(body.components.schemas[name] ?? {});
  };
  return { operations, resolve };
}

/** A value that fits a schema as far as one can tell; the example that the description gives, where there is one. */
export function fitting({ resolve }: Pick<Description, 'resolve'>, schema: Schema, depth = 0): unknown {
  const found = resolve(schema);
  if (found.example !== undefined) return found.example;
  if (found.examples?.[0] !== undefined) return found.examples[0];
  if (found.const !== undefined) return found.const;
  if (found.enum) return found.enum[0];
  const choice = found.anyOf?.[0] ?? found.oneOf?.[0] ?? found.allOf?.[0];
  if (choice) return fitting({ resolve }, choice, depth);
  if (depth > 6) return null;
  switch (Array.isArray(found.type) ? (found.type[0] as string) : found.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(found.properties ?? {})
          .filter(([name]) => found.required?.includes(name))
          .map(([name, member]) => [name, fitting({ resolve }, member, depth + 1)]),
      );
    case 'array':
      return Array.from({ length: Math.min(found.minItems ?? 1, 3) }, () =>
        fitting({ resolve }, found.items ?? {}, depth + 1),
      );
    case 'integer':
    case 'number':
      return found.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return fittingText(found);
  }
}

function fittingText({ format, minLength = 1 }: Schema): string {
  switch (format) {
    case 'uuid':
      return '019a0000-0000-7000-8000-000000000000';
    case 'date':
      return '2026-12-01';
    case 'date-time':
      return '2026-12-01T00:00:00Z';
    default:
      return 'chữ'.padEnd(minLength, '.');
  }
}
