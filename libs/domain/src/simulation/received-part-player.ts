import {
  isRefusal,
  refusal,
  type Actor,
  type Instant,
  type MemoryWork,
  type Refusal,
  type StoredEvent,
} from '@dondoc/workflow';
import { planReceivedPart, applyOrder, type ReceivedPart } from '../lifecycles/cascade/received-part-acts';
import { type RemotePartEventToSend } from '../lifecycles/cascade/remote-part.types';
import { type Cast } from './cast';

/** An order from another organization; `key` names the message, of which there may be several copies. */
export type ReceivedOrder = Omit<ReceivedPart, 'id'> & { readonly key: string };

/** A part as it was received, with the newest order that was followed. */
interface KnownPart {
  readonly id: string;
  readonly deadline: Instant | null;
  readonly suspendedAt: Instant | null;
  readonly order: number;
}

const partIsOver = refusal('part-over', {
  vi: 'Phần giao tiếp này đã kết thúc ở đơn vị giao.',
  en: 'This part has ended where it was handed on.',
});

/** What comes from another organization: each message once, an older order never over a newer one. */
export class ReceivedPartPlayer {
  /** Part → what it became. */
  private readonly known = new Map<string, KnownPart>();
  private readonly messages = new Set<string>();

  constructor(private readonly cast: Cast) {}

  /** The directive that a part became. */
  directiveOf(part: string): string | undefined {
    return this.known.get(part)?.id;
  }

  /** The first order of a part begins a directive, later ones change it. */
  async order(received: ReceivedOrder): Promise<Refusal | null> {
    if (this.messages.has(received.key)) return null;
    const known = this.known.get(received.part);
    if (known && known.order >= received.order.number) return null;
    const actor: Actor = { kind: 'system', id: received.from };
    const { memory, organization } = this.cast.stage;
    const id = known?.id ?? memory.newId();
    const began =
      known ?? (await memory.transaction(organization, (tx) => this.begin(tx, id, received, actor)));
    if (isRefusal(began)) return began;
    const { deadline, number } = received.order;
    const before = known ?? { deadline, suspendedAt: null };
    const suspendedAt = await memory.transaction(organization, (tx) =>
      applyOrder(this.cast.port(tx, actor), id, received, before),
    );
    if (isRefusal(suspendedAt)) return suspendedAt;
    this.messages.add(received.key);
    this.known.set(received.part, { id, deadline, suspendedAt, order: number });
    this.cast.directives.set(`${received.part}#1`, id);
    return null;
  }

  /** What another organization says of a part that was handed on to it. */
  async report(part: string, key: string, event: RemotePartEventToSend): Promise<Refusal | null> {
    if (this.messages.has(key)) return null;
    this.messages.add(key);
    const { memory, organization } = this.cast.stage;
    const actor: Actor = { kind: 'system', id: 'elsewhere' };
    const answer = await memory.transaction(organization, (tx) =>
      this.cast.instance(part)?.status === 'active'
        ? tx.send({ instance: part, event: event as unknown as StoredEvent, actor })
        : Promise.resolve(partIsOver),
    );
    return isRefusal(answer) ? answer : null;
  }

  private async begin(
    tx: MemoryWork,
    id: string,
    received: ReceivedOrder,
    actor: Actor,
  ): Promise<Refusal | null> {
    const input = planReceivedPart({ ...received, id }, this.cast.facts);
    if (isRefusal(input)) return input;
    const command = { lifecycle: 'directive', id, input: input as unknown as StoredEvent['input'], actor };
    const started = await tx.start(command);
    return isRefusal(started) ? started : null;
  }
}
