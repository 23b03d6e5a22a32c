import { isRefusal, type Instant, type MemoryRuntime, type OutboxRecord } from '@dondoc/workflow';
import { isInOffice } from '../../directory/offices';
import { type Directory } from '../../directory/directory';
import { type InboxSubject } from '../../inbox/message-words';
import { leavesAtAnyHour, shownAt } from '../../inbox/shown-at';
import { type DigestTimes } from '../../lifecycles/digest.lifecycle';
import { type DispatchInput } from '../../lifecycles/dispatch.lifecycle';
import { type DirectiveContext } from '../../lifecycles/directive.types';
import { directiveState } from '../../lifecycles/directive-state';
import { readPayload } from '../../lifecycles/message-payload';
import { digestHours, planDigest } from '../../messages/composition/digest-plan';
import { heldUntil, sendingMoment } from '../../messages/sending-moment';
import { isStillDue } from '../../messages/still-due';
import { type WorkingRules } from '../../working-rules/working-rules';
import { nextOpening } from '../../working-time/working-time';
import { type CivilDate } from '../../working-time/civil-date';
import { type WorkingCalendar } from '../../working-time/working-calendar';
import { dateAt, zoneNamed } from '../../working-time/zone';

/** One message for one person, as it waits to leave. */
export interface Item {
  readonly id: string;
  readonly subject: InboxSubject;
  readonly recipient: string;
  readonly urgency: string;
  readonly rung: string | null;
  /** Of the directive, when it was told. */
  readonly lead: string;
  /** The directive that it is about; null: about none. */
  readonly directive: string | null;
  /** When what it tells happened. */
  readonly at: Instant;
}

/** What a channel was handed, and when. */
export interface HandedOver {
  readonly dispatch: string;
  readonly to: string;
  readonly at: Instant;
  readonly anyHour: boolean;
  readonly items: readonly Item[];
}

interface Dispatch {
  readonly input: DispatchInput;
  readonly items: Item[];
  composed: readonly Item[] | null;
}

/** What the room asks of the office that it stands in. */
export interface RoomSetting {
  readonly organization: string;
  readonly calendar: WorkingCalendar;
  readonly rules: () => WorkingRules;
  readonly directory: () => Directory;
  readonly memory: () => MemoryRuntime;
}

/** So many of its calls a mail server takes before it refuses one. */
const TAKES = 9;

/**
 * Where messages leave an office by mail: through the real lifecycles of dispatches and of the digest, and what they follow,
 * with lists in memory in place of tables. Its mail server fails now and then.
 */
export class MailRoom {
  readonly handed: HandedOver[] = [];
  readonly gathered: Item[] = [];
  readonly dispatches = new Map<string, Dispatch>();
  /** The instants at which digests were written, by kind. */
  readonly written: { readonly at: Instant; readonly daily: boolean; readonly weekly: boolean }[] = [];
  private calls = 0;

  constructor(private readonly setting: RoomSetting) {}

  get effects() {
    return {
      composeDispatch: ({ instance }: OutboxRecord) => this.compose(instance),
      handOverDispatch: ({ instance }: OutboxRecord) => this.handOver(instance),
      planDigest: ({ payload }: OutboxRecord) => this.planDigest(payload as unknown as DigestTimes),
      writeDigests: (row: OutboxRecord) => this.write(row),
    };
  }

  /** The one digest of the office. */
  async begin(): Promise<void> {
    await this.start([{ lifecycle: 'digest', id: this.memory.newId(), input: {} }]);
  }

  /** A message of a lifecycle, to each of its people. */
  async told(
    { id, instance, lifecycle, at, payload }: OutboxRecord,
    people: readonly string[],
  ): Promise<void> {
    const message = readPayload(payload);
    const { rules, calendar } = this.facts;
    const deliverAt = shownAt(message, at, this.memory.now, { rules }, calendar);
    const { subject, urgency, rung } = message;
    const directive = message.directive ?? (lifecycle === 'directive' ? instance : null);
    const items = people.map((recipient) => ({
      ...{
        id: `${id}/${recipient}`,
        subject,
        recipient,
        urgency,
        rung,
        lead: message.facts.lead,
        directive,
        at,
      },
    }));
    await this.gather(items, deliverAt, leavesAtAnyHour(message, { rules }));
  }

  /** An administrator sends again what the mail server did not take. */
  async sendAgain(): Promise<void> {
    const { organization } = this.setting;
    const failed = this.memory.store
      .instances(organization)
      .filter(({ lifecycle, snapshot }) => lifecycle === 'dispatch' && snapshot.value === 'failed');
    for (const { id } of failed) {
      const event = { type: 'send-again', by: 'quantri', reason: 'Máy chủ thư đã chạy lại' };
      await this.memory.transaction(organization, (tx) =>
        tx.send({ instance: id, event, actor: { kind: 'person', id: 'quantri' } }),
      );
    }
  }

