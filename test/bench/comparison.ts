import { sampleSubject } from './sample.subject';
import { settings, type BenchOptions, type Settings, type SubjectName } from './settings';
import { directiveSubject } from './directive.subject';
import { Workbench } from './workbench';

/** A figure beside the limit that was measured in the same process, in turn with it. */
export interface Comparison {
  /** Median over the runs. */
  readonly figure: number;
  readonly limit: number;
  /** Median of figure / limit, run by run. */
  readonly ratio: number;
  readonly runs: readonly { readonly figure: number; readonly limit: number }[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface BenchResult extends Comparison {
  readonly name: string;
  readonly unit: string;
  readonly settings: Settings;
}

/** What a run measured: the number that is compared, and what else is worth telling. */
export interface Measured {
  readonly value: number;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Bench {
  readonly name: string;
  readonly unit: string;
  readonly poolSize: number;
  compare(bench: Workbench, options: BenchOptions): Promise<Comparison>;
  /** Of so many instances, how many a run with directives beside the judged one takes: all, unless said otherwise. */
  directives?(instances: number): number;
}

const round = (value: number): number => Number(value.toPrecision(4));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** So many runs of both, changing which goes first: what slowly gets better or worse meets both alike. */
export async function inTurn<T>(
  runs: number,
  figure: () => Promise<T>,
  limit: () => Promise<T>,
): Promise<readonly { readonly figure: T; readonly limit: T }[]> {
  const pairs: { figure: T; limit: T }[] = [];
  for (let run = 0; run < runs; run++) {
    if (run % 2 === 0) {
      const first = await limit();
      pairs.push({ limit: first, figure: await figure() });
    } else {
      const first = await figure();
      pairs.push({ figure: first, limit: await limit() });
    }
  }
  return pairs;
}

export function comparison(
  pairs: readonly { readonly figure: Measured; readonly limit: Measured }[],
  detail: Readonly<Record<string, unknown>> = {},
): Comparison {
  const runs = pairs.map(({ figure, limit }) => ({ figure: figure.value, limit: limit.value }));
  return {
    figure: round(median(runs.map(({ figure }) => figure))),
    limit: round(median(runs.map(({ limit }) => limit))),
    ratio: round(median(runs.map(({ figure, limit }) => figure / limit))),
    runs: runs.map(({ figure, limit }) => ({ figure: round(figure), limit: round(limit) })),
    detail: {
      ...detail,
      figure: pairs.map(({ figure }) => figure.detail),
      limit: pairs.map(({ limit }) => limit.detail),
    },
  };
}

const subjects = { sample: sampleSubject, directive: directiveSubject };

/** Measures with the sample, which is judged, and with directives, which are reported beside it. */
export async function measure(bench: Bench, options: BenchOptions): Promise<BenchResult> {
  const { name, unit, poolSize } = bench;
  const on = async (subject: SubjectName, given: BenchOptions) => {
    const workbench = await Workbench.open(subjects[subject], poolSize);
    try {
      return { compared: await bench.compare(workbench, given), settings: await settings(workbench) };
    } finally {
      await workbench.close();
    }
  };
  const judged = await on(options.lifecycle === 'directive' ? 'directive' : 'sample', options);
  let beside: object | null = null;
  if (options.lifecycle === 'both') {
    const instances = bench.directives?.(options.instances) ?? options.instances;
    const { compared } = await on('directive', { ...options, runs: 1, instances });
    beside = { ...compared, detail: { instances, ...compared.detail } };
  }
  const { detail, ...figures } = judged.compared;
  return {
    name,
    unit,
    ...figures,
    settings: judged.settings,
    detail: { ...options, ...detail, ...(beside && { directive: beside }) },
  };
}
