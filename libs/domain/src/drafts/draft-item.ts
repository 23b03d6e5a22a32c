import { z } from 'zod';
import { type Mention } from '../intake/grammar/intake-result';
import { parseCivilDate } from '../working-time/civil-date';
import { directiveKinds, urgencies } from '../working-rules/working-rules';

export const civilDateSchema = z.string().refine((value) => parseCivilDate(value) !== null, {
  params: {
    vi: 'không phải là ngày có thật dạng YYYY-MM-DD',
    en: 'is not a real date of the form YYYY-MM-DD',
  },
});

/** Most characters of an item's text. */
export const TEXT_MOST = 10_000;
/** An id as the directory writes it: in small letters. */
export const idSchema = z.uuid().toLowerCase();

const NAMES_MOST = 60;

/** What a clerk may set of an item. Agencies and people are ids of the directory. */
export const itemFieldsSchema = z.strictObject({
  text: z.string().trim().min(1).max(TEXT_MOST),
  sectionRef: z.string().max(200).nullable(),
  /** One agency leads; several stand here only until somebody has chosen. */
  lead: z.array(idSchema).max(NAMES_MOST),
  coordinating: z.array(idSchema).max(NAMES_MOST),
  kind: z.enum(directiveKinds),
  urgency: z.enum(urgencies),
  field: z.string().trim().min(1).max(200).nullable(),
  assigningLeader: idSchema.nullable(),
  trackingOfficer: idSchema.nullable(),
  /** The literal words, the day that they mean, or both; null: none is named. */
  deadline: z
    .strictObject({
      phrase: z.string().trim().min(1).max(500).nullable(),
      date: civilDateSchema.nullable(),
    })
    .nullable(),
  /** Of a standing directive: ids of periodic reports of the working rules; left out: the first that the rules name. */
  reports: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
  /** Whether confirming makes a directive of it; guidance is usually left aside. */
  tracked: z.boolean(),
});

export type ItemFields = z.infer<typeof itemFieldsSchema>;

/** A name in the document that no agency or several bear: a person says whom it means. */
export interface OpenName {
  readonly role: 'lead' | 'coordinating';
  readonly name: string;
  /** Agencies of the directory that may be meant, the likeliest first. */
  readonly candidates: readonly string[];
}

/** One directive on its way to confirmation, with what the reading of the document says for the clerk. */
export interface DraftItem extends ItemFields {
  /** Stable within the draft. */
  readonly id: string;
  /** Names as the document writes them. */
  readonly leadNames: readonly string[];
  readonly coordinatingNames: readonly string[];
  /** 0..1; null for an item entered by hand. */
  readonly confidence: number | null;
  readonly flags: readonly string[];
  /** Where the words stand in the document's text, end exclusive. */
  readonly start: number | null;
  readonly end: number | null;
  /** Where the names and the deadline stand that the reading found; none for an item entered by hand. */
  readonly mentions?: readonly Mention[];
  /** Names that wait for a person's word; none where every name was sure. */
  readonly openNames?: readonly OpenName[];
}

export const blankItem: Omit<ItemFields, 'text'> = {
  sectionRef: null,
  lead: [],
  coordinating: [],
  kind: 'task',
  urgency: 'normal',
  field: null,
  assigningLeader: null,
  trackingOfficer: null,
  deadline: null,
  tracked: true,
};
