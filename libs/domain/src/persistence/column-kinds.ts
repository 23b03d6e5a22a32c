import { type ColumnOptions, type ValueTransformer } from 'typeorm';

const milliseconds: ValueTransformer = {
  from: (value: Date | null) => (value === null ? null : value.getTime()),
  to: (value: unknown) => (typeof value === 'number' ? new Date(value) : value),
};

/** An instant: milliseconds since the epoch (UTC) in code, `timestamptz(3)` in the table. */
export const instant = {
  type: 'timestamptz',
  precision: 3,
  transformer: milliseconds,
} satisfies ColumnOptions;

export const instantOrNull = { ...instant, nullable: true } satisfies ColumnOptions;

/** A civil date 'YYYY-MM-DD'; whoever reads it knows the zone. */
export const civilDate = { type: 'date' } satisfies ColumnOptions;
export const civilDateOrNull = { type: 'date', nullable: true } satisfies ColumnOptions;

export const text = { type: 'text' } satisfies ColumnOptions;
export const textOrNull = { type: 'text', nullable: true } satisfies ColumnOptions;
export const id = { type: 'uuid' } satisfies ColumnOptions;
export const idOrNull = { type: 'uuid', nullable: true } satisfies ColumnOptions;
export const idList = { type: 'uuid', array: true } satisfies ColumnOptions;
