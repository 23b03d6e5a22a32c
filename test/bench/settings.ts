import { availableParallelism, cpus } from 'node:os';
import { type DataSource } from 'typeorm';

/** What a figure was measured on; printed with it, since absolutes mean nothing alone. */
export async function settings(dataSource: DataSource): Promise<Record<string, string | number>> {
  const rows = await dataSource.query<{ name: string; setting: string }[]>(
    `select name, setting from pg_settings
     where name in ('server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'jit') order by name`,
  );
  return {
    node: process.versions.node,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    ...Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
  };
}

export interface BenchResult {
  readonly name: string;
  /** Median over the runs. */
  readonly figure: number;
  readonly unit: string;
  /** Median of the limit measured in the same process, in turn with the figure. */
  readonly limit: number;
  /** Median of figure / limit, run by run. */
  readonly ratio: number;
  readonly runs: readonly { readonly figure: number; readonly limit: number }[];
  readonly settings: Record<string, string | number>;
  readonly detail: Record<string, unknown>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function summary(
  name: string,
  unit: string,
  runs: BenchResult['runs'],
  environment: Record<string, string | number>,
  detail: Record<string, unknown>,
): BenchResult {
  const round = (value: number): number => Number(value.toPrecision(4));
  return {
    name,
    figure: round(median(runs.map(({ figure }) => figure))),
    unit,
    limit: round(median(runs.map(({ limit }) => limit))),
    ratio: round(median(runs.map(({ figure, limit }) => figure / limit))),
    runs: runs.map(({ figure, limit }) => ({ figure: round(figure), limit: round(limit) })),
    settings: environment,
    detail,
  };
}
