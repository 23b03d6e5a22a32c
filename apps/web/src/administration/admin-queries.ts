import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client';
import { answerOf } from '../api/problem';

export const rulesListQuery = queryOptions({
  queryKey: ['working-rules'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/working-rules'))).items,
});

export const rulesVersionQuery = (version: number) =>
  queryOptions({
    queryKey: ['working-rules', version],
    queryFn: () =>
      answerOf(client.GET('/api/v1/working-rules/versions/{version}', { params: { path: { version } } })),
    staleTime: 10 * 60_000,
  });

export const rulesSchemaQuery = queryOptions({
  queryKey: ['working-rules', 'schema'],
  queryFn: () => answerOf(client.GET('/api/v1/working-rules/schema')),
  staleTime: Infinity,
});

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/calendars'))).items,
});

/** As it is now; one version of it where one is named. */
export const calendarQuery = (id: string, version: string | null = null) =>
  queryOptions({
    queryKey: ['calendars', id, version],
    queryFn: () =>
      version === null
        ? answerOf(client.GET('/api/v1/calendars/{id}', { params: { path: { id } } }))
        : answerOf(
            client.GET('/api/v1/calendars/{id}/versions/{version}', {
              params: { path: { id, version: Number(version) } },
            }),
          ),
  });

export const calendarVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendars', id, 'versions'],
    queryFn: async () =>
      (await answerOf(client.GET('/api/v1/calendars/{id}/versions', { params: { path: { id } } }))).items,
  });

export const directoryQuery = queryOptions({
  queryKey: ['directory'],
  queryFn: () => answerOf(client.GET('/api/v1/directory')),
});

/** What moves by itself is looked at again without being asked for. */
const EVERY_SO_OFTEN = { refetchInterval: 15_000 };

export const workStateQuery = queryOptions({
  queryKey: ['operations', 'work'],
  queryFn: () => answerOf(client.GET('/api/v1/operations/work')),
  ...EVERY_SO_OFTEN,
});

export const parkedQuery = queryOptions({
  queryKey: ['parked-work'],
  queryFn: () => answerOf(client.GET('/api/v1/parked-work', { params: { query: { limit: 100 } } })),
  ...EVERY_SO_OFTEN,
});

export const failedMailQuery = queryOptions({
  queryKey: ['outgoing-mail', 'failed'],
  queryFn: () =>
    answerOf(client.GET('/api/v1/outgoing-mail', { params: { query: { state: 'failed', limit: 100 } } })),
  ...EVERY_SO_OFTEN,
});

export const lifecyclesQuery = queryOptions({
  queryKey: ['operations', 'lifecycles'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/operations/lifecycles'))).items,
});

export const lessonsQuery = queryOptions({
  queryKey: ['intake-lessons'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/intake-lessons'))).items,
});

export const checkpointsQuery = queryOptions({
  queryKey: ['audit', 'checkpoints'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/audit/checkpoints'))).items,
});

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/auth/accounts'))).items,
});

export const factorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => answerOf(client.GET('/api/v1/auth/second-factor')),
});

export const delegationsQuery = queryOptions({
  queryKey: ['delegations'],
  queryFn: async () => (await answerOf(client.GET('/api/v1/delegations'))).items,
});
