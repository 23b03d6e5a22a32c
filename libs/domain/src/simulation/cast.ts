import {
  isRefusal,
  type Actor,
  type InstanceRecord,
  type MemoryRuntime,
  type MemoryWork,
  type Refusal,
  type StoredEvent,
} from '@dondoc/workflow';
import { type OfficeCalendars } from '../directory/agency-calendar';
import { type Delegation, type Directory } from '../directory/directory';
import { type IntakeResult } from '../intake/grammar/intake-result';
import { versionOf, type ActFacts } from '../lifecycles/act-facts';
import { type DirectivePort } from '../lifecycles/cascade/cascade-acts';
import { countedFor } from '../lifecycles/counted-for';
import { type RemotePartContext } from '../lifecycles/cascade/remote-part.types';
import { directiveState } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { type WorkingRules } from '../working-rules/working-rules';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { type FoundDirective } from './plan-scenario-act';
import { ScenarioNames } from './scenario-intents';

/** A notice with what was drafted from it. */
export interface DraftedNotice {
  /** File name, as the scenario names it. */
  readonly file: string;
  readonly reading: IntakeResult;
}

export interface Stage {
  readonly organization: string;
  readonly memory: MemoryRuntime;
  readonly directory: Directory;
  readonly rules: WorkingRules;
  readonly calendar: WorkingCalendar;
  /** Where agencies were given calendars of their own. */
  readonly calendars?: OfficeCalendars;
  readonly notices: readonly DraftedNotice[];
}

/** What every player of acts works with: the stage, the names that the scenario gives, and what has been made so far. */
export class Cast {
  /** Stable name → instance id. */
  readonly directives = new Map<string, string>();
  /** Standing directives: by "number#item", or by the name that the scenario gives. */
  readonly standing = new Map<string, string>();
  readonly names: ScenarioNames;
  /** Given in the scenario and not ended before their time: instance id → dates. */
  private readonly delegations = new Map<string, Delegation>();
  private present: Directory;
  /** The version in force, and those before it. */
  private readonly rules: WorkingRules[];

  constructor(readonly stage: Stage) {
    this.names = new ScenarioNames(stage.directory);
    this.present = stage.directory;
    this.rules = [stage.rules];
  }

  /** The office's, with the delegations that people have given. */
  get directory(): Directory {
    return this.present;
  }

  delegate(id: string, dates: Delegation): void {
    this.delegations.set(id, dates);
    this.lookAnew();
  }

  endDelegation(id: string): void {
    this.delegations.delete(id);
    this.lookAnew();
  }

  /** The newest one of a person. */
  delegationOf(from: string): string | undefined {
    return [...this.delegations].filter(([, dates]) => dates.from === from).at(-1)?.[0];
  }

  private lookAnew(): void {
    const { directory } = this.stage;
    const delegations = [...directory.delegations, ...this.delegations.values()];
    this.present = { ...directory, delegations };
  }

  /** With the rules in force. */
  get facts(): ActFacts {
    const { memory, calendar, calendars, rules } = this.stage;
    return {
      ...{ now: memory.now, calendar, ...(calendars && { calendars }) },
      ...{ rules: this.rules.at(-1) ?? rules, directory: this.directory },
    };
  }

  /** With the rules under which something began, or to which it was moved. */
  factsUnder({ rules }: { readonly rules: string }): ActFacts {
    const { facts } = this;
    return { ...facts, rules: this.rules.find((version) => versionOf(version) === rules) ?? facts.rules };
  }

  /** What acts on a directive are judged by. */
  factsOf({ context }: Pick<FoundDirective, 'context'>): ActFacts {
    return countedFor(this.factsUnder(context), context.lead);
  }

  putInForce(rules: WorkingRules): void {
    this.rules.push(rules);
  }

  async send(
    login: string,
    work: (
      tx: MemoryWork,
      actor: { readonly kind: 'person'; readonly id: string },
    ) => Promise<InstanceRecord | Refusal>,
  ): Promise<Refusal | null> {
    const actor = { kind: 'person', id: this.names.person(login) } as const;
    const answer = await this.stage.memory.transaction(this.stage.organization, (tx) => work(tx, actor));
    return isRefusal(answer) ? answer : null;
  }

  port(tx: MemoryWork, actor: Actor): DirectivePort {
    return {
      find: (id) => {
        const found = this.directiveOf(id);
        return Promise.resolve(found && { ...found, facts: this.factsOf(found) });
      },
      findPart: (id) => {
        const found = this.instance(id);
        if (found?.lifecycle !== 'remote-part') return Promise.resolve(null);
        const context = found.snapshot.context as unknown as RemotePartContext;
        return Promise.resolve({ context, facts: this.factsUnder(context) });
      },
      send: (instance, event) => tx.send({ instance, event: event as unknown as StoredEvent, actor }),
    };
  }

  directive(name: string): FoundDirective | null {
    const id = this.directives.get(name);
    return id === undefined ? null : this.directiveOf(id);
  }

  directiveOf(id: string): FoundDirective | null {
    const record = this.instance(id);
    if (record?.lifecycle !== 'directive') return null;
    const { snapshot } = record;
    const { work } = directiveState(snapshot.value);
    return { id, work, context: snapshot.context as unknown as DirectiveContext, snapshot };
  }

  instance(id: string): InstanceRecord | undefined {
    return this.stage.memory.store.instance(this.stage.organization, id);
  }
}
