import { type Instant, type OutboxRecord } from '@dondoc/workflow';
import { partReport } from '../../lifecycles/cascade/part-report';
import { type PartOrder } from '../../lifecycles/cascade/remote-part.types';
import { type Urgency } from '../../working-rules/working-rules';
import { type CivilDate } from '../../working-time/civil-date';
import { SimulatedOffice, type OfficeSetting, type OutsideOffice } from '../simulated-office';
import { MailRoom } from './mail-room';
import { ABOVE, BELOW } from './offices';

type Setting = Omit<OfficeSetting, 'organization' | 'outside'>;

interface GivenOrder {
  readonly part: string;
  readonly sourceDate: CivilDate;
  readonly field: string | null;
  readonly urgency: Urgency;
  readonly order: PartOrder;
}

interface Letter {
  readonly arrives: Instant;
  readonly open: () => Promise<void>;
}

const MINUTE = 60_000;
/** How long letters take, one after the other: a later one may overtake an earlier one, and some come twice. */
const JOURNEYS = [0, 95 * MINUTE, 0, 5 * MINUTE, 26 * 60 * MINUTE] as const;
const COPIES = 3;

/** Two offices, one above the other, each behind its own wall: what travels between them goes by letter. */
export class Neighbours {
  readonly above: SimulatedOffice;
  readonly below: SimulatedOffice;
  /** Of the office above; null: its messages only reach the inbox. */
  readonly room: MailRoom | null;
  private readonly bag: Letter[] = [];
  private written = 0;

  constructor(above: Setting, below: Setting, mail: boolean) {
    const { calendar } = above;
    const room = new MailRoom({
      ...{ organization: ABOVE, calendar, rules: () => this.above.rulesInForce },
      ...{ directory: () => this.above.directory, memory: () => this.above.memory },
    });
    this.room = mail ? room : null;
    const setting = { ...above, organization: ABOVE, ...(mail && { room }) };
    this.above = new SimulatedOffice({ ...setting, outside: this.mail('below') });
    this.below = new SimulatedOffice({ ...below, organization: BELOW, outside: this.mail('above') });
  }

  get now(): Instant {
    return this.above.memory.now;
  }

  /** What is on its way. */
  get underway(): number {
    return this.bag.length;
  }

  /** Lets time pass in both: timers and letters each at their own instant. */
  async advanceTo(until: Instant): Promise<void> {
    for (;;) {
      const letter = this.nextLetter();
      const due = [this.above, this.below].map(({ memory }) => memory.store.nextDue()?.dueAt ?? Infinity);
      const next = Math.min(...due, letter?.arrives ?? Infinity);
      if (next > until) break;
      await this.bothTo(next);
      if (!letter || letter.arrives > next) continue;
      this.bag.splice(this.bag.indexOf(letter), 1);
      await letter.open();
    }
    await this.bothTo(until);
  }

  /** Time passes and nobody works, in either office; letters come in, for somebody has to see to them. */
  sleepTo(until: Instant): void {
    this.above.memory.sleepTo(until);
    this.below.memory.sleepTo(until);
  }

  private nextLetter(): Letter | undefined {
    return [...this.bag].sort((a, b) => a.arrives - b.arrives)[0];
  }

  private async bothTo(instant: Instant): Promise<void> {
    await this.above.advanceTo(instant);
    await this.below.advanceTo(instant);
  }

  private mail(to: 'above' | 'below'): OutsideOffice {
    return {
      giveAcross: (row) => this.send(() => this.giveOrder(row)),
      reportToSource: (row) => this.send(this.reportOf(row, to)),
    };
  }

  private send(open: () => Promise<void>): void {
    const journey = JOURNEYS[this.written % JOURNEYS.length] ?? 0;
    this.bag.push({ arrives: this.now + journey, open });
    if (this.written % COPIES === 0) this.bag.push({ arrives: this.now + journey + 7 * MINUTE, open });
    this.written += 1;
  }

  private async giveOrder({ id, payload }: OutboxRecord): Promise<void> {
    const given = payload as unknown as GivenOrder;
    const refused = await this.below.received.order({ ...given, from: ABOVE, key: id });
    if (!refused) return;
    const { code, vi, en } = refused;
    await this.above.received.report(given.part, `${id}/refused`, { type: 'not-received', code, vi, en });
  }

  /** What is told is read when the letter is written. */
  private reportOf({ id, instance, revision, payload }: OutboxRecord, to: 'above' | 'below') {
    const { part, deadline } = payload as { readonly part: string; readonly deadline: Instant | null };
    const entry = this.below.historyOf(instance).find((one) => one.revision === revision);
    if (to !== 'above' || !entry) throw new Error(`nothing to tell of revision ${revision}`);
    const said = partReport({ directive: instance, revision, deadline }, entry);
    return async () => {
      await this.above.received.report(part, id, { type: 'state-received', said });
    };
  }
}
