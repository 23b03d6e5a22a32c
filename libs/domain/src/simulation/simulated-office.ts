import {
  MemoryRuntime,
  readEntry,
  type HistoryEntry,
  type Instant,
  type MemoryEffect,
  type OutboxRecord,
  type Refusal,
  type StoredEvent,
} from '@dondoc/workflow';
import { type Directory } from '../directory/directory';
import { directiveState } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { type RequestedEscalation } from '../lifecycles/escalation.types';
import { lifecycles } from '../lifecycles/lifecycles';
import { countTotals, type LatenessFacts, type Totals } from '../lifecycles/lateness';
import { readPayload, recipientsOf } from '../lifecycles/message-payload';
import { prepareEscalation } from '../lifecycles/prepare-escalation';
import { asksFor, prepareObligation } from '../lifecycles/standing/prepare-obligation';
import { type RequestedObligation, type StandingContext } from '../lifecycles/standing/standing.types';
import { type WorkingRules } from '../working-rules/working-rules';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { ActPlayer } from './act-player';
import { type DraftedNotice } from './cast';
import { type ReceivedPartPlayer } from './received-part-player';
import { type Act } from './scenario';
import { standingNames, timelineLines, type DeliveredMessage, type TimelineLine } from './timeline';

const ORGANIZATION = '00000000-0000-4000-8000-000000000000';

export interface OfficeSetting {
  readonly office: Directory;
  readonly notices: readonly DraftedNotice[];
  readonly rules: WorkingRules;
  /** The organization's own. */
  readonly calendar: WorkingCalendar;
  /** Those that agencies of `office` were given. */
  readonly agencyCalendars?: readonly WorkingCalendar[];
  readonly from: Instant;
  /** Left out: one organization plays alone. */
  readonly organization?: string;
  /** What goes to other organizations; left out: nothing does. */
  readonly outside?: OutsideOffice;
  /** Where messages leave by other channels; left out: they only reach the inbox. */
  readonly room?: MessageRoom;
}

/** What becomes of messages beside the inbox. */
export interface MessageRoom {
  /** The invoked effects that it carries out, by name. */
  readonly effects: Readonly<Record<string, MemoryEffect>>;
  told(row: OutboxRecord, recipients: readonly string[]): Promise<void>;
}

/** Takes what leaves for other organizations out of the outbox. */
export interface OutsideOffice {
  giveAcross(effect: OutboxRecord): void;
  reportToSource(effect: OutboxRecord): void;
}

export interface SimulatedDirective extends LatenessFacts {
  readonly name: string;
  readonly id: string;
  readonly context: DirectiveContext;
  readonly history: readonly HistoryEntry[];
}

export interface Simulation {
  readonly lines: readonly TimelineLine[];
  readonly totals: Totals;
  readonly directives: readonly SimulatedDirective[];
  readonly messages: readonly DeliveredMessage[];
}

/** In a simulation a decision takes effect at once: nobody is there to take it back. */
function nothingIsHeld(): never {
  throw new Error('a simulation holds no decision');
}

const nobody: OutsideOffice = { giveAcross: () => undefined, reportToSource: () => undefined };

/** One office in virtual time: the real lifecycles, rules and runtime on the memory store. */
export class SimulatedOffice {
  readonly organization: string;
  readonly memory: MemoryRuntime;
  private readonly player: ActPlayer;
  private readonly messages: DeliveredMessage[] = [];
  /** What was read of each history, which only grows. */
  private readonly histories = new Map<string, readonly HistoryEntry[]>();

  constructor(private readonly setting: OfficeSetting) {
    const { office, rules, calendar, notices, from, organization = ORGANIZATION, outside = nobody } = setting;
    this.organization = organization;
    const calendars = { own: calendar, given: setting.agencyCalendars ?? [] };
    const deliver = async (row: OutboxRecord): Promise<void> => {
      const recipients = this.deliver(row);
      await setting.room?.told(row, recipients);
    };
    this.memory = new MemoryRuntime({
      lifecycles: lifecycles.all,
      now: from,
      effects: {
        notify: deliver,
        settle: nothingIsHeld,
        giveAcross: (row) => outside.giveAcross(row),
        reportToSource: (row) => outside.reportToSource(row),
        ...setting.room?.effects,
      },
      hooks: {
        prepareStart: {
          escalation: ({ id, at, input, from: directive }) => {
            const requested = input as unknown as RequestedEscalation;
            const prepared = prepareEscalation(
              { id, at, input: requested, from: directive },
              this.player.factsUnder(requested),
            );
            return Promise.resolve(prepared as unknown as StoredEvent['input']);
          },
          'reporting-obligation': ({ id, at, input, from: standing }) => {
            const requested = input as unknown as Omit<RequestedObligation, 'standing'>;
            const { facts } = this.player;
            const rules = asksFor(facts.rules, requested.opening.report)
              ? facts
              : this.player.factsUnder(requested);
            const prepared = prepareObligation({ id, at, input: requested, from: standing }, rules);
            return Promise.resolve(prepared as unknown as StoredEvent['input']);
          },
        },
      },
    });
    this.player = new ActPlayer({
      organization,
      memory: this.memory,
      directory: office,
      rules,
      calendar,
      calendars,
      notices,
    });
  }

