import { queryOptions } from '@tanstack/react-query';
import { client } from '../api/client';
import { answerOf } from '../api/problem';

const FEW = 50;
const LATELY = 6;

/** What waits for a leader, each kind by what the API says is theirs. */
export const mattersQuery = queryOptions({
  queryKey: ['escalations', 'matters'],
  queryFn: async () =>
    (await answerOf(client.GET('/api/v1/escalations/matters', { params: { query: { whose: 'mine' } } })))
      .items,
});

export const decidedQuery = queryOptions({
  queryKey: ['escalations', 'decided'],
  queryFn: async () =>
    (
      await answerOf(
        client.GET('/api/v1/escalations', {
          params: { query: { whose: 'mine', state: 'decided', limit: LATELY } },
        }),
      )
    ).items,
});

export const requestsQuery = queryOptions({
  queryKey: ['extension-requests', 'mine'],
  queryFn: async () =>
    (
      await answerOf(
        client.GET('/api/v1/extension-requests', {
          params: { query: { whose: 'mine', state: 'requested', limit: FEW } },
        }),
      )
    ).items,
});

export const explanationsQuery = queryOptions({
  queryKey: ['explanations', 'submitted'],
  queryFn: async () => {
    const { items } = await answerOf(
      client.GET('/api/v1/explanations', { params: { query: { state: 'submitted', limit: FEW } } }),
    );
    const whole = await Promise.all(
      items.map(({ id }) => answerOf(client.GET('/api/v1/explanations/{id}', { params: { path: { id } } }))),
    );
    return whole.filter(({ allowed }) => allowed.includes('accept'));
  },
});

export const resumptionsQuery = queryOptions({
  queryKey: ['directives', 'proposed'],
  queryFn: async () => {
    const { items } = await answerOf(
      client.GET('/api/v1/directives', { params: { query: { state: 'suspended', limit: FEW } } }),
    );
    const proposed = items.filter(({ suspension }) => suspension?.proposedDeadlineAt);
    const whole = await Promise.all(
      proposed.map(({ id }) => answerOf(client.GET('/api/v1/directives/{id}', { params: { path: { id } } }))),
    );
    return whole.filter(({ allowed }) => allowed.includes('resume'));
  },
});
