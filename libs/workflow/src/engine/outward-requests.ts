import { type OutwardRequest } from './instance-progress';
import { type InstancesAtHand } from './instances-at-hand';
import { type LifecycleCatalogue } from './lifecycle-catalogue';
import { LifecycleFault } from './step-requests';
import { type Actor } from './records';
import { type StoreTransaction } from './store.port';
import { type WorkHooks } from './work-hooks';

function unknownReceiver(request: Exclude<OutwardRequest, { kind: 'start' }>, id: string): string {
  const who =
    request.kind === 'send-child'
      ? `it started nothing under the key "${request.send.key}"`
      : 'there is none';
  return `action "${request.action}" of instance ${request.from} sends to an unknown instance (${id}): ${who}`;
}

/** What transitions ask of other instances, carried out in the same unit of work. */
export class OutwardRequests<TTransaction extends StoreTransaction> {
  constructor(
    private readonly catalogue: LifecycleCatalogue,
    private readonly instances: InstancesAtHand,
    private readonly tx: TTransaction,
    private readonly hooks: WorkHooks<TTransaction>,
  ) {}

  /**
   * Rounds of in-transaction starts and sends, until no transition asks for another.
   * @returns the instances that were asked
   */
  async follow(from: readonly string[]): Promise<readonly string[]> {
    const reached: string[] = [];
    let asking = from;
    while (asking.length > 0) {
      const asked = asking.flatMap((id) => this.instances.find(id)?.takeOutward() ?? []);
      await this.instances.load(asked.map((request) => this.targetOf(request)));
      for (const request of asked) await this.carryOut(request);
      asking = [...new Set(asked.map((request) => this.targetOf(request)))];
      reached.push(...asking);
    }
    return reached;
  }

  private targetOf(request: OutwardRequest): string {
    switch (request.kind) {
      case 'start':
        return this.catalogue.childId(request.from, request.start.key);
      case 'send':
        return request.send.instance;
      case 'send-child':
        return this.catalogue.childId(request.from, request.send.key);
      case 'send-parent':
        // Whoever has none cannot have asked for it.
        return this.instances.record(request.from).parent ?? request.from;
    }
  }

  private async carryOut(request: OutwardRequest): Promise<void> {
    const id = this.targetOf(request);
    const actor: Actor = { kind: 'instance', id: request.from };
    if (request.kind !== 'start') {
      this.instances.assertNotForeign(id);
      const target = this.instances.find(id);
      if (!target) throw new LifecycleFault(unknownReceiver(request, id));
      target.fireDue(request.at);
      // As in XState: an event that the receiver does not take in its present state has no effect.
      target.apply(request.kind === 'send-parent' ? request.event : request.send.event, actor, request.at);
      return;
    }
    if (this.instances.isLoaded(id)) return;
    const { lifecycle, input } = request.start;
    const pending = { lifecycle, id, input, at: request.at, from: this.instances.record(request.from) };
    const prepared = (await this.hooks.prepareStart?.[lifecycle]?.(pending, this.tx)) ?? input;
    this.instances.begin(this.catalogue.latest(lifecycle), id, prepared, actor, request.at);
  }
}
