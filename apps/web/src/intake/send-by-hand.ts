import type { Sending } from '../api/act';
import { client, type DraftItem } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';

export interface ItemByHand {
  readonly text: string;
  readonly lead: readonly string[];
  readonly coordinating: readonly string[];
  readonly urgency: DraftItem['urgency'];
  readonly deadline: { readonly phrase: string | null; readonly date: string | null } | null;
}

export interface ByHand {
  readonly source: {
    readonly kind: 'oral' | 'note' | 'letter' | 'notice';
    readonly givenBy: string;
    readonly givenOn: string;
    readonly note: string | null;
    readonly reference: string | null;
  };
  readonly items: readonly ItemByHand[];
}

export interface EnteredByHand {
  readonly draft: string;
  /** How many were assigned; null when it stays a draft. */
  readonly assigned: number | null;
  /** Why it was not confirmed. */
  readonly error: ApiProblem | null;
}

/** Enters a draft and, where that is wanted, confirms it at once. Both under one key each: sent again, they happen once. */
export async function sendByHand(
  { body, isConfirmed }: { readonly body: ByHand; readonly isConfirmed: boolean },
  { key }: Sending,
): Promise<EnteredByHand> {
  const draft = await answerOf(
    client.POST('/api/v1/drafts', {
      params: { header: { 'Idempotency-Key': key } },
      body: body as never,
    }),
  );
  if (!isConfirmed) return { draft: draft.id, assigned: null, error: null };
  try {
    const { directives } = await answerOf(
      client.POST('/api/v1/drafts/{id}/confirm', {
        params: {
          path: { id: draft.id },
          header: { 'Idempotency-Key': `${key}-confirm`, 'If-Match': `"${draft.revision}"` },
        },
      }),
    );
    return { draft: draft.id, assigned: directives.length, error: null };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.isUnreachable) throw error;
    return { draft: draft.id, assigned: null, error };
  }
}
