import { QueryClient, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { client, type DirectivesQuery } from './client';
import { answerOf, ApiProblem } from './problem';

const mayBeTriedAgain = (failures: number, error: Error): boolean =>
  error instanceof ApiProblem && error.isUnreachable && failures < 3;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: mayBeTriedAgain, staleTime: 15_000, refetchOnWindowFocus: true },
    // Acts see to their own repeats, under one idempotency key.
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Changes so seldom that what was read at the start of the visit will do. */
const FOR_THE_VISIT = { staleTime: 10 * 60_000 };

export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: () => answerOf(client.GET('/api/v1/installation')),
});

/** Who is logged in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => {
    try {
      return await answerOf(client.GET('/api/v1/auth/me'));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const officeQuery = queryOptions({
  queryKey: ['office'],
  queryFn: () => answerOf(client.GET('/api/v1/office')),
  ...FOR_THE_VISIT,
});

export const agenciesQuery = queryOptions({
  queryKey: ['agencies'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/agencies'))).items,
  ...FOR_THE_VISIT,
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/people'))).items,
  ...FOR_THE_VISIT,
});

export const totalsQuery = queryOptions({
  queryKey: ['totals'],
  queryFn: () => answerOf(client.GET('/api/v1/totals')),
});

export const unreadQuery = queryOptions({
  queryKey: ['inbox', 'unread'],
  queryFn: async () =>
    (await answerOf(client.GET('/api/v1/inbox', { params: { query: { limit: 1, unread: 'true' } } }))).unread,
});

export const escalationsQuery = (whose: 'mine' | 'all') =>
  queryOptions({
    queryKey: ['escalations', whose],
    queryFn: async () =>
      (await answerOf(client.GET('/api/v1/escalations', { params: { query: { whose, limit: 200 } } }))).items,
  });

const path = (id: string) => ({ params: { path: { id } } });

export const directiveQuery = (id: string) =>
  queryOptions({
    queryKey: ['directive', id],
    queryFn: () => answerOf(client.GET('/api/v1/directives/{id}', path(id))),
  });

export const explanationQuery = (id: string) =>
  queryOptions({
    queryKey: ['directive', id, 'explanation'],
    queryFn: () => answerOf(client.GET('/api/v1/directives/{id}/explain', path(id))),
  });

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ['directive', id, 'history'],
    queryFn: async () => (await answerOf(client.GET('/api/v1/directives/{id}/history', path(id)))).items,
  });

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['directive', id, 'source'],
    queryFn: () => answerOf(client.GET('/api/v1/directives/{id}/source', path(id))),
    ...FOR_THE_VISIT,
  });

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['draft', id],
    queryFn: () => answerOf(client.GET('/api/v1/drafts/{id}', path(id))),
  });

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id],
    queryFn: () => answerOf(client.GET('/api/v1/documents/{id}', path(id))),
    ...FOR_THE_VISIT,
  });

/** Directives page by page, each page asked for when somebody comes to it. */
export function useDirectives(query: DirectivesQuery) {
  return useInfiniteQuery({
    queryKey: ['directives', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        client.GET('/api/v1/directives', {
          params: { query: { ...query, ...(pageParam !== undefined && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function useInbox() {
  return useInfiniteQuery({
    queryKey: ['inbox', 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        client.GET('/api/v1/inbox', {
          params: { query: { limit: 50, ...(pageParam !== undefined && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function useDrafts() {
  return useQuery({
    queryKey: ['drafts'],
    queryFn: async () =>
      (await answerOf(client.GET('/api/v1/drafts', { params: { query: { limit: 100 } } }))).items,
  });
}

/** After something was done, or news came: everything but what stands for the whole visit. */
export async function refreshAll(): Promise<void> {
  const lasting = new Set(['me', 'office', 'agencies', 'people', 'document']);
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => !lasting.has(String(queryKey[0])) });
}
