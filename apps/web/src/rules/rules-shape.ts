import type { components } from '../api/schema';

/** Working rules as the page shows them: what the API's schema says, as far as it is drawn here. */
export interface LegalBasis {
  readonly text: string;
  readonly document: string | null;
  readonly article: string | null;
  readonly verified: boolean;
}

export interface Stated {
  readonly article: string;
  readonly legalBasis: LegalBasis;
}

export interface Both {
  readonly vi: string;
  readonly en: string;
}

export interface RuleDuration {
  readonly amount: number;
  readonly unit: string;
}

export interface Rung extends Stated {
  readonly id: string;
  readonly offset: RuleDuration;
  readonly kind?: string;
  readonly to: readonly string[];
  readonly channels: readonly string[];
  readonly demand: Both;
}

export interface Ladder {
  readonly id: string;
  readonly title: Both;
  readonly kinds: readonly string[];
  readonly urgency: readonly string[];
  readonly rungs: readonly Rung[];
}

export interface Setting extends Stated {
  readonly value: unknown;
}

export interface PeriodicReport extends Stated {
  readonly id: string;
  readonly title: Both;
  readonly every: string;
  readonly due: unknown;
}

export type RulesVersion = components['schemas']['RulesVersionDto'];
export type RulesListed = components['schemas']['RulesVersionsDto']['items'][number];
export type RulesCheck = components['schemas']['RulesCheckDto'];
export type RulesPreview = components['schemas']['RulesPreviewDto'];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasValue = (value: unknown): value is Setting =>
  isObject(value) && 'value' in value && 'article' in value && 'legalBasis' in value;

/** Every value that stands beside its article, in the order of the document. */
export function settingsOf(rules: RulesVersion['rules']): readonly (readonly [string, Setting])[] {
  return Object.entries(rules).filter((entry): entry is [string, Setting] => hasValue(entry[1]));
}

export const laddersOf = (rules: RulesVersion['rules']): readonly Ladder[] =>
  (rules.ladders ?? []) as readonly Ladder[];

export const reportsOf = (rules: RulesVersion['rules']): readonly PeriodicReport[] =>
  (rules.periodicReports ?? []) as readonly PeriodicReport[];

/** A setting that has rungs of its own: verification, explanation. */
export function rungsWithin({ value }: Setting): readonly Rung[] {
  return isObject(value) && Array.isArray(value.rungs) ? (value.rungs as readonly Rung[]) : [];
}

export function isDuration(value: unknown): value is RuleDuration {
  return isObject(value) && typeof value.amount === 'number' && typeof value.unit === 'string';
}

export { isObject };
