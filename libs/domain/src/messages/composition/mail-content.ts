import { type Bilingual } from '@dondoc/workflow';
import { type MessageKind } from '../../inbox/message-template';
import { type MatterKind } from './digest-matters';

/** What a message tells, looked up and worded, before it is laid out. Texts of people are not yet made harmless. */
export interface ToldMessage {
  readonly kind: MessageKind;
  readonly heading: Bilingual;
  readonly says: Bilingual;
  /** What the rung demands, in the words of the working rules. */
  readonly demand: Bilingual | null;
  readonly directive: ToldDirective | null;
  readonly article: string | null;
  /** A person's own words that came with it. */
  readonly note: { readonly by: string | null; readonly text: string } | null;
  /** Why it came to the reader in another's place. */
  readonly reason: Bilingual | null;
  /** Address of what it is about. */
  readonly link: string;
  /** Of a digest only. */
  readonly sections: readonly DigestSection[];
}

export interface ToldDirective {
  /** "12/TB-UBND#3"; null where its source has no number. */
  readonly name: string | null;
  readonly text: string;
  readonly lead: string;
  readonly deadline: Bilingual | null;
  readonly remaining: Bilingual | null;
}

/** One directive in a digest, or one agency in a summary. */
export interface DigestItem {
  /** What a reader opens: the matter itself, or the directive where there is more than one. */
  readonly about: { readonly lifecycle: string; readonly instance: string };
  /** Null: a standing directive. */
  readonly directive: string | null;
  readonly name: string | null;
  readonly text: string;
  /** Whose it is, where the reader may be of another agency. */
  readonly agency: string | null;
  /** Why it stands here: "quá hạn 2 ngày làm việc". */
  readonly note: Bilingual;
  /** The nearest instant that counts; ISO 8601, UTC. */
  readonly dueAt: string | null;
}

export interface DigestSection {
  /** Stable name. */
  readonly kind: 'awaiting' | MatterKind | 'late-summary';
  readonly title: Bilingual;
  readonly items: readonly DigestItem[];
  /** How many more there are than are listed. */
  readonly more: number;
}

export interface MailToCompose {
  readonly language: 'vi' | 'en';
  readonly organization: string;
  readonly reader: string;
  readonly messages: readonly ToldMessage[];
  /** Where the reader changes language and switches. */
  readonly settingsLink: string;
}

export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
