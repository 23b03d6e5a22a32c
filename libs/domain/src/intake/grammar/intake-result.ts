/** What a notice orders, as drafted from its words alone. Everything in it is a proposal until a clerk confirms it. */

import { type DeadlineBound } from '../../deadline/deadline-reading';
import { type EarlierNotice } from './earlier-notices';

export type DocumentType =
  | 'thong_bao_ket_luan'
  | 'thong_bao'
  | 'ket_luan'
  | 'bao_cao'
  | 'bien_ban'
  | 'chi_thi'
  | 'cong_dien'
  | 'cong_van'
  | 'ke_hoach'
  | 'nghi_quyet'
  | 'quyet_dinh'
  | 'to_trinh'
  | 'giay_moi'
  | 'thu';

export interface CitedDocument {
  /** As written, for example "38/NQ-HĐND" or "06-NQ/HU". */
  readonly number: string;
  readonly date: string | null;
  readonly issuer: string | null;
}

/** Hỏa tốc, thượng khẩn, khẩn. */
export type Urgency = 'hoa-toc' | 'thuong-khan' | 'khan';

/** A blank number or date stays null: it is asked for, never guessed. Civil dates are 'YYYY-MM-DD'. */
export interface DocumentFacts {
  readonly number: string | null;
  readonly type: DocumentType | null;
  readonly issuingBody: string | null;
  readonly issuedOn: string | null;
  readonly meetingOn: string | null;
  /** The leader whose conclusion it is; seldom the one who signs. */
  readonly chair: string | null;
  readonly signer: string | null;
  readonly signerRole: string | null;
  readonly recipients: readonly string[];
  /** The stamp in the letterhead; null when there is none. */
  readonly urgency: Urgency | null;
  readonly citedDocuments: readonly CitedDocument[];
}

/** `task`: has an end product or end event. `standing`: a continuous duty. `guidance`: attitude, discipline, orientation. */
export type DirectiveKind = 'task' | 'standing' | 'guidance';

export type DirectiveFlag =
  | 'several-leads'
  | 'generic-doer'
  | 'person-as-lead'
  | 'no-lead'
  | 'inherited-lead'
  | 'damaged-name'
  | 'no-deadline'
  | 'inherited-deadline'
  | 'ambiguous-deadline'
  | 'event-deadline'
  | 'relative-deadline'
  | 'vague-deadline'
  | 'several-deadlines'
  | 'contradiction'
  | 'exhortation'
  | 'inline-assignment'
  | 'doubtful';

export interface DraftedDeadline {
  /** The literal words. */
  readonly text: string;
  /** 'YYYY-MM-DD', or null when the words give no day (an event, a period counted from receipt). */
  readonly date: string | null;
  readonly kind: 'date' | 'period' | 'relative' | 'event';
  /** How the words bound the time; "trước ngày X" is `before`, and which day counts as its last is the office's own rule. */
  readonly bound: DeadlineBound;
  /** Character offsets of the words in the NFC source, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A name or a deadline of a directive, where it stands in the NFC source; end exclusive. */
export interface Mention {
  readonly role: 'lead' | 'coordinating' | 'advising' | 'reportTo' | 'deadline';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface DraftedDirective {
  readonly sectionRef: string;
  readonly text: string;
  /** Names exactly as written; resolving them to the directory is another step. */
  readonly lead: readonly string[];
  readonly coordinating: readonly string[];
  readonly advising: readonly string[];
  readonly reportTo: readonly string[];
  readonly kind: DirectiveKind;
  readonly deadline: DraftedDeadline | null;
  /** 0..1: how far a clerk may trust the draft; not a probability. */
  readonly confidence: number;
  readonly flags: readonly DirectiveFlag[];
  /** Character offsets in the NFC source, end exclusive; footnotes and page breaks in between are not part of `text`. */
  readonly start: number;
  readonly end: number;
  /** In the order of the notice; what was inherited from a heading or a sentence before stands there. */
  readonly mentions: readonly Mention[];
}

export interface IntakeNote {
  readonly code:
    | 'nothing-found'
    | 'not-a-notice'
    | 'contradiction'
    | 'number-missing'
    | 'issue-date-missing'
    | 'changes-earlier';
  readonly vi: string;
  readonly en: string;
  /** `changes-earlier`: the notices that this one replaces, changes or extends, by number as written. */
  readonly earlier?: readonly EarlierNotice[];
}

/** Which rule read which words of a directive: that it is one, who leads, by when. */
export interface TraceEntry {
  readonly of: 'directive' | 'lead' | 'deadline';
  readonly sectionRef: string;
  /** `heading`, `sentence-before`, `behind-the-work` and `table-cell` say where a lead was found that no rule of the sentence named. */
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly detail: string;
}

export interface IntakeResult {
  readonly document: DocumentFacts;
  readonly directives: readonly DraftedDirective[];
  readonly notes: readonly IntakeNote[];
  readonly trace?: readonly TraceEntry[];
}

export interface IntakeOptions {
  /**
   * "trước ngày X": X − 1 (offices' usual registration, the default) or X itself. Offices differ, so it is a switch of the
   * organization; the literal words are always kept beside the date.
   */
  readonly beforeMeans?: 'previous-day' | 'that-day';
  readonly trace?: boolean;
}
