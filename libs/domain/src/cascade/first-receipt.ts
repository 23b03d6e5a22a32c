import { type PostgresTransaction } from '@dondoc/workflow/durable/index';

/** Keeps the inbox key of a message from another organization; false when the message has been applied before. */
export async function isFirstReceipt(
  tx: PostgresTransaction,
  { from, key }: { readonly from: string; readonly key: string },
): Promise<boolean> {
  const kept = await tx.query<{ id: string }>(
    `insert into dondoc.cascade_message (organization_id, id, from_organization_id, received_at)
     values ($1, $2, $3, to_timestamp($4::bigint / 1000.0)) on conflict do nothing returning id`,
    [tx.organization, key, from, tx.now],
  );
  return kept.length > 0;
}
