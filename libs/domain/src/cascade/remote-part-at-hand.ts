import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type RemotePartContext } from '../lifecycles/cascade/remote-part.types';

/** A part that another organization does, locked until the commit; null when there is none of this id. */
export async function remotePartAtHand(
  tx: PostgresTransaction,
  id: string,
): Promise<RemotePartContext | null> {
  const [record] = await tx.lock([id]);
  if (record?.lifecycle !== 'remote-part') return null;
  return record.snapshot.context as unknown as RemotePartContext;
}
