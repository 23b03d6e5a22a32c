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

export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ['calendars', id],
    queryFn: () => answerOf(client.GET('/api/v1/calendars/{id}', { params: { path: { id } } })),
  });

export const directoryQuery = queryOptions({
  queryKey: ['directory'],
  queryFn: () => answerOf(client.GET('/api/v1/directory')),
});
