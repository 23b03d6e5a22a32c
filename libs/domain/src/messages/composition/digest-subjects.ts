import { type Bilingual, type Instant } from '@dondoc/workflow';
import { type Audience, type AudienceFacts } from '../../directory/audience';
import { type OfficeCalendars } from '../../directory/agency-calendar';
import { type Directory } from '../../directory/directory';
import { type LatenessFacts } from '../../lifecycles/lateness';
import { type WorkingCalendar } from '../../working-time/working-calendar';

/** What a digest speaks of: a directive, or a standing one. */
export interface DigestSubject extends AudienceFacts {
  readonly id: string;
  /** "12/TB-UBND#3"; null where its source has no number, and of standing directives. */
  readonly name: string | null;
  readonly text: string;
  readonly leadName: string;
}

/** A directive that has not ended. */
export interface OpenDirective extends DigestSubject, LatenessFacts {
  /** While it is suspended, the deadline that was proposed for going on. */
  readonly proposedDeadlineAt: Instant | null;
}

/** An escalation that waits for a leader. */
export interface WaitingEscalation {
  readonly id: string;
  readonly directive: string;
  readonly recipients: readonly string[];
  readonly acknowledged: boolean;
}

/** A request for more time that nobody has decided. */
export interface WaitingExtensionRequest {
  readonly id: string;
  readonly directive: string;
  /** Still inside the lead agency. */
  readonly awaitsHead: boolean;
  readonly approver: Audience;
  /** As people write it: "2026-12-31". */
  readonly askedDate: string;
}

/** An explanation that is not accepted yet. */
export interface OpenExplanation {
  readonly id: string;
  readonly directive: string;
  readonly agency: string;
  readonly agencyName: string;
  readonly demandedBy: string;
  readonly submitted: boolean;
  readonly dueAt: Instant;
}

/** An opinion that is still awaited. */
export interface OpenConsultation {
  readonly id: string;
  readonly directive: string;
  readonly agency: string;
  readonly agencyName: string;
  readonly replyBy: Instant;
}

/** The report of a period that is awaited, or that waits to be accepted. */
export interface OpenObligation {
  readonly id: string;
  readonly standing: DigestSubject;
  readonly period: Bilingual;
  readonly reported: boolean;
  readonly dueAt: Instant;
}

export interface DigestFacts {
  readonly directives: readonly OpenDirective[];
  readonly escalations: readonly WaitingEscalation[];
  readonly extensionRequests: readonly WaitingExtensionRequest[];
  readonly explanations: readonly OpenExplanation[];
  readonly consultations: readonly OpenConsultation[];
  /** Near their day, past it, or reported. */
  readonly obligations: readonly OpenObligation[];
  readonly directory: Directory;
  readonly calendar: WorkingCalendar;
  /** What is left is told in the working time of whoever it is awaited from. */
  readonly calendars?: OfficeCalendars;
  readonly now: Instant;
}
