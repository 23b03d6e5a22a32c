import { type Instant } from '@dondoc/workflow';
import { type PlannedRung } from '../working-rules/climb';
import { type DirectiveKind, type Urgency } from '../working-rules/working-rules';
import { type CivilDate } from '../working-time/civil-date';
import { type LadderProgress } from './ladder-region';
import { type StoodIn } from './stood-in';

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
  /** The day of the event that the words wait for; such a deadline can be set again when that day is corrected. */
  readonly eventOn?: CivilDate;
  /** Articles of the working rules for the crossings of region `time`. */
  readonly articles: { readonly nearDue: string; readonly overdue: string };
}

/** Where a directive came from that was handed on (giao tiếp) by the lead of another one. */
export interface ParentDirective {
  /** Of another organization: the part of its directive that this one is. */
  readonly directive: string;
  /** This directive's own id, so that it can tell its parent who it is. */
  readonly self: string;
  /** The organization that handed it on to this one; null: this one itself did. */
  readonly organization: string | null;
  /** The parent's deadline in force: none of its children is due later. */
  readonly deadline: Instant | null;
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
  /** End of the time to return it. */
  readonly returnBy: Instant;
  /** What silence beyond that time is. */
  readonly returnSilence: 'accepted' | 'stays-assigned';
  readonly deadline: DeadlineInForce | null;
  /** The words of the source about a deadline from which no day could be told; null: there are none. */
  readonly openPhrase: string | null;
  /** The deadline that those words mean when the time to return it ends in silence; null: they do not say. */
  readonly bySilence: NewDeadline | null;
  readonly rungs: readonly PlannedRung[];
  /** Rungs left to the summary of what was due before the rules were enforced. */
  readonly summarized: readonly string[];
  readonly parent: ParentDirective | null;
}

/** An escalation of this directive that nobody has decided yet. */
export interface OpenEscalation {
  readonly id: string;
  readonly rung: string;
}

export interface DirectiveContext extends Omit<DirectiveInput, 'rungs'> {
  /** The first deadline it ever had: extensions never erase it. */
  readonly originalDeadline: Instant | null;
  /** When the one in force was given: rungs from before are no use to anybody. */
  readonly deadlineSince: Instant | null;
  /** From when the time to return it counts: its assignment, or the end of a suspension since. */
  readonly returnSince: Instant;
  readonly ladder: LadderProgress;
  readonly escalations: readonly OpenEscalation[];
  /** The person inside the lead agency whom its head named (người được phân công). */
  readonly assignedPerson: string | null;
  /** A report that waits for the head of the lead agency; it has not left the agency. */
  readonly draft: ReportDraft | null;
  /** Of the report that awaits verification or was accepted. */
  readonly reportedBy: string | null;
  readonly submittedAt: Instant | null;
  /** The instant by which it is judged whether the report came in time: the submission, or the day of the document. */
  readonly judgedAt: Instant | null;
  /** Whoever had a hand in that report, also by delegation: none of them verifies it. */
  readonly reporters: readonly string[];
  /** Reminders still to come of a report that awaits verification. */
  readonly verification: readonly PlannedRung[];
  /** How many extensions were granted on request. */
  readonly extensions: number;
  /** Id of the extension request that waits for its decision. */
  readonly extensionRequest: string | null;
  /** Consultations whose answer is still awaited. */
  readonly consultations: readonly string[];
  readonly suspension: Suspension | null;
  /** Directives that it was handed on as, and that have not ended. */
  readonly children: readonly string[];
}

export interface ReportDraft {
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly result: ResultDocument;
}

/** Tạm dừng: the clock stands still. */
export interface Suspension {
  readonly since: Instant;
  /** The deadline that was proposed for going on; null: nobody has proposed yet, or there is no deadline. */
  readonly proposed: DeadlineInForce | null;
}

/** What a report says when it leaves the lead agency. */
export interface Submission {
  readonly result: ResultDocument;
  /** Where the rules judge by the document's date: the beginning of that day; null: the submission counts. */
  readonly judgedAt: Instant | null;
  /** The document's date lies further from the submission than the rules tolerate. */
  readonly dateFlagged: boolean;
  readonly verification: readonly PlannedRung[];
}

