import { type FaultGround } from './fault-ground';

/** Counts events that were sent while whoever sent them might die: each is applied once, or not at all. */
export class Touches {
  private readonly counts = new Map<string, { asked: number; answered: number }>();

  ask(instances: readonly string[], times: number): void {
    for (const instance of instances) this.of(instance).asked += times;
  }

  answered(instance: string): void {
    this.of(instance).answered += 1;
  }

  /** Instances with fewer touches in their history than were answered, or more than were asked for. */
  async miscounted(ground: FaultGround): Promise<string[]> {
    const entries = await ground.entriesOf([...this.counts.keys()]);
    const wrong = [...this.counts].filter(([instance, { asked, answered }]) => {
      const applied = (entries.get(instance) ?? []).filter(({ event }) => event.type === 'touch').length;
      return applied < answered || applied > asked;
    });
    return wrong.map(([instance]) => instance);
  }

  private of(instance: string): { asked: number; answered: number } {
    const count = this.counts.get(instance) ?? { asked: 0, answered: 0 };
    this.counts.set(instance, count);
    return count;
  }
}
