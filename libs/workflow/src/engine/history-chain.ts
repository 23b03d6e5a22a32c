import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import { type HistoryEntry, type HistoryRecord } from './records';
import { type StoredSnapshot } from './stored-snapshot';

/** Hash that stands before the first entry of a chain. */
export const GENESIS = '';

/** SHA-256 of a text, hex. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');

export function stateHash(snapshot: StoredSnapshot): string {
  return textHash(canonicalJson(snapshot));
}

export function chainHash(previous: string, entry: string): string {
  return textHash(`${previous}\n${entry}`);
}

export function chained(previous: string, entry: HistoryEntry): HistoryRecord {
  const text = canonicalJson(entry);
  return {
    instance: entry.instance,
    revision: entry.revision,
    at: entry.at,
    entry: text,
    hash: chainHash(previous, text),
  };
}

export function readEntry(record: Pick<HistoryRecord, 'entry'>): HistoryEntry {
  return JSON.parse(record.entry) as HistoryEntry;
}
