import { isRefusal, type Instant } from '@dondoc/workflow';
import { newUuid, type PostgresTransaction, type PostgresWork } from '@dondoc/workflow/durable/index';
import { type MessageKind } from '../inbox/message-template';
import { dispatchLifecycle, type DispatchInput } from '../lifecycles/dispatch.lifecycle';
import { calendarByPerson } from '../organizations/calendar-by-agency';
import { type OfficeFacts } from '../organizations/office-facts';
import { type Channel } from './channel.port';
import { isWantedByMail, preferencesOf, unsaidPreferences } from './message-preferences';
import { sendingMoment } from './sending-moment';

/** A message of the inbox that may leave by other channels too. */
export interface ToldMore {
  readonly message: string;
  readonly recipient: string;
  readonly kind: MessageKind;
  readonly at: Instant;
  /** Does not wait for working hours. */
  readonly anyHour: boolean;
}

/** `$2` recipients, `$3` channel: dispatches that something may still join. */
const OPEN_DISPATCHES = `
  select id, recipient_id as recipient, floor(extract(epoch from send_at) * 1000)::bigint::text as "sendAt",
    any_hour as "anyHour"
  from dondoc.dispatch
  where organization_id = $1 and recipient_id = any($2::uuid[]) and channel = $3 and composed_at is null
    and state in ('gathering', 'composing')`;

const JOIN = `
  insert into dondoc.dispatch_item (organization_id, dispatch_id, message_id)
  select $1, c.dispatch, c.message from json_to_recordset($2::json) as c(dispatch uuid, message uuid)`;

const keyOf = ({ recipient, sendAt, anyHour }: Omit<DispatchInput, 'channel'>): string =>
  `${recipient}/${sendAt}/${anyHour}`;

/**
 * Held to the end of the transaction by whoever adds to dispatches or composes one: nothing joins a message that is being
 * composed. One lock per organization, so that nobody waits in a circle.
 */
export async function holdDispatches(tx: PostgresTransaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('dondoc.dispatch/' || $1, 0))`, [
    tx.organization,
  ]);
}

/** Puts messages into the dispatch of their person and moment, one for each channel that reaches the person. */
export async function gatherDispatches(
  tx: PostgresWork,
  channels: readonly Channel[],
  office: Pick<OfficeFacts, 'directory'>,
  messages: readonly ToldMore[],
): Promise<void> {
  if (channels.length === 0 || messages.length === 0) return;
  const recipients = [...new Set(messages.map(({ recipient }) => recipient))];
  const preferences = await preferencesOf(tx, recipients);
  const people = new Map(office.directory.people.map((person) => [person.id, person]));
  for (const channel of channels) {
    const leaving = messages.filter(({ recipient, kind }) => {
      const person = people.get(recipient);
      const wanted = isWantedByMail(preferences.get(recipient) ?? unsaidPreferences, kind);
      return wanted && person !== undefined && channel.addressOf(person) !== null;
    });
    if (leaving.length > 0) await join(tx, channel, leaving);
  }
}

async function join(
  tx: PostgresWork,
  { name: channel }: Channel,
  messages: readonly ToldMore[],
): Promise<void> {
  await holdDispatches(tx);
  const calendarOf = await calendarByPerson(tx);
  const recipients = [...new Set(messages.map(({ recipient }) => recipient))];
  const open = await tx.query<{ id: string; recipient: string; sendAt: string; anyHour: boolean }>(
    OPEN_DISPATCHES,
    [tx.organization, recipients, channel],
  );
  const known = new Map(
    open.map(({ id, sendAt, ...row }) => [keyOf({ ...row, sendAt: Number(sendAt) }), id]),
  );
  const begun: { readonly id: string; readonly input: DispatchInput }[] = [];
  const items = messages.map(({ message, recipient, at, anyHour }) => {
    const sendAt = sendingMoment(calendarOf(recipient), { at, now: tx.now, anyHour });
    const key = keyOf({ recipient, sendAt, anyHour });
    const dispatch = known.get(key) ?? newUuid();
    if (!known.has(key)) begun.push({ id: dispatch, input: { channel, recipient, sendAt, anyHour } });
    known.set(key, dispatch);
    return { dispatch, message };
  });
  if (begun.length > 0) {
    const started = await tx.startMany(
      begun.map(({ id, input }) => ({
        lifecycle: dispatchLifecycle.id,
        id,
        input: { ...input },
        actor: { kind: 'system' },
      })),
    );
    if (isRefusal(started)) throw new Error(`dispatches were not started: ${started.en}`);
  }
  await tx.query(JOIN, [tx.organization, JSON.stringify(items)]);
}
