import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type Caller } from '../accounts/caller';
import { type MessageKind } from '../inbox/message-template';

/** How a person wants to be told. The inbox always has everything; escalations always leave by mail as well. */
export interface MessagePreferences {
  readonly language: 'vi' | 'en';
  readonly mail: {
    readonly reminders: boolean;
    readonly news: boolean;
    readonly digests: boolean;
  };
}

export const unsaidPreferences: MessagePreferences = {
  language: 'vi',
  mail: { reminders: true, news: true, digests: true },
};

/** Whether a message of this kind goes to this person's mail. Nobody can turn escalations off. */
export function isWantedByMail({ mail }: MessagePreferences, kind: MessageKind): boolean {
  switch (kind) {
    case 'escalation':
      return true;
    case 'reminder':
      return mail.reminders;
    case 'news':
      return mail.news;
    case 'digest':
      return mail.digests;
  }
}

interface Row {
  readonly person: string;
  readonly language: 'vi' | 'en';
  readonly reminders: boolean;
  readonly news: boolean;
  readonly digests: boolean;
}

/** Of the people named, those who have said something. */
export async function preferencesOf(
  tx: Pick<PostgresTransaction, 'organization' | 'query'>,
  people: readonly string[],
): Promise<ReadonlyMap<string, MessagePreferences>> {
  const rows = await tx.query<Row>(
    `select person_id as person, language, mail_reminders as reminders, mail_news as news, mail_digests as digests
     from dondoc.message_preference where organization_id = $1 and person_id = any($2::uuid[])`,
    [tx.organization, people],
  );
  return new Map(rows.map(({ person, language, ...mail }) => [person, { language, mail }]));
}

/** The caller's own. */
export async function readPreferences(tx: PostgresTransaction, caller: Caller): Promise<MessagePreferences> {
  return (await preferencesOf(tx, [caller.person])).get(caller.person) ?? unsaidPreferences;
}

/** Keeps the caller's own, all of them at once; said again, they are the same. */
export async function keepPreferences(
  tx: PostgresTransaction,
  caller: Caller,
  { language, mail }: MessagePreferences,
): Promise<MessagePreferences> {
  await tx.query(
    `insert into dondoc.message_preference
       (organization_id, person_id, language, mail_reminders, mail_news, mail_digests, changed_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::bigint / 1000.0))
     on conflict (organization_id, person_id) do update
     set language = excluded.language, mail_reminders = excluded.mail_reminders, mail_news = excluded.mail_news,
         mail_digests = excluded.mail_digests, changed_at = excluded.changed_at`,
    [tx.organization, caller.person, language, mail.reminders, mail.news, mail.digests, tx.now],
  );
  return readPreferences(tx, caller);
}