/** `by` is always the id of the person; everything else was resolved before sending (see `directive-acts`). */
export type DirectiveEvent = { readonly at: Instant } & (
  | {
      readonly type: 'accept';
      readonly by: string;
      /** The deadline that the words count from receipt, now that it is received; null: they do not, or it has one. */
      readonly counted: NewDeadline | null;
    }
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
      readonly bySilence: NewDeadline | null;
      /** The deadline in force from now on: the one it had, or a new one. */
      readonly deadline: DeadlineInForce | null;
      readonly rungs: readonly PlannedRung[];
      readonly summarized: readonly string[];
    }
  | ({ readonly type: 'set-deadline'; readonly by: string } & NewDeadline)
  | ({ readonly type: 'extend'; readonly by: string; readonly reason: string } & NewDeadline & {
        /** Granted on request: it counts towards how often the rules allow one. */
        readonly onRequest: boolean;
      })
  | { readonly type: 'urge'; readonly by: string; readonly note: string; readonly article: string | null }
  | {
      readonly type: 'assign-person';
      readonly by: string;
      readonly person: string;
      readonly note: string | null;
    }
  | ({ readonly type: 'report'; readonly by: string; readonly onBehalfOf: string | null } & Submission & {
        /** It goes to the head of the lead agency first. */
        readonly needsApproval: boolean;
      })
  | ({
      readonly type: 'approve-report';
      readonly by: string;
      readonly onBehalfOf: string | null;
    } & Submission)
  | { readonly type: 'return-report'; readonly by: string; readonly reason: string }
  | { readonly type: 'verify'; readonly by: string; readonly onBehalfOf: string | null }
  | {
      readonly type: 'send-back';
      readonly by: string;
      readonly reason: string;
      /** The one in force, or the parent's where that has become earlier meanwhile. */
      readonly deadline: DeadlineInForce | null;
      readonly rungs: readonly PlannedRung[];
      readonly summarized: readonly string[];
    }
  | { readonly type: 'suspend'; readonly by: string; readonly reason: string }
  | {
      readonly type: 'propose-resumption';
      readonly by: string;
      readonly reason: string | null;
      readonly deadline: DeadlineInForce | null;
    }
  | {
      readonly type: 'resume';
      readonly by: string;
      readonly deadline: DeadlineInForce | null;
      readonly returnBy: Instant;
      readonly bySilence: NewDeadline | null;
      readonly rungs: readonly PlannedRung[];
      readonly summarized: readonly string[];
    }
  | {
      /** To the successor of an abolished lead: nothing else about it changes. */
      readonly type: 'transfer';
      readonly by: string;
      readonly lead: string;
      readonly coordinating: readonly string[];
    }
  | {
      readonly type: 'move-rules';
      readonly by: string;
      readonly reason: string;
      readonly rules: string;
      /** The same instant; when it is near due, and by which articles, is judged by the other rules. */
      readonly deadline: DeadlineInForce | null;
      readonly returnBy: Instant;
      readonly returnSilence: DirectiveInput['returnSilence'];
      readonly bySilence: NewDeadline | null;
      readonly rungs: readonly PlannedRung[];
      readonly summarized: readonly string[];
    }
  | {
      readonly type: 'replace';
      readonly by: string;
      readonly reason: string;
      /** The later directive that takes its place. */
      readonly successor: string;
    }
  /** Told to the later directive, so that both histories hold the link. */
  | { readonly type: 'replaces'; readonly by: string; readonly directive: string }
  | { readonly type: 'hand-on'; readonly by: string; readonly children: readonly string[] }
  | {
      /** From the parent: its deadline is another now; this one's own follows where it would be later. */
      readonly type: 'parent-moved';
      readonly by: string;
      readonly parentDeadline: Instant | null;
      readonly deadline: DeadlineInForce | null;
      readonly rungs: readonly PlannedRung[];
      readonly summarized: readonly string[];
    }
  | { readonly type: 'child-ended'; readonly child: string }
  | StoodIn
  | { readonly type: 'cancel'; readonly by: string; readonly reason: string }
  | { readonly type: 'extension-requested'; readonly request: string }
  | { readonly type: 'extension-decided'; readonly request: string }
  | { readonly type: 'consultation-asked'; readonly consultation: string }
  | { readonly type: 'consultation-ended'; readonly consultation: string }
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

/** Every event of a directive that somebody sends: those whose meaning travels down a cascade are among them. */
export type TravellingEvent = Extract<DirectiveEventToSend, { readonly by: string }>;

/** Events that other instances send; people never do, and answers to people need not list them. */
export const internalDirectiveEvents: readonly DirectiveEventType[] = [
  'escalation-raised',
  'escalation-decided',
  'extension-requested',
  'extension-decided',
  'consultation-asked',
  'consultation-ended',
  'replaces',
  'parent-moved',
  'child-ended',
  'stood-in',
];
