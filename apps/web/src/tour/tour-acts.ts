import { client, type Installation } from '../api/client';
import { answerOf } from '../api/problem';
import { meQuery, queryClient } from '../api/queries';

/** People of the sample office whose part one plays. */
export const CLERK = 'vanthu';
export const LEADER = 'pct-kinhte';
const AGENCY = 'Phòng Kinh tế';
const DAYS_TO_DEADLINE = 7;
/** Past the deadline, and to where the rules put it before the leader. */
const FORWARD = '13wd';

type LogIn = Installation['logIns'][number];

export const isSample = (logIns: readonly LogIn[]): boolean =>
  [CLERK, LEADER].every((login) => logIns.some((one) => one.login === login));

/** Takes another one's part: their own log-in, as at the door. */
export async function playPart(logIns: readonly LogIn[], login: string): Promise<void> {
  const found = logIns.find((one) => one.login === login);
  if (!found) throw new Error(`${login} is not of the sample office`);
  const { password } = found;
  await answerOf(client.POST('/api/v1/auth/login', { body: { login, password } }));
  queryClient.removeQueries({
    predicate: ({ queryKey }) => !['me', 'installation'].includes(String(queryKey[0])),
  });
  await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
}

/** An order given by word of mouth, as a draft; its id. */
export async function draftOrder(logIns: readonly LogIn[], today: string, text: string): Promise<string> {
  const [{ items: agencies }, { items: people }] = await Promise.all([
    answerOf(client.GET('/api/v1/agencies')),
    answerOf(client.GET('/api/v1/people')),
  ]);
  const leader = logIns.find(({ login }) => login === LEADER)?.name;
  const due = new Date(`${today}T00:00:00Z`);
  due.setUTCDate(due.getUTCDate() + DAYS_TO_DEADLINE);
  const lead = agencies.filter(({ name, inForce }) => inForce && name === AGENCY).map(({ id }) => id);
  const { id } = await answerOf(
    client.POST('/api/v1/drafts', {
      params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
      body: {
        source: {
          kind: 'oral',
          givenBy: people.find(({ name }) => name === leader)?.id ?? '',
          givenOn: today,
        },
        items: [{ text, lead, deadline: { phrase: null, date: due.toISOString().slice(0, 10) } }],
      },
    }),
  );
  return id;
}

export function moveOn(): Promise<unknown> {
  return answerOf(client.POST('/api/v1/sandbox/clock/advance', { body: { by: FORWARD } }));
}
