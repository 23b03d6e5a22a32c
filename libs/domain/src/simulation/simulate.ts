import {
  MemoryRuntime,
  readEntry,
  type HistoryEntry,
  type Instant,
  type OutboxRecord,
  type Refusal,
  type StoredEvent,
} from '@dondoc/workflow';
import { type Directory } from '../directory/directory';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { directiveLifecycle } from '../lifecycles/directive.lifecycle';
import { directiveState } from '../lifecycles/directive-state';
import { escalationLifecycle } from '../lifecycles/escalation.lifecycle';
import { type RequestedEscalation } from '../lifecycles/escalation.types';
import { countTotals, type LatenessFacts, type Totals } from '../lifecycles/lateness';
import { readPayload, recipientsOf } from '../lifecycles/message-payload';
import { prepareEscalation } from '../lifecycles/prepare-escalation';
import { type WorkingRules } from '../working-rules/working-rules';
import { type WorkingCalendar } from '../working-time/working-calendar';
import { ActPlayer, type DraftedNotice } from './act-player';
import { instantOfLocal, type Act, type Scenario } from './scenario';
import { timelineLines, type DeliveredMessage, type TimelineLine } from './timeline';

const ORGANIZATION = '00000000-0000-4000-8000-000000000000';

export interface SimulationRequest {
  readonly office: Directory;
  readonly notices: readonly DraftedNotice[];
  readonly scenario: Pick<Scenario, 'acts'>;
  readonly rules: WorkingRules;
  readonly calendar: WorkingCalendar;
  readonly from: Instant;
  /** Timers due up to and including this instant fire. */
  readonly to: Instant;
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

/** An act of the scenario was answered otherwise than the scenario says. */
export class ScenarioDeviation extends Error {
  constructor(
    readonly act: Act,
    readonly refusal: Refusal | null,
  ) {
    const what = `${act.at} ${act.by} ${act.act}`;
    super(
      refusal
        ? `${what}: refused, ${refusal.code} (${refusal.field ?? ''}): ${refusal.en}`
        : `${what}: was to be refused with ${act.refused ?? ''}, and was not`,
    );
  }
}

/**
 * Plays notices and people's acts through the real lifecycles, working rules and runtime, in virtual time on the memory
 * store. Before each act every timer due by then has fired, in order over all instances.
 * @throws ScenarioDeviation when an act is refused, unless the scenario names that refusal.
 */
export async function simulate(request: SimulationRequest): Promise<Simulation> {
  const { office, rules, calendar, scenario, from, to } = request;
  const messages: DeliveredMessage[] = [];
  const deliver = ({ instance, revision, at, payload }: OutboxRecord): void => {
    const people = recipientsOf(readPayload(payload), office, at, calendar.zone);
    messages.push({ instance, revision, at, payload, recipients: people.map(({ person }) => person) });
  };
  const memory = new MemoryRuntime({
    lifecycles: [directiveLifecycle, escalationLifecycle],
    now: from,
    effects: { remind: deliver, notify: deliver },
    hooks: {
      prepareStart: {
        escalation: ({ id, at, input, from: directive }) => {
          const requested = input as unknown as RequestedEscalation;
          const facts = { directory: office, rules, calendar };
          const prepared = prepareEscalation({ id, at, input: requested, from: directive }, facts);
          return Promise.resolve(prepared as unknown as StoredEvent['input']);
        },
      },
    },
  });
  const player = new ActPlayer({
    organization: ORGANIZATION,
    memory,
    directory: office,
    rules,
    calendar,
    notices: request.notices,
  });
  for (const act of scenario.acts) {
    const at = instantOfLocal(act.at, calendar.zone);
    if (at > to) break;
    await memory.advanceTo(at);
    const refused = await player.play(act);
    if ((refused?.code ?? undefined) !== act.refused) throw new ScenarioDeviation(act, refused);
  }
  await memory.advanceTo(to);
  const historyOf = (id: string) => memory.store.history(ORGANIZATION, id).map(readEntry);
  const directives = [...player.directives].map(([name, id]): SimulatedDirective => {
    const instance = memory.store.instance(ORGANIZATION, id);
    if (!instance) throw new Error(`directive ${name} is gone`);
    const context = instance.snapshot.context as unknown as DirectiveContext;
    const { work } = directiveState(instance.snapshot.value);
    return {
      name,
      id,
      context,
      history: historyOf(id),
      work,
      deadline: context.deadline?.at ?? null,
      nearDueAt: context.deadline?.nearDueAt ?? null,
      submittedAt: context.submittedAt,
      closedAt: work === 'closed' ? instance.at : null,
    };
  });
  const names = new Map(directives.map(({ id, name }) => [id, name]));
  const lines = timelineLines(
    memory.store.instances(ORGANIZATION).flatMap(({ id }) => historyOf(id)),
    messages,
    {
      zone: calendar.zone,
      directive: (id) => names.get(id) ?? id,
      person: (id) => office.people.find((person) => person.id === id)?.login ?? id,
      agency: (id) => office.agencies.find((agency) => agency.id === id)?.abbreviation ?? id,
    },
  );
  return { lines, totals: countTotals(directives, to), directives, messages };
}
