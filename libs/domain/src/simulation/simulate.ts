import { type Instant, type Refusal } from '@dondoc/workflow';
import { instantOfLocal, type Act, type Scenario } from './scenario';
import { SimulatedOffice, type OfficeSetting, type Simulation } from './simulated-office';

export type { SimulatedDirective, Simulation } from './simulated-office';

export interface SimulationRequest extends OfficeSetting {
  /** `lines`: where its acts stand, if they come from a file. */
  readonly scenario: Pick<Scenario, 'acts'> & Partial<Pick<Scenario, 'lines'>>;
  /** Timers due up to and including this instant fire. */
  readonly to: Instant;
}

/** An act of the scenario was answered otherwise than the scenario says. */
export class ScenarioDeviation extends Error {
  constructor(
    readonly act: Act,
    readonly refusal: Refusal | null,
    readonly line: number | null = null,
  ) {
    const what = `${line === null ? '' : `line ${line}: `}${act.at} ${act.by} ${act.act}`;
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
export async function simulate({ scenario, to, ...setting }: SimulationRequest): Promise<Simulation> {
  const simulated = new SimulatedOffice(setting);
  for (const [index, act] of scenario.acts.entries()) {
    const at = instantOfLocal(act.at, setting.calendar.zone);
    if (at > to) break;
    await simulated.advanceTo(at);
    const refused = await simulated.play(act);
    if (refused?.code !== act.refused)
      throw new ScenarioDeviation(act, refused, scenario.lines?.[index] ?? null);
  }
  await simulated.advanceTo(to);
  return simulated.told();
}
