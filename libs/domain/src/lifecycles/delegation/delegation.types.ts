import { type Instant } from '@dondoc/workflow';
import { type CivilDate } from '../../working-time/civil-date';

/** Ủy quyền: on these dates, both included, what would reach `from` reaches `to`, who acts in their place. */
export interface DelegationInput {
  readonly from: string;
  readonly to: string;
  readonly start: CivilDate;
  readonly end: CivilDate;
  /** The first instant of `start` and the first one after `end`, in the zone of the organization. */
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly reason: string | null;
  /** Whoever gave it: the absent person, or an administrator. */
  readonly givenBy: string;
}

export interface DelegationContext extends DelegationInput {
  /** How it ended before its time; null while it did not. */
  readonly endedEarly: { readonly at: Instant; readonly by: string; readonly reason: string | null } | null;
}

export type DelegationEvent = { readonly at: Instant } & {
  readonly type: 'end';
  readonly by: string;
  readonly reason: string | null;
};

type WithoutAt<TEvent> = TEvent extends unknown ? Omit<TEvent, 'at'> : never;
export type DelegationEventToSend = WithoutAt<DelegationEvent>;

export const delegationStates = ['given', 'in-force', 'over'] as const;
export type DelegationState = (typeof delegationStates)[number];
