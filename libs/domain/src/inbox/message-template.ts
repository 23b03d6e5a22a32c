import { type Bilingual } from '@dondoc/workflow';

/** What a message is of: decides whether it waits for working hours, and which switch of a person's it obeys. */
export type MessageKind = 'news' | 'reminder' | 'escalation' | 'digest';

/** What the words of a message may speak of. Names are those of the directory; nothing in them is markup. */
export interface MessageFacts {
  /** The lead agency by name; empty where the message is about no directive. */
  readonly lead: string;
  /** The person whose act it was, by name; `null` when the rules sent it. */
  readonly by: string | null;
  /** The deadline in force, as people write it: "17:00 thứ Hai 02/11/2026". */
  readonly deadline: Bilingual | null;
  /** How far away it is: "còn 3 ngày làm việc", "quá hạn 2 ngày làm việc". */
  readonly remaining: Bilingual | null;
}

export interface MessageTemplate {
  readonly kind: MessageKind;
  /** A few words: the line in a list, and the subject of a mail. */
  readonly heading: Bilingual;
  /** Path of the page that shows it, where it is about many directives. */
  readonly page?: string;
  /** What happened and what is asked of the reader. What a rung demands is said by the working rules, not here. */
  readonly says: (facts: MessageFacts) => Bilingual;
}

/** Whoever's act it was, as the beginning of a sentence. */
export const who = ({ by }: MessageFacts): Bilingual => ({ vi: by ?? 'Hệ thống', en: by ?? 'The system' });
/** The deadline as a sentence of its own, or nothing. */
export const until = ({ deadline, remaining }: MessageFacts): Bilingual =>
  deadline === null
    ? { vi: '', en: '' }
    : {
        vi: ` Hạn là ${deadline.vi}${remaining ? ` (${remaining.vi})` : ''}.`,
        en: ` The deadline is ${deadline.en}${remaining ? ` (${remaining.en})` : ''}.`,
      };

/** A template of news that names who did it, and nothing else. */
export const did = (vi: string, en: string) => (facts: MessageFacts) => ({
  vi: `${who(facts).vi} ${vi}.`,
  en: `${who(facts).en} ${en}.`,
});
