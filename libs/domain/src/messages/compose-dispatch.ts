import { PermanentFailure, type Bilingual, type OutboxRecord } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Person } from '../directory/directory';
import { moment } from '../explanation/words';
import { remainingWords } from '../explanation/remaining';
import { type MessageDetails } from '../inbox/keep-messages';
import { templateOf } from '../inbox/message-words';
import { rungRuleOf } from '../inbox/rung-rule';
import { type Composition } from '../lifecycles/dispatch.lifecycle';
import { calendarByAgency } from '../organizations/calendar-by-agency';
import { officeFacts, type OfficeFacts } from '../organizations/office-facts';
import { type CivilDate } from '../working-time/civil-date';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { dateAt, zoneNamed } from '../working-time/zone';
import { type Channel } from './channel.port';
import { composeMail } from './composition/compose-mail';
import { type ToldMessage } from './composition/mail-content';
import { MESSAGE_NAME } from './directive-name';
import { holdDispatches } from './gather-dispatches';
import { addressOf, type PageAddresses } from './page-addresses';
import { isWantedByMail, preferencesOf, unsaidPreferences } from './message-preferences';
import { requireReader } from './require-reader';
import { isStillDue, type WaitingMessage } from './still-due';

interface DispatchRow {
  readonly channel: string;
  readonly recipient: string;
  readonly composed: boolean;
  readonly items: number;
}

interface ItemRow extends WaitingMessage {
  readonly id: string;
  readonly lifecycle: string | null;
  readonly instance: string | null;
  readonly article: string | null;
  readonly details: MessageDetails;
  readonly reason: Bilingual | null;
  readonly directive: {
    readonly id: string;
    readonly name: string | null;
    readonly text: string;
    readonly lead: string;
    readonly leadId: string;
    readonly state: string;
    readonly deadline: number | null;
  } | null;
}

const DISPATCH = `
  select d.channel, d.recipient_id as recipient, d.composed_at is not null as composed,
    (select count(*)::integer from dondoc.dispatch_item i
     where i.organization_id = d.organization_id and i.dispatch_id = d.id) as items
  from dondoc.dispatch d where d.organization_id = $1 and d.id = $2`;

/** The state of what a message is of, where it is of one of these; `held` while what was decided can be undone. */
const MATTERS = Object.entries({
  escalation: 'escalation',
  explanation: 'explanation',
  consultation: 'consultation',
  'extension-request': 'extension_request',
  'reporting-obligation': 'reporting_obligation',
})
  .map(
    ([lifecycle, table]) =>
      `when '${lifecycle}' then (
        select case when i.status = 'active' and t.state in ('decided', 'granted', 'refused') then 'held' else t.state end
        from dondoc.${table} t
        join workflow.instance i on i.organization_id = t.organization_id and i.id = t.id
        where t.organization_id = m.organization_id and t.id = m.instance_id)`,
  )
  .join(' ');

const ITEMS = `
  select m.id, m.subject, m.lifecycle, m.instance_id as instance, m.article, m.details, m.reason,
    case when d.id is not null then json_build_object(
      'id', d.id, 'name', ${MESSAGE_NAME}, 'text', d.text, 'lead', a.name, 'leadId', d.lead_id, 'state', d.work_state,
      'deadline', floor(extract(epoch from d.deadline_at) * 1000)::bigint) end as directive,
    case m.lifecycle ${MATTERS} end as matter
  from dondoc.dispatch_item i
  join dondoc.inbox_message m on m.organization_id = i.organization_id and m.id = i.message_id
  left join dondoc.directive d on d.organization_id = m.organization_id and d.id = m.directive_id
  left join dondoc.agency a on a.organization_id = d.organization_id and a.id = d.lead_id
  left join dondoc.source s on s.organization_id = d.organization_id and s.id = d.source_id
  left join dondoc.document o on o.organization_id = s.organization_id and o.id = s.document_id
  where i.organization_id = $1 and i.dispatch_id = $2
  order by m.deliver_at, m.id`;

/** Written once: what is handed over later is what stands here. */
const KEEP_COMPOSED = `
  update dondoc.dispatch
  set composed_at = to_timestamp($3::bigint / 1000.0), message_key = $4, address = $5, reader_name = $6, language = $7,
      subject = $8, text_body = $9, html_body = $10
  where organization_id = $1 and id = $2 and composed_at is null`;

/** Nobody composes it anew: only where it goes is looked up again. */
const READDRESS = `
  update dondoc.dispatch set address = $3, reader_name = $4
  where organization_id = $1 and id = $2 and text_body is not null returning id`;

interface Reading {
  readonly reader: Person;
  readonly channel: Channel;
  readonly address: string;
}

