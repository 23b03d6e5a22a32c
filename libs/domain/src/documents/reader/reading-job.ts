import { type Refusal } from '@dondoc/workflow/lifecycle/refusal';
import { draftDirectives } from '../../intake/grammar/draft-directives';
import { type IntakeOptions, type IntakeResult } from '../../intake/grammar/intake-result';
import { type ReadDocument, readDocument, type ReadingLimits } from '../../intake/reading/read-document';

/** A file to be read; with `grammar`, also for what it orders. */
export interface ReadingJob {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  readonly limits: ReadingLimits;
  readonly grammar: IntakeOptions | null;
}

export interface ReadingAnswer {
  readonly document: ReadDocument;
  readonly reading: IntakeResult | null;
}

/** Reads one file. Takes as long as the file asks for: whoever cannot wait has it done by a `DocumentReader`. */
export async function carryOut({ file, limits, grammar }: ReadingJob): Promise<ReadingAnswer | Refusal> {
  const document = await readDocument(file, limits);
  if ('refused' in document) return document;
  return { document, reading: grammar === null ? null : draftDirectives(document.text, grammar) };
}
