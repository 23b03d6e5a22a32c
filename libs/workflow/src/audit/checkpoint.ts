import { canonicalJson } from '../engine/canonical-json';
import { textHash } from '../engine/history-chain';

/** The ledger that holds the history of instances; others are tables of the application. */
export const HISTORY_LEDGER = 'history';

/** What one checkpoint seals of one subject: an instance at a revision, or a row of another ledger (revision 1). */
export interface SealedHead {
  readonly ledger: string;
  readonly subject: string;
  readonly revision: number;
  /** Hex: of an instance the head of its chain at that revision, of a row the hash of its text. */
  readonly head: string;
}

/** How much is sealed of a ledger up to and with a checkpoint. */
export interface LedgerTotals {
  readonly subjects: number;
  /** Sum of the highest sealed revisions: the number of entries that must be there. */
  readonly entries: number;
}

/**
 * Everything that came since the checkpoint before, in one hash, and how much there is in all. Whoever keeps the last
 * one outside can tell later that nothing before it was changed, taken away or put in.
 */
export interface Checkpoint {
  readonly organization: string;
  /** From 1, without gaps. */
  readonly number: number;
  /** Technical time, ISO 8601, UTC: a sandbox that moves its clock seals by the real one. */
  readonly sealedAt: string;
  /** Hash of the text of the checkpoint before; `null` for the first. */
  readonly previous: string | null;
  readonly moved: number;
  /** Of the heads that moved: SHA-256, hex, over their lines. */
  readonly digest: string;
  readonly totals: Readonly<Record<string, LedgerTotals>>;
}

/** A checkpoint as it is kept: its canonical text is what is hashed and signed. */
export interface KeptCheckpoint {
  readonly text: string;
  /** Fingerprint of the key that signed it; `null`: it was not signed. */
  readonly key: string | null;
  /** Ed25519 over the text, base64url. */
  readonly signature: string | null;
}

/** A checkpoint that was kept outside, with the heads that it seals where they were kept too. */
export interface OutsideCheckpoint extends KeptCheckpoint {
  readonly heads?: readonly SealedHead[];
}

export const checkpointText = (checkpoint: Checkpoint): string => canonicalJson({ ...checkpoint });

/** @throws SyntaxError when it is no JSON */
export const readCheckpoint = (text: string): Checkpoint => JSON.parse(text) as Checkpoint;

export const checkpointHash = (text: string): string => textHash(text);

const line = ({ ledger, subject, revision, head }: SealedHead): string =>
  `${ledger} ${subject} ${revision} ${head}\n`;

const byPlace = (a: SealedHead, b: SealedHead): number => {
  if (a.ledger !== b.ledger) return a.ledger < b.ledger ? -1 : 1;
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  return a.revision - b.revision;
};

/** The same digest as the database makes while it seals. */
export function digestOf(heads: readonly SealedHead[]): string {
  return textHash([...heads].sort(byPlace).map(line).join(''));
}
