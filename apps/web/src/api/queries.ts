import {
  keepPreviousData,
  type Query,
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
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

export const meetingDigestQuery = queryOptions({
  queryKey: ['digest'],
  queryFn: () => answerOf(client.GET('/api/v1/digests/meeting')),
});

export const unreadQuery = queryOptions({
  queryKey: ['inbox', 'unread'],
  queryFn: async () =>
    (await answerOf(client.GET('/api/v1/inbox', { params: { query: { limit: 1, unread: 'true' } } }))).unread,
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

export const choicesQuery = (id: string) =>
  queryOptions({
    queryKey: ['directive', id, 'choices'],
    queryFn: () => answerOf(client.GET('/api/v1/directives/{id}/choices', path(id))),
  });

export const mattersQuery = (id: string) =>
  queryOptions({
    queryKey: ['directive', id, 'matters'],
    queryFn: () => answerOf(client.GET('/api/v1/directives/{id}/matters', path(id))),
  });

const mainCalendarQuery = queryOptions({
  queryKey: ['calendar', 'main'],
  queryFn: async () =>
    (await answerOf(client.GET('/api/v1/calendars'))).items.find(({ main }) => main)?.id ?? null,
  ...FOR_THE_VISIT,
});

/** What a deadline in words means, counted from a day by the calendar of the lead where one is named already. */
export const resolvedQuery = (phrase: string, from: string, lead: string | null) =>
  queryOptions({
    queryKey: ['resolved', phrase, from, lead],
    enabled: phrase !== '' && from !== '',
    queryFn: async () => {
      const agencies = lead === null ? [] : await queryClient.query(agenciesQuery);
      const given = agencies.find((agency) => agency.id === lead)?.calendar ?? null;
      const id = given ?? (await queryClient.query(mainCalendarQuery));
      if (id === null) return null;
      return answerOf(
        client.GET('/api/v1/calendars/{id}/resolve', {
          params: { path: { id }, query: { phrase, from } },
        }),
      );
    },
    ...FOR_THE_VISIT,
  });

/** Ids and titles of the periodic reports of the rules in force. */
export const periodicReportsQuery = queryOptions({
  queryKey: ['rules', 'reports'],
  queryFn: async () => {
    const { items } = await answerOf(client.GET('/api/v1/working-rules'));
    const version = items.find(({ inForce }) => inForce)?.version;
    if (version === undefined) return [];
    const { rules } = await answerOf(
      client.GET('/api/v1/working-rules/versions/{version}', { params: { path: { version } } }),
    );
    const reports = (rules as { periodicReports?: unknown }).periodicReports;
    return (Array.isArray(reports) ? reports : []) as readonly {
      readonly id: string;
      readonly title: { readonly vi: string; readonly en: string };
    }[];
  },
  ...FOR_THE_VISIT,
});

export function useStandingDirectives() {
  return useInfiniteQuery({
    queryKey: ['standing', 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        client.GET('/api/v1/standing-directives', {
          params: { query: { limit: 100, ...(pageParam !== undefined && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export const standingQuery = (id: string) =>
  queryOptions({
    queryKey: ['standing', id],
    queryFn: () => answerOf(client.GET('/api/v1/standing-directives/{id}', path(id))),
  });

export const standingExplanationQuery = (id: string) =>
  queryOptions({
    queryKey: ['standing', id, 'explanation'],
    queryFn: () => answerOf(client.GET('/api/v1/standing-directives/{id}/explain', path(id))),
  });

export const obligationsQuery = (query: {
  readonly standing?: string;
  readonly state?: 'awaited' | 'reported';
}) =>
  queryOptions({
    queryKey: ['obligations', query],
    queryFn: async () =>
      (
        await answerOf(
          client.GET('/api/v1/reporting-obligations', { params: { query: { ...query, limit: 100 } } }),
        )
      ).items,
  });

export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/saved-views'))).items,
});

/** How many a list has in each state. */
export const countsQuery = (query: object) =>
  queryOptions({
    queryKey: ['counts', query],
    queryFn: async () =>
      (await answerOf(client.GET('/api/v1/directives/counts', { params: { query } }))).items,
    placeholderData: keepPreviousData,
  });

/** Most that the API tells of at once. */
const MOST_ALLOWED = 100;

/** What can be done with each of these now. */
export const allowedQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['allowed', ids],
    enabled: ids.length > 0,
    queryFn: async () => {
      const parts = Array.from({ length: Math.ceil(ids.length / MOST_ALLOWED) }, (_, index) =>
        ids.slice(index * MOST_ALLOWED, (index + 1) * MOST_ALLOWED),
      );
      const answers = await Promise.all(
        parts.map((part) =>
          answerOf(client.GET('/api/v1/directives/allowed', { params: { query: { ids: part.join(',') } } })),
        ),
      );
      return answers.flatMap(({ items }) => items);
    },
  });

/** The first directives that words are found in, for whoever names one. */
export const foundDirectivesQuery = (words: string) =>
  queryOptions({
    queryKey: ['directives', 'found', words],
    queryFn: async () =>
      (
        await answerOf(
          client.GET('/api/v1/directives', {
            params: { query: { limit: 20, ...(words !== '' && { q: words }) } },
          }),
        )
      ).items,
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
    // A long list is not read from its beginning whenever something happens somewhere: it says that it is behind.
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= LONG,
  });
}

/** Pages from which on a list is long. */
const LONG = 3;

const isLong = ({ queryKey, state }: Query): boolean =>
  queryKey[0] === 'directives' &&
  ((state.data as { pages?: readonly unknown[] } | undefined)?.pages?.length ?? 0) > LONG;

/** Whether something has happened that a long list does not show yet. */
export function useIsBehind(query: DirectivesQuery): boolean {
  const cache = queryClient.getQueryCache();
  return useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => queryClient.getQueryState(['directives', query])?.isInvalidated ?? false,
  );
}

export function useInbox() {
  return useInfiniteQuery({
    queryKey: ['inbox', 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        client.GET('/api/v1/inbox', {
          params: { query: { limit: 100, ...(pageParam !== undefined && { cursor: pageParam }) } },
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
  const mayChange = (query: Query) => !lasting.has(String(query.queryKey[0]));
  await Promise.all([
    queryClient.invalidateQueries({
      predicate: (query) => mayChange(query) && isLong(query),
      refetchType: 'none',
    }),
    queryClient.invalidateQueries({ predicate: (query) => mayChange(query) && !isLong(query) }),
  ]);
}