/** Who reads it and where they are reached today. @throws PermanentFailure where nobody is: an administrator decides */
function readingOf(
  { channel: name, recipient }: DispatchRow,
  channels: readonly Channel[],
  { directory }: Pick<OfficeFacts, 'directory'>,
  date: CivilDate,
): Reading {
  const channel = channels.find((one) => one.name === name);
  const reader = directory.people.find(({ id }) => id === recipient);
  const address = reader && channel?.addressOf(reader);
  if (!channel || !reader || !address) throw new PermanentFailure(`nobody is reached by ${name} any more`);
  requireReader(directory, recipient, date);
  return { reader, channel, address };
}

/**
 * Composes the message of a dispatch out of everything that has gathered in it, and keeps it. Composed once, its text stays as
 * it is: sent again, it goes to where its reader is reached by then. Runs in the transaction that records it.
 */
export async function composeDispatch(
  { instance }: Pick<OutboxRecord, 'instance'>,
  tx: PostgresTransaction,
  channels: readonly Channel[],
  page: PageAddresses,
): Promise<Composition> {
  await holdDispatches(tx);
  const [dispatch] = await tx.query<DispatchRow>(DISPATCH, [tx.organization, instance]);
  if (!dispatch) throw new Error(`there is no dispatch ${instance}`);
  const office = await officeFacts(tx, 'name', 'zone', 'directory');
  const date = dateAt(zoneNamed(office.zone), tx.now);
  if (dispatch.composed) {
    const { reader, address } = readingOf(dispatch, channels, office, date);
    const kept = await tx.query(READDRESS, [tx.organization, instance, address, reader.name]);
    if (kept.length === 0) throw new PermanentFailure('its text was erased');
    return { items: dispatch.items };
  }
  const calendarOf = await calendarByAgency(tx);
  const { recipient } = dispatch;
  const preferences = (await preferencesOf(tx, [recipient])).get(recipient) ?? unsaidPreferences;
  const rows = (await tx.query<ItemRow>(ITEMS, [tx.organization, instance])).filter(
    (row) =>
      isWantedByMail(preferences, templateOf(row.subject).kind) && isStillDue(row, office.directory, date),
  );
  if (rows.length === 0) return { items: 0 };
  const { reader, channel, address } = readingOf(dispatch, channels, office, date);
  const { language } = preferences;
  const messages: ToldMessage[] = [];
  for (const row of rows) messages.push(await told(row, tx, { ...office, calendarOf }, page));
  const { subject, text, html } = composeMail({
    language,
    organization: office.name,
    reader: reader.name,
    messages,
    settingsLink: page.settings,
  });
  const key = channel.keyOf(instance);
  await tx.query(KEEP_COMPOSED, [
    tx.organization,
    instance,
    tx.now,
    key,
    address,
    reader.name,
    language,
    subject,
    text,
    html,
  ]);
  return { items: rows.length };
}

/** By name: who has the lead now may not be who had it when this happened. */
function leadAtTheTime(
  { details, directive }: ItemRow,
  { directory }: Pick<OfficeFacts, 'directory'>,
): string {
  const then = directory.agencies.find(({ id }) => id === details.lead)?.name;
  return then ?? directive?.lead ?? '';
}

async function told(
  row: ItemRow,
  tx: PostgresTransaction,
  office: Pick<OfficeFacts, 'zone' | 'directory'> & {
    readonly calendarOf: (agency: string) => WorkingCalendar;
  },
  page: PageAddresses,
): Promise<ToldMessage> {
  const { subject, article, details, reason, directive } = row;
  const template = templateOf(subject);
  const nameOf = (id: string | null) =>
    id === null ? null : (office.directory.people.find((person) => person.id === id)?.name ?? null);
  const { calendarOf, zone } = office;
  const deadline = directive?.deadline == null ? null : moment(directive.deadline, zone);
  const isOpen = directive !== null && !['closed', 'cancelled', 'replaced'].includes(directive.state);
  const remaining =
    isOpen && directive.deadline !== null
      ? remainingWords(calendarOf(directive.leadId), tx.now, directive.deadline)
      : null;
  const by = nameOf(details.by);
  return {
    kind: template.kind,
    heading: template.heading,
    says: template.says({ lead: leadAtTheTime(row, office), by, deadline, remaining }),
    demand: (await rungRuleOf(tx, details))?.demand ?? null,
    directive: directive && { ...directive, deadline, remaining },
    article,
    note: details.note === null ? null : { by, text: details.note },
    reason,
    link: template.page === undefined ? addressOf(page, row) : page.base + template.page,
    sections: details.sections ?? [],
  };
}
