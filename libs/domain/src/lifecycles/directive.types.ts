import { type Instant } from '@dondoc/workflow';
import { type PlannedRung } from '../working-rules/climb';
import { type DirectiveKind, type Urgency } from '../working-rules/working-rules';
import { type CivilDate } from '../working-time/civil-date';
import { type LadderProgress } from './ladder-region';

/** A deadline that was set once, with all that explains it. Instants are milliseconds since the epoch. */
export interface DeadlineInForce {
  /** From this instant on an unreported directive is overdue. */
  readonly at: Instant;
  readonly nearDueAt: Instant;
  /** The literal words it came from; null when a person gave only a date. */
  readonly phrase: string | null;
  /** How the words became the instant, for people. */
  readonly basis: string | null;
  /** `id@version` of the working calendar it was counted with. */
  readonly calendar: string;
  /** Articles of the working rules for the crossings of region `time`. */
  readonly articles: { readonly nearDue: string; readonly overdue: string };
}

/** Văn bản báo cáo kết quả. */
export interface ResultDocument {
  readonly number: string;
  readonly date: CivilDate;
  readonly summary: string;
  /** Id of the stored file; null when the document is on paper only. */
  readonly file: string | null;
}

/** What is known when a directive goes to its lead. Ids are those of the directory. */
export interface DirectiveInput {
  readonly lead: string;
  readonly coordinating: readonly string[];
  readonly assigningLeader: string | null;
  readonly trackingOfficer: string | null;
  readonly field: string | null;
  readonly kind: DirectiveKind;
  readonly urgency: Urgency;
  /** Date of the notice or order: no deadline lies before it. */
  readonly sourceDate: CivilDate;
  /** `id@version` of the working rules it lives under. */
  readonly rules: string;
  readonly assignedAt: Instant;
  /** End of the time to return it; silence beyond is acceptance. */
  readonly returnBy: Instant;
  readonly deadline: DeadlineInForce | null;
  readonly rungs: readonly PlannedRung[];
  /** Rungs left to the summary of what was due before the rules were enforced. */
  readonly summarized: readonly string[];
}

/** An escalation of this directive that nobody has decided yet. */
export interface OpenEscalation {
  readonly id: string;
  readonly rung: string;
}

export interface DirectiveContext extends Omit<DirectiveInput, 'rungs'> {
  /** The first deadline it ever had: extensions never erase it. */
  readonly originalDeadline: Instant | null;
  readonly ladder: LadderProgress;
  readonly escalations: readonly OpenEscalation[];
  /** Of the report that awaits verification or was accepted. */
  readonly reportedBy: string | null;
  readonly submittedAt: Instant | null;
}

/** `by` is always the id of the person; everything else was resolved before sending (see `directive-acts`). */
export type DirectiveEvent = { readonly at: Instant } & (
  | { readonly type: 'accept'; readonly by: string }
  | {
      readonly type: 'return';
      readonly by: string;
      readonly reason: string;
      readonly proposedAgency: string | null;
    }
  | {
      readonly type: 'reassign';
      readonly by: string;
      readonly reason: string | null;
      readonly lead: string;
      readonly coordinating: readonly string[];
      readonly assignedAt: Instant;
      readonly returnBy: Instant;
      /** The deadline in force from now on: the one it had, or a new one. */
      readonly deadline: DeadlineInForce | null;
      readonly rungs: readonly PlannedRung[];
      readonly summarized: readonly string[];
    }
  | ({ readonly type: 'set-deadline'; readonly by: string } & NewDeadline)
  | ({ readonly type: 'extend'; readonly by: string; readonly reason: string } & NewDeadline)
  | { readonly type: 'urge'; readonly by: string; readonly note: string; readonly article: string | null }
  | { readonly type: 'report'; readonly by: string; readonly result: ResultDocument }
  | { readonly type: 'verify'; readonly by: string }
  | {
      readonly type: 'send-back';
      readonly by: string;
      readonly reason: string;
      readonly rungs: readonly PlannedRung[];
      readonly summarized: readonly string[];
    }
  | { readonly type: 'cancel'; readonly by: string; readonly reason: string }
  | { readonly type: 'escalation-raised'; readonly escalation: string; readonly rung: string }
  | { readonly type: 'escalation-decided'; readonly escalation: string }
);

export interface NewDeadline {
  readonly deadline: DeadlineInForce;
  readonly rungs: readonly PlannedRung[];
  readonly summarized: readonly string[];
}

export type DirectiveEventType = DirectiveEvent['type'];

type WithoutAt<TEvent> = TEvent extends unknown ? Omit<TEvent, 'at'> : never;

/** One event as it is sent: the runtime adds `at`. */
export type DirectiveEventToSend<TType extends DirectiveEventType = DirectiveEventType> = WithoutAt<
  Extract<DirectiveEvent, { type: TType }>
>;

/** Events that other instances send; people never do, and answers to people need not list them. */
export const internalDirectiveEvents: readonly DirectiveEventType[] = [
  'escalation-raised',
  'escalation-decided',
];
