import { type StoredEvent } from '@dondoc/workflow';
import { type PostgresWork } from '@dondoc/workflow/durable/index';
import { isFirstReceipt } from './first-receipt';
import { remotePartAtHand } from './remote-part-at-hand';

export interface ReceivedReport {
  readonly from: string;
  readonly key: string;
  readonly part: string;
  readonly event: StoredEvent;
}

/** What another organization says of a part that was handed on to it. What nobody asked it for is not heard. */
export async function receiveReport(
  tx: PostgresWork,
  { from, key, part, event }: ReceivedReport,
): Promise<void> {
  if (!(await isFirstReceipt(tx, { from, key }))) return;
  const known = await remotePartAtHand(tx, part);
  if (known?.organization !== from) return;
  // Refused only when the part has ended here: then it changes nothing any more.
  await tx.send({ instance: part, event, actor: { kind: 'system', id: from } });
}
