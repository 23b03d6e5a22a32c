/** JSON Schema, as far as a rules document needs it. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** A step down into a document: the name of a member, or an entry of a list. */
export const ENTRY = '[]';

export interface Place {
  /** From the top of the document to what holds the cursor. */
  readonly path: readonly string[];
  /** Whose value stands at the cursor; null: a name does. */
  readonly name: string | null;
  /** Where the word at the cursor begins in its line. */
  readonly from: number;
}

const opened = /^( *)((?:- +)*)(?:(['"]?)([\w+-]+)\3 *:(?: |$))?/;

interface Line {
  /** Columns at which its dashes stand. */
  readonly dashes: readonly number[];
  readonly name: string | null;
  readonly indent: number;
}

function read(text: string): Line | null {
  if (/^\s*(#|$)/.test(text)) return null;
  const [, spaces = '', dashes = '', , name] = opened.exec(text) ?? [];
  const columns = [...dashes.matchAll(/-/g)].map(({ index }) => spaces.length + index);
  return { dashes: columns, name: name ?? null, indent: spaces.length + dashes.length };
}

/** Where in the document a cursor stands, told by how its lines are indented. */
export function placeAt(lines: readonly string[], row: number, column: number): Place {
  const before = (lines[row] ?? '').slice(0, column);
  const path: string[] = [];
  const current = read(before);
  const word = /[\w+-]*$/.exec(before)?.[0] ?? '';
  const from = column - word.length;
  const inside = before.slice(0, before.lastIndexOf('{') + 1);
  const isFlow = inside !== '' && !before.slice(inside.length).includes('}');
  const named = isFlow
    ? /(?:[{,] *)([\w+-]+) *: *[^,{}]*$/.exec(before)?.[1]
    : current?.name != null && /:\s/.test(before)
      ? current.name
      : undefined;
  if (isFlow && current?.name) path.unshift(current.name);
  // A dash may stand as far left as the name of its list.
  let limit = current ? current.indent : column;
  const climb = (dashes: readonly number[]) => {
    for (const dash of [...dashes].reverse()) {
      if (dash >= limit) continue;
      path.unshift(ENTRY);
      limit = dash + 0.5;
    }
  };
  climb(current?.dashes ?? []);
  for (let above = row - 1; above >= 0 && limit > 0; above -= 1) {
    const line = read(lines[above] ?? '');
    if (!line) continue;
    if (line.name !== null && line.indent < limit) {
      path.unshift(line.name);
      limit = line.indent;
    }
    climb(line.dashes);
  }
  return { path, name: named ?? null, from };
}

/** The forms that a schema stands for: references followed, alternatives side by side. */
function forms(schema: Schema | undefined, root: Schema): readonly Schema[] {
  if (!schema) return [];
  if (schema.$ref !== undefined) {
    const found = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    const { title, description } = schema;
    return forms(found, root).map((form) => ({
      ...form,
      ...(title && { title }),
      ...(description && { description }),
    }));
  }
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (alternatives.length === 0) return [schema];
  const { title, description } = schema;
  return alternatives
    .flatMap((one) => forms(one, root))
    .map((form) => ({ ...(title && { title }), ...(description && { description }), ...form }));
}

/** What may stand at a path. */
export function schemasAt(root: Schema, path: readonly string[]): readonly Schema[] {
  return path.reduce<readonly Schema[]>(
    (here, step) =>
      here.flatMap((schema) => forms(step === ENTRY ? schema.items : schema.properties?.[step], root)),
    [root],
  );
}

/** Values that a schema names one by one. */
export function valuesOf(schemas: readonly Schema[]): readonly string[] {
  const named = schemas.flatMap(({ enum: values, const: only, type, items }) => [
    ...(values ?? []),
    ...(only === undefined ? [] : [only]),
    ...(type === 'boolean' ? [true, false] : []),
    ...(type === 'null' ? [null] : []),
    ...(items?.enum ?? []),
  ]);
  return [...new Set(named.map(String))];
}

/** Names that may stand at a path, with what they stand for. */
export function namesOf(root: Schema, schemas: readonly Schema[]): readonly (readonly [string, Schema])[] {
  const all = schemas.flatMap(({ properties }) => Object.entries(properties ?? {}));
  return [...new Map(all)].map(([name, schema]) => [name, forms(schema, root)[0] ?? schema]);
}
