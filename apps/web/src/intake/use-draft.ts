import { useMutation, useQuery } from '@tanstack/react-query';
import { useAct } from '../api/act';
import { client, type Draft, type DraftEdit } from '../api/client';
import { answerOf, ApiProblem } from '../api/problem';
import { draftQuery, queryClient } from '../api/queries';

const path = (id: string, revision: number) => ({
  params: { path: { id }, header: { 'If-Match': `"${revision}"` } },
});

export interface DraftWork {
  readonly edit: (edits: readonly DraftEdit[], done?: () => void) => void;
  readonly setSourceDate: (date: string) => void;
  readonly isBusy: boolean;
  readonly error: Error | null;
}

interface Change {
  readonly edits?: readonly DraftEdit[];
  readonly source?: { readonly givenOn: string };
}

/** A draft and the corrections of it: each on the revision that is shown, all of one correction or none. */
export function useDraft(id: string) {
  const query = useQuery(draftQuery(id));
  const revision = query.data?.revision ?? 0;
  const change = useMutation({
    mutationFn: ({ edits = [], source }: Change) =>
      answerOf(
        client.PATCH('/api/v1/drafts/{id}', {
          ...path(id, revision),
          body: { edits: [...edits], ...(source && { source }) },
        }),
      ),
    onSuccess: (draft: Draft) => queryClient.setQueryData(draftQuery(id).queryKey, draft),
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 412) void query.refetch();
    },
  });
  const confirm = useAct((body: { readonly revision: number }, { key }) =>
    answerOf(
      client.POST('/api/v1/drafts/{id}/confirm', {
        params: {
          path: { id },
          header: { 'Idempotency-Key': key, 'If-Match': `"${body.revision}"` },
        },
      }),
    ),
  );
  const work: DraftWork = {
    edit: (edits, done) => change.mutate({ edits }, { ...(done && { onSuccess: done }) }),
    setSourceDate: (givenOn) => change.mutate({ source: { givenOn } }),
    isBusy: change.isPending || confirm.isPending,
    error: change.error,
  };
  return { query, work, confirm };
}
