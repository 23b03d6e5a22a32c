import { type Bilingual, type Refusal } from '@dondoc/workflow';
import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { notFound, notVisible } from '../accounts/access-refusals.service';
import { type Caller } from '../accounts/caller';
import { type DigestSection } from '../messages/composition/mail-content';
import { pageOf, type Page, type PageMark } from '../persistence/keyset-page';
import { type MessageDetails } from './keep-messages';
import { templateOf } from './message-words';
import { rungRuleOf } from './rung-rule';

export interface MessageView {
  readonly id: string;
  readonly subject: string;
  readonly heading: Bilingual;
  /** What the rung demands, in the words of the working rules. */
  readonly demand: Bilingual | null;
  readonly article: string | null;
  readonly directive: { readonly id: string; readonly text: string } | null;
  readonly escalation: string | null;
  /** The instance that sent it: what a reader opens where it is neither directive nor escalation. */
  readonly about: { readonly lifecycle: string; readonly instance: string } | null;
  readonly rung: string | null;
  /** Rungs that this one stands for. */
  readonly collapsed: readonly string[];
  /** A person's own words that came with it. */
  readonly note: string | null;
  /** Why it came to the reader in another's place. */
  readonly reason: Bilingual | null;
  /** Path of the page that shows it, where it is about many directives. */
  readonly page: string | null;
  /** Of a digest: what it lists, as it was when it was written. */
  readonly sections: readonly DigestSection[];
  /** Instants are ISO 8601, UTC. */
  readonly at: string;
  readonly readAt: string | null;
}

interface MessageRow extends Pick<
  MessageView,
  'id' | 'subject' | 'article' | 'directive' | 'escalation' | 'about' | 'reason'
> {
  readonly details: MessageDetails;
  readonly deliverAt: Date;
  readonly readAt: Date | null;
}

const SELECT_MESSAGES = `
  select m.id, m.subject, m.article, m.escalation_id as escalation, m.details, m.reason,
    m.deliver_at as "deliverAt", m.read_at as "readAt",
    case when m.instance_id is not null
      then json_build_object('lifecycle', m.lifecycle, 'instance', m.instance_id) end as about,
    case when d.id is not null then json_build_object('id', d.id, 'text', d.text) end as directive
  from dondoc.inbox_message m
  left join dondoc.directive d on d.organization_id = m.organization_id and d.id = m.directive_id
  where m.organization_id = $1 and m.recipient_id = $2 and m.deliver_at <= to_timestamp($3::bigint / 1000.0)`;

export interface InboxQuery {
  readonly unread: boolean;
  readonly limit: number;
  readonly after?: PageMark | undefined;
}

/** The caller's own messages that have been delivered by now, newest first. */
export async function readInbox(
  tx: PostgresTransaction,
  caller: Caller,
  { unread, limit, after }: InboxQuery,
): Promise<Page<MessageView> & { readonly unread: number }> {
  const whose = [tx.organization, caller.person, tx.now];
  const rows = await tx.query<MessageRow>(
    `${SELECT_MESSAGES} and (not $4::boolean or m.read_at is null)
       and ($5::bigint is null or (m.deliver_at, m.id) < (to_timestamp($5::bigint / 1000.0), $6::uuid))
     order by m.deliver_at desc, m.id desc limit $7 + 1`,
    [...whose, unread, after?.at ?? null, after?.id ?? null, limit],
  );
  const [count] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from dondoc.inbox_message
     where organization_id = $1 and recipient_id = $2 and deliver_at <= to_timestamp($3::bigint / 1000.0)
       and read_at is null`,
    whose,
  );
  const views = await viewsOf(tx, rows);
  const page = pageOf(views, limit, ({ at, id }) => ({ at: Date.parse(at), id }));
  return { ...page, unread: count?.count ?? 0 };
}

/** Marks one's own message as read; reading it again keeps the first time. */
export async function markRead(
  tx: PostgresTransaction,
  caller: Caller,
  id: string,
): Promise<MessageView | Refusal> {
  const whose = [tx.organization, caller.person, tx.now, id];
  await tx.query(
    `update dondoc.inbox_message set read_at = to_timestamp($3::bigint / 1000.0)
     where organization_id = $1 and recipient_id = $2 and id = $4 and read_at is null
       and deliver_at <= to_timestamp($3::bigint / 1000.0)`,
    whose,
  );
  const [view] = await viewsOf(tx, await tx.query<MessageRow>(`${SELECT_MESSAGES} and m.id = $4`, whose));
  if (view) return view;
  const [others] = await tx.query(
    'select from dondoc.inbox_message where organization_id = $1 and id = $2 and recipient_id <> $3',
    [tx.organization, id, caller.person],
  );
  return others ? notVisible('inbox.read', id) : notFound();
}

async function viewsOf(tx: PostgresTransaction, rows: readonly MessageRow[]): Promise<MessageView[]> {
  const views: MessageView[] = [];
  for (const { deliverAt, readAt, details, ...row } of rows) {
    const { rung, collapsed, note, sections = [] } = details;
    const { heading, page = null } = templateOf(row.subject);
    views.push({
      ...row,
      heading,
      page,
      demand: (await rungRuleOf(tx, details))?.demand ?? null,
      rung,
      collapsed,
      note,
      sections,
      at: deliverAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    });
  }
  return views;
}