  private get memory(): MemoryRuntime {
    return this.setting.memory();
  }

  private get facts() {
    const { rules, directory, calendar } = this.setting;
    return { rules: rules(), directory: directory(), calendar };
  }

  private async gather(items: readonly Item[], at: Instant, anyHour: boolean): Promise<void> {
    const { memory } = this;
    const { calendar } = this.setting;
    for (const item of items) {
      this.gathered.push(item);
      const sendAt = sendingMoment(calendar, { at, now: memory.now, anyHour });
      const open = [...this.dispatches].find(
        ([, { input, composed }]) =>
          composed === null &&
          input.recipient === item.recipient &&
          input.sendAt === sendAt &&
          input.anyHour === anyHour,
      );
      if (open) {
        open[1].items.push(item);
        continue;
      }
      const id = memory.newId();
      const input = { channel: 'mail', recipient: item.recipient, sendAt, anyHour };
      this.dispatches.set(id, { input, items: [item], composed: null });
      await this.start([{ lifecycle: 'dispatch', id, input }]);
    }
  }

  private compose(id: string) {
    const dispatch = this.dispatches.get(id);
    if (!dispatch) throw new Error(`there is no dispatch ${id}`);
    const { directory, calendar } = this.facts;
    const date = dateAt(zoneNamed(calendar.zone), this.memory.now);
    if (!isInOffice(directory, dispatch.input.recipient, date))
      throw new Error('the reader holds no office any more');
    dispatch.composed ??= dispatch.items.filter((item) => this.isStillDue(item, date));
    return { items: dispatch.composed.length };
  }

  private handOver(id: string) {
    const dispatch = this.dispatches.get(id);
    if (!dispatch?.composed) throw new Error(`dispatch ${id} was not composed`);
    const { now } = this.memory;
    const { recipient: to, anyHour } = dispatch.input;
    const until = heldUntil(this.setting.calendar, { now, anyHour });
    if (until !== null) return { heldUntil: until };
    const { directory, calendar } = this.facts;
    if (!isInOffice(directory, to, dateAt(zoneNamed(calendar.zone), now)))
      throw new Error('the reader holds no office any more');
    this.calls += 1;
    if (this.calls % TAKES === 0) throw new Error('the mail server is away');
    this.handed.push({ dispatch: id, to, at: now, anyHour, items: dispatch.composed });
    return { receipt: 'taken' };
  }

  private planDigest(written: DigestTimes) {
    const { rules, calendar } = this.facts;
    return { ...planDigest(calendar, digestHours(rules), this.memory.now, written) };
  }

  /** To one person after the other: who reads what is judged elsewhere. */
  private async write({ id, payload }: OutboxRecord) {
    const { daily, weekly } = payload as unknown as { readonly daily: boolean; readonly weekly: boolean };
    const { now } = this.memory;
    const { directory, calendar } = this.facts;
    const date = dateAt(zoneNamed(calendar.zone), now);
    const present = directory.people
      .map((person) => person.id)
      .filter((one) => isInOffice(directory, one, date));
    const readers = present.slice(this.written.length % present.length).slice(0, 1);
    this.written.push({ at: now, daily, weekly });
    if (daily || weekly) {
      const subject = weekly ? ('digest-weekly' as const) : ('digest-daily' as const);
      const items = readers.map((recipient) => ({
        ...{
          id: `${id}/${recipient}`,
          subject,
          recipient,
          urgency: 'normal',
          rung: null,
          lead: '',
          directive: null,
          at: now,
        },
      }));
      await this.gather(items, nextOpening(calendar, now), false);
    }
    return { writtenAt: now };
  }

  private isStillDue(item: Item, date: CivilDate): boolean {
    const found =
      item.directive === null
        ? undefined
        : this.memory.store.instance(this.setting.organization, item.directive);
    const { subject, rung, lead } = item;
    const context = found?.snapshot.context as unknown as DirectiveContext | undefined;
    const directive =
      found?.lifecycle === 'directive' && context
        ? { leadId: context.lead, state: directiveState(found.snapshot.value).work }
        : null;
    const waiting = { subject, details: { rung, ...(lead !== '' && { lead }) }, directive, matter: null };
    return isStillDue(waiting, this.facts.directory, date);
  }

  private async start(
    commands: readonly { readonly lifecycle: string; readonly id: string; readonly input: object }[],
  ): Promise<void> {
    const started = await this.memory.transaction(this.setting.organization, (tx) =>
      tx.startMany(
        commands.map(({ input, ...command }) => ({
          ...command,
          input: input as never,
          actor: { kind: 'system' as const },
        })),
      ),
    );
    if (isRefusal(started)) throw new Error(started.en);
  }
}
