import * as crypto from 'node:crypto';
import { canonicalJson } from './canonical-json';
import { type HistoryEntry, type HistoryRecord } from './records';
import { valueText } from './stored-snapshot';

/** SHA-256 of a text. */
function sha256(text: string, encoding: 'hex' | 'base64url'): string {
  return crypto.hash('sha256', text, encoding);
}

/** SHA-256 of a text, hex. */
export const textHash = (text: string): string => sha256(text, 'hex');

/**
 * What stands before the first entry of a chain: it binds the chain to its instance, so that no entry has to repeat
 * whose it is.
 */
export const genesis = (organization: string, instance: string): string =>
  textHash(`${organization}\n${instance}`);

/** SHA-256 over the canonical text of a stored snapshot, base64url. */
export const stateHash = (snapshotText: string): string => sha256(snapshotText, 'base64url');

export function chainHash(previous: string, entry: string): string {
  return textHash(`${previous}\n${entry}`);
}

/**
 * The canonical text (RFC 8785) of an entry. Instance and revision are not in it: they are the chain and the place in
 * it. `processedAt` is left out where it is `at`.
 */
function entryText(entry: HistoryEntry): string {
  const { actor, at, event, kind, lifecycle, processedAt, state, to, version } = entry;
  const late = processedAt === at ? '' : `,"processedAt":${processedAt}`;
  return `{"actor":${canonicalJson(actor, 'actor')},"at":${at},"event":${canonicalJson(event, 'event')},"kind":"${kind}","lifecycle":"${lifecycle}"${late},"state":"${state}","to":${valueText(to)},"version":${version}}`;
}

export function chained(previous: string, entry: HistoryEntry): HistoryRecord {
  const text = entryText(entry);
  return {
    instance: entry.instance,
    revision: entry.revision,
    at: entry.at,
    entry: text,
    hash: chainHash(previous, text),
  };
}

/** What a record says, together with where it stands. */
export function readEntry({
  instance,
  revision,
  entry,
}: Pick<HistoryRecord, 'instance' | 'revision' | 'entry'>): HistoryEntry {
  const read = JSON.parse(entry) as Omit<HistoryEntry, 'instance' | 'revision' | 'processedAt'> & {
    readonly processedAt?: number;
  };
  return { ...read, processedAt: read.processedAt ?? read.at, instance, revision };
}
