import { type AnyStateMachine, type StateValue } from 'xstate';
import { readEntry } from '../engine/history-chain';
import {
  type Actor,
  type HistoryEntry,
  type InstanceRecord,
  type OutboxRecord,
  type StoredEvent,
  type TimerRecord,
} from '../engine/records';
import { verifyInstance, type Finding } from '../engine/replay';
import { type AnswerOutcome } from '../engine/commands';
import { type CallAnswer } from '../lifecycle/invoked-effect';
import { type EventOf, type InputOf, type Lifecycle } from '../lifecycle/lifecycle-definition';
import { type Instant } from '../lifecycle/macrostep-instant';
import { isRefusal, type Refusal } from '../lifecycle/refusal';
import { MemoryRuntime, type FiredTimer, type MemoryRuntimeOptions } from '../memory/memory.runtime';
import { Lifecycles } from '../runtime/lifecycles';

export interface TestRuntimeOptions extends Omit<MemoryRuntimeOptions, 'now'> {
  /** Business time at the beginning: Monday, 5 January 2026, 09:00 UTC unless said otherwise. */
  readonly now?: Instant;
}

export interface TestSend {
  /** Who sends; somebody called `tester` unless said otherwise. */
  readonly as?: Actor;
  readonly expectedRevision?: number;
}

export interface TestStart extends Pick<TestSend, 'as'> {
  readonly id?: string;
}

const tester: Actor = { kind: 'person', id: 'tester' };

/**
 * One organization on the memory runtime, for the tests of a lifecycle: typed commands, virtual time, and a look at
 * whatever came of them. Effects are kept in `delivered`, whether or not a handler is given for them.
 */
export class TestRuntime {
  readonly organization = '00000000-0000-4000-8000-000000000001';
  readonly memory: MemoryRuntime;
  /** Effects in the order of their delivery. */
  readonly delivered: OutboxRecord[] = [];
  private readonly catalogue: Lifecycles;

  constructor({ now = Date.UTC(2026, 0, 5, 9), effects = {}, ...options }: TestRuntimeOptions) {
    this.catalogue = new Lifecycles(options.lifecycles);
    const { invoked } = this.catalogue;
    const handled = this.catalogue.effects.filter((name) => name in effects || !invoked.has(name));
    const handlers = handled.map((name) => [
      name,
      async (effect: OutboxRecord, organization: string) => {
        const answer: unknown = await effects[name]?.(effect, organization);
        this.delivered.push(effect);
        return answer;
      },
    ]);
    this.memory = new MemoryRuntime({
      ...options,
      now,
      effects: Object.fromEntries(handlers) as typeof effects,
    });
  }

  /** Answers a call that an instance waits for: one that was invoked without a handler being given for it. */
  async answer(instance: string, invocation: string, answer: CallAnswer): Promise<AnswerOutcome> {
    const call = this.record(instance).snapshot.invoked?.[invocation];
    if (call === undefined) return 'dropped';
    const outcomes = await this.memory.transaction(this.organization, (tx) =>
      tx.answerEach([{ instance, invocation, call, answer }]),
    );
    return isRefusal(outcomes) ? 'dropped' : (outcomes[0] ?? 'dropped');
  }

  get now(): Instant {
    return this.memory.now;
  }

  /** Starts an instance of the newest version and answers its id. @throws when the start is refused */
  async start<TMachine extends AnyStateMachine>(
    lifecycle: Lifecycle<TMachine>,
    input: InputOf<Lifecycle<TMachine>>,
    { as: actor = tester, id = this.memory.newId() }: TestStart = {},
  ): Promise<string> {
    const started = await this.memory.transaction(this.organization, (tx) =>
      tx.start({ lifecycle: lifecycle.id, id, input: input as StoredEvent['input'], actor }),
    );
    if (isRefusal(started)) throw new Error(`${lifecycle.id} was not started: ${started.en}`);
    return id;
  }

  send<TMachine extends AnyStateMachine>(
    _lifecycle: Lifecycle<TMachine>,
    instance: string,
    event: EventOf<Lifecycle<TMachine>>,
    { as: actor = tester, expectedRevision }: TestSend = {},
  ): Promise<InstanceRecord | Refusal> {
    const stored = event as unknown as StoredEvent;
    return this.memory.transaction(this.organization, (tx) =>
      tx.send({ instance, event: stored, actor, expectedRevision }),
    );
  }

  /** Moves time forward by `duration` milliseconds. @returns the timers that fired, in order */
  advance(duration: number): Promise<readonly FiredTimer[]> {
    return this.memory.advance(duration);
  }

  /** Moves time forward to an instant, or to whatever timer comes next. @returns the timers that fired, in order */
  advanceTo(target: Instant | 'next timer'): Promise<readonly FiredTimer[]> {
    return this.memory.advanceTo(target);
  }

  /** @throws when there is no such instance */
  record(instance: string): InstanceRecord {
    const record = this.memory.store.instance(this.organization, instance);
    if (!record) throw new Error(`there is no instance ${instance}`);
    return record;
  }

  state(instance: string): StateValue {
    return this.record(instance).snapshot.value;
  }

  /** What waits, parked timers included, in the order in which it is due. */
  timers(instance: string): readonly TimerRecord[] {
    return this.memory.store.timers(this.organization, instance);
  }

  history(instance: string): readonly HistoryEntry[] {
    return this.memory.store.history(this.organization, instance).map(readEntry);
  }

  /** Instances of a lifecycle, the oldest first: for those that a transition has started. */
  instances({ id }: Pick<Lifecycle, 'id'>): readonly InstanceRecord[] {
    return this.memory.store.instances(this.organization).filter(({ lifecycle }) => lifecycle === id);
  }

  /** Replays every instance from its history: empty, unless a machine looks at something that is no input of it. */
  verify(): readonly Finding[] {
    const { store } = this.memory;
    return store.instances(this.organization).flatMap((instance) => {
      const history = store.history(this.organization, instance.id);
      return verifyInstance(this.catalogue, instance, history);
    });
  }
}
