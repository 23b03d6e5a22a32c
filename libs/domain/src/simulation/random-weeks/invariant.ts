import { type InstanceRecord, type Instant } from '@dondoc/workflow';
import { type MessageSubject, readPayload } from '../../lifecycles/message-payload';
import { type DeliveredMessage } from '../timeline';
import { type PlayedWeek } from './played-week';

/** What an invariant found: how much it had to judge, and what is not as it has to be, in words. */
export interface Finding {
  readonly judged: number;
  readonly broken: readonly string[];
}

export const nothing: Finding = { judged: 0, broken: [] };

export type Invariant = (week: PlayedWeek) => Finding;

/** All of these have to hold. */
export function each<T>(all: readonly T[], holds: (one: T) => boolean, say: (one: T) => string): Finding {
  return { judged: all.length, broken: all.filter((one) => !holds(one)).map(say) };
}

export function together(findings: readonly Finding[]): Finding {
  return {
    judged: findings.reduce((sum, { judged }) => sum + judged, 0),
    broken: findings.flatMap(({ broken }) => broken),
  };
}

/** An instance with what it keeps, as its lifecycle types it. */
export interface Kept<TContext> {
  readonly id: string;
  readonly context: TContext;
  readonly value: unknown;
  readonly isOpen: boolean;
  readonly startedAt: Instant;
}

export function keptIn<TContext>(
  instances: readonly InstanceRecord[],
  lifecycle: string,
): readonly Kept<TContext>[] {
  return instances
    .filter((one) => one.lifecycle === lifecycle)
    .map(({ id, snapshot, status, startedAt }) => ({
      id,
      context: snapshot.context as unknown as TContext,
      value: snapshot.value,
      isOpen: status === 'active',
      startedAt,
    }));
}

/** What one instance has told of a subject, in order. */
export function toldBy(
  week: PlayedWeek,
  instance: string,
  ...subjects: readonly MessageSubject[]
): readonly DeliveredMessage[] {
  return week.messages.filter(
    (message) => message.instance === instance && subjects.includes(readPayload(message.payload).subject),
  );
}

/** An instant for a person who reads why a week is broken. */
export const on = (at: Instant): string => new Date(at).toISOString();