  /** Fires every timer due by then, in order over all instances. */
  async advanceTo(instant: Instant): Promise<void> {
    await this.memory.advanceTo(instant);
  }

  /** Carries out an act now; its `at` is not looked at. */
  play(act: Act): Promise<Refusal | null> {
    return this.player.play(act);
  }

  /** From now on new directives begin under another version of the rules. */
  putInForce(rules: WorkingRules): void {
    this.player.putInForce(rules);
  }

  get rulesInForce(): WorkingRules {
    return this.player.facts.rules;
  }

  /** What another organization gives this one. */
  get received(): ReceivedPartPlayer {
    return this.player.received;
  }

  /** As they stand now. */
  directives(): readonly SimulatedDirective[] {
    return [...this.player.directives].map(([name, id]) => this.directive(name, id));
  }

  /** As it is now, delegations of the play included. */
  get directory(): Directory {
    return this.player.directory;
  }

  /** Every message that has been delivered so far. */
  get delivered(): readonly DeliveredMessage[] {
    return this.messages;
  }

  /** Everything that has happened so far. */
  told(): Simulation {
    const directives = this.directives();
    const names = new Map(directives.map(({ id, name }) => [id, name]));
    const { office, calendar } = this.setting;
    const instances = this.memory.store.instances(this.organization);
    const agency = (id: string) => office.agencies.find((one) => one.id === id)?.abbreviation ?? id;
    const standing = instances.flatMap(({ id, lifecycle, snapshot, startedAt }) => {
      const { facts } = snapshot.context as unknown as StandingContext;
      return lifecycle === 'standing-directive' ? [{ id, agency: agency(facts.lead), startedAt }] : [];
    });
    const lines = timelineLines(
      instances.flatMap(({ id }) => this.historyOf(id)),
      this.messages,
      {
        zone: calendar.zone,
        directive: (id) => names.get(id) ?? id,
        standing: standingNames(standing.sort((a, b) => a.startedAt - b.startedAt)),
        person: (id) => office.people.find((person) => person.id === id)?.login ?? id,
        agency,
      },
    );
    return { lines, totals: countTotals(directives, this.memory.now), directives, messages: this.messages };
  }

  private deliver({ instance, revision, at, payload }: OutboxRecord): readonly string[] {
    const { zone } = this.setting.calendar;
    const people = recipientsOf(readPayload(payload), this.player.directory, at, zone);
    const recipients = people.map(({ person }) => person);
    const reasons = Object.fromEntries(
      people.flatMap(({ person, reason }) => (reason ? [[person, reason] as const] : [])),
    );
    this.messages.push({ instance, revision, at, payload, recipients, reasons });
    return recipients;
  }

  /** Everything that has happened to an instance, oldest first. */
  historyOf(id: string): readonly HistoryEntry[] {
    const known = this.histories.get(id) ?? [];
    const rows = this.memory.store.history(this.organization, id);
    if (rows.length === known.length) return known;
    const history = [...known, ...rows.slice(known.length).map(readEntry)];
    this.histories.set(id, history);
    return history;
  }

  private directive(name: string, id: string): SimulatedDirective {
    const instance = this.memory.store.instance(this.organization, id);
    if (!instance) throw new Error(`directive ${name} is gone`);
    const context = instance.snapshot.context as unknown as DirectiveContext;
    const { work } = directiveState(instance.snapshot.value);
    return {
      name,
      id,
      context,
      history: this.historyOf(id),
      work,
      deadline: context.deadline?.at ?? null,
      nearDueAt: context.deadline?.nearDueAt ?? null,
      judgedAt: context.judgedAt,
      closedAt: work === 'closed' ? instance.at : null,
    };
  }
}
