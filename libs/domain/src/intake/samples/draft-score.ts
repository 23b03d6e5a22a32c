import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DraftedDirective, type IntakeResult } from '../grammar/intake-result';

interface Label {
  readonly sectionRef: string;
  readonly text: string;
  readonly assignees: { readonly lead: readonly string[] };
  readonly explicitAssignee: boolean;
  readonly deadline: { readonly text: string | null; readonly date: string | null };
  readonly kind: string;
}

export interface LabelledSample {
  readonly name: string;
  readonly text: string;
  readonly document: Readonly<Record<string, string | null>>;
  readonly labels: readonly Label[];
}

export function readSamples(folder: string): readonly LabelledSample[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.labels.json'))
    .sort()
    .map((file) => {
      const { document, directives } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
        document: Record<string, string | null>;
        directives: Label[];
      };
      const name = file.replace('.labels.json', '');
      return { name, text: readFileSync(join(folder, `${name}.txt`), 'utf8'), document, labels: directives };
    });
}

export interface Score {
  labels: number;
  drafts: number;
  matchedLabels: number;
  matchedDrafts: number;
  tasks: number;
  tasksFound: number;
  leads: number;
  leadsRight: number;
  deadlines: number;
  deadlinesRight: number;
  falseDeadlines: number;
  kindsRight: number;
}

export const emptyScore = (): Score => ({
  labels: 0,
  drafts: 0,
  matchedLabels: 0,
  matchedDrafts: 0,
  tasks: 0,
  tasksFound: 0,
  leads: 0,
  leadsRight: 0,
  deadlines: 0,
  deadlinesRight: 0,
  falseDeadlines: 0,
  kindsRight: 0,
});

export function f1(score: Score): number {
  const found = score.matchedLabels + score.matchedDrafts;
  return found === 0
    ? 0
    : (2 * ratio(score.matchedLabels, score.labels) * ratio(score.matchedDrafts, score.drafts)) /
        (ratio(score.matchedLabels, score.labels) + ratio(score.matchedDrafts, score.drafts));
}

export function ratio(right: number, of: number): number {
  return of === 0 ? 1 : right / of;
}

/**
 * A draft matches a label when their words agree (token F1 of at least 0.6), best pairs first, or when it covers a whole item that the
 * labels split in parts ("2#1", "2#2").
 */
export function scoreDrafts(sample: LabelledSample, drafts: readonly DraftedDirective[], score: Score): void {
  const { labels } = sample;
  const pairs = labels
    .flatMap((label, at) =>
      drafts.map((draft, of) => ({ at, of, likeness: likeness(label.text, draft.text) })),
    )
    .filter((pair) => pair.likeness >= 0.6)
    .sort((a, b) => b.likeness - a.likeness);
  const draftOf = new Map<number, number>();
  const used = new Set<number>();
  for (const { at, of } of pairs) {
    if (draftOf.has(at) || used.has(of)) continue;
    draftOf.set(at, of);
    used.add(of);
  }
  for (const item of new Set(labels.map(({ sectionRef }) => itemOf(sectionRef)))) {
    const parts = labels.flatMap((label, at) => (itemOf(label.sectionRef) === item ? [at] : []));
    if (parts.length < 2) continue;
    const whole = parts.map((at) => labels[at]?.text ?? '').join(' ');
    for (const [of, draft] of drafts.entries()) {
      if (likeness(whole, draft.text) < 0.7) continue;
      used.add(of);
      for (const at of parts) if (!draftOf.has(at)) draftOf.set(at, of);
    }
  }
  score.labels += labels.length;
  score.drafts += drafts.length;
  score.matchedLabels += draftOf.size;
  score.matchedDrafts += used.size;
  for (const [at, label] of labels.entries()) {
    const draft = drafts[draftOf.get(at) ?? -1];
    if (label.kind === 'task') {
      score.tasks += 1;
      if (draft !== undefined) score.tasksFound += 1;
    }
    if (draft?.kind === label.kind) score.kindsRight += 1;
    // Stricter than the words alone: a lead inherited from a heading counts too, and every lead must be there.
    if (label.assignees.lead.length > 0) {
      score.leads += 1;
      if (label.assignees.lead.every((lead) => draft?.lead.includes(lead) === true)) score.leadsRight += 1;
    }
    if (label.deadline.date !== null) {
      score.deadlines += 1;
      if (draft?.deadline?.date === label.deadline.date) score.deadlinesRight += 1;
    } else if (draft?.deadline?.date) {
      score.falseDeadlines += 1;
    }
  }
}

/** Names and dates of a result whose words are not in the source. */
export function invented(source: string, { directives }: IntakeResult): readonly string[] {
  const flat = squeeze(source);
  return directives
    .flatMap((draft) => [
      ...draft.lead,
      ...draft.coordinating,
      ...draft.advising,
      ...draft.reportTo,
      draft.deadline?.text ?? '',
    ])
    .filter((words) => !flat.includes(squeeze(words)));
}

/** White space, emphasis and footnote marks carry no words. */
export function squeeze(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[*\s\u00a0]+/gu, ' ')
    .trim();
}

function itemOf(sectionRef: string): string {
  return sectionRef.split('#')[0] ?? sectionRef;
}

function likeness(a: string, b: string): number {
  const left = words(a);
  const right = words(b);
  if (left.length === 0 || right.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of right) {
    const rest = counts.get(word) ?? 0;
    if (rest === 0) continue;
    shared += 1;
    counts.set(word, rest - 1);
  }
  return (2 * shared) / (left.length + right.length);
}

function words(text: string): readonly string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
