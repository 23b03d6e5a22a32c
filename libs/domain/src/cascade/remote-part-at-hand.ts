import { type PostgresTransaction } from '@dondoc/workflow/durable/index';
import { type RemotePartContext } from '../lifecycles/cascade/remote-part.types';

/** A part that another organization does, locked until the commit; null when there is none of this id. */
export async function remotePartAtHand(
  tx: PostgresTransaction,
  id: string,
): Promise<RemotePartContext | null> {
  const [loaded] = await tx.lock([id], tx.now);
  if (loaded?.record.lifecycle !== 'remote-part') return null;
  return loaded.record.snapshot.context as unknown as RemotePartContext;
}
