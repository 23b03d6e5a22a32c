import { PermanentFailure, type OutboxRecord } from '@dondoc/workflow';
import { type OutsideCall } from '@dondoc/workflow/durable/index';
import { type DataSource } from 'typeorm';
import { type HandingOver } from '../lifecycles/dispatch.lifecycle';
import { calendarByPerson } from '../organizations/calendar-by-agency';
import { officeFacts } from '../organizations/office-facts';
import { inOrganization } from '../persistence/organization-context';
import { dateAt, zoneNamed } from '../working-time/zone';
import { type Channel, type KeptMessage } from './channel.port';
import { requireReader } from './require-reader';
import { heldUntil } from './sending-moment';

interface Kept extends KeptMessage {
  readonly channel: string;
  readonly anyHour: boolean;
  readonly recipient: string;
}

const KEPT = `
  select recipient_id as recipient, channel, any_hour as "anyHour", message_key as key, address, reader_name as name, language, subject,
    text_body as text, html_body as html
  from dondoc.dispatch where organization_id = $1 and id = $2 and composed_at is not null`;

/**
 * Hands the kept message of a dispatch over, or says until when it has to wait: the reader's working hours are
 * looked at now.
 */
export async function handOverDispatch(
  { instance }: Pick<OutboxRecord, 'instance'>,
  { organization, signal }: Pick<OutsideCall, 'organization' | 'signal'>,
  dataSource: DataSource,
  channels: readonly Channel[],
): Promise<HandingOver> {
  const { message, until } = await inOrganization(dataSource, organization, async (manager) => {
    const [clock] = await manager.query<{ now: string }[]>(
      'select floor(extract(epoch from workflow.now()) * 1000)::bigint::text as now',
    );
    const now = Number(clock?.now);
    const [kept] = await manager.query<Kept[]>(KEPT, [organization, instance]);
    if (!kept) throw new PermanentFailure('nothing was composed');
    const calendar = (await calendarByPerson({ organization, now, manager }))(kept.recipient);
    const until = heldUntil(calendar, { now, anyHour: kept.anyHour });
    const { directory, zone } = await officeFacts({ organization, now, manager }, 'directory', 'zone');
    // It may have been held over the last day of its reader.
    if (until === null) requireReader(directory, kept.recipient, dateAt(zoneNamed(zone), now));
    return { message: kept, until };
  });
  if (until !== null) return { heldUntil: until };
  const channel = channels.find(({ name }) => name === message.channel);
  if (!channel) throw new PermanentFailure(`the channel "${message.channel}" is turned off`);
  return { receipt: await channel.handOver(message, signal) };
}
