import { type ClientBase, type Connection, type Submittable } from 'pg';

/** A statement that each connection prepares once, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** One execution of a statement. Values travel as PostgreSQL's own text of them; `null` is SQL's. */
export interface Step {
  readonly statement: Statement;
  readonly values: readonly (string | null)[];
}

export const step = (statement: Statement, ...values: readonly (string | null)[]): Step => ({
  statement,
  values,
});

/** What one step brought: its rows as text, and the command that PostgreSQL says it has carried out. */
export interface StepResult {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly command: string;
}

/** The part of the driver's connection that speaks the extended protocol; its types lag behind it. */
interface WireConnection {
  readonly stream: { cork(): void; uncork(): void };
  parse(query: { name: string; text: string; types: number[] }): void;
  bind(query: { statement: string; values: readonly (string | null)[] }): void;
  execute(): void;
  close(statement: { type: 'S'; name: string }): void;
  sync(): void;
}

const prepared = new WeakMap<WireConnection, Set<string>>();

/**
 * Several prepared statements in one round trip. Between two of them PostgreSQL waits for nobody, and unless one of
 * them begins a transaction they are one transaction together.
 */
class StatementBatch implements Submittable {
  private readonly results: StepResult[] = [];
  private rows: (readonly (string | null)[])[] = [];
  private error: Error | null = null;

  constructor(
    private readonly steps: readonly Step[],
    private readonly resolve: (results: readonly StepResult[]) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  submit(to: Connection): void {
    const connection = to as unknown as WireConnection;
    const known = prepared.get(connection) ?? new Set<string>();
    prepared.set(connection, known);
    connection.stream.cork();
    for (const { statement, values } of this.steps) {
      const { name, text } = statement;
      if (!known.has(name)) {
        // A failed batch leaves it open which statements were prepared: closing one that is not there is no error.
        connection.close({ type: 'S', name });
        connection.parse({ name, text, types: [] });
        known.add(name);
      }
      connection.bind({ statement: name, values });
      connection.execute();
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.rows.push(fields);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.results.push({ rows: this.rows, command: text });
    this.rows = [];
  }

  handleError(error: Error, connection: Connection): void {
    this.error = error;
    // Also the plan may be what failed: the next batch prepares anew.
    prepared.delete(connection as unknown as WireConnection);
    this.reject(error);
  }

  handleReadyForQuery(): void {
    if (this.error === null) this.resolve(this.results);
  }

  handleEmptyQuery(): void {
    this.results.push({ rows: [], command: '' });
  }

  handleRowDescription(): void {
    // Never asked for: whoever wrote the statement knows its columns.
  }
}

/** Runs the steps in order, in one round trip. @throws the error of the first step that failed; later ones did not run */
export function runBatch(client: ClientBase, steps: readonly Step[]): Promise<readonly StepResult[]> {
  return new Promise((resolve, reject) => {
    client.query(new StatementBatch(steps, resolve, reject));
  });
}
