import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lifecycles, readEntry, verifyInstance } from '@dondoc/workflow';
import { directiveState } from '../lifecycles/directive-state';
import { type DirectiveContext } from '../lifecycles/directive.types';
import { deriveLateness } from '../lifecycles/lateness';
import { lifecycles } from '../lifecycles/lifecycles';
import { instantOfLocal } from '../simulation/scenario';
import { SimulatedOffice } from '../simulation/simulated-office';
import { sampleCalendar } from '../working-time/sample-calendar';
import { rulesWithHeadApproval, sampleChanges, sampleOffice } from './sample-files';

const local = (text: string): number => instantOfLocal(text, sampleCalendar.zone);

/** Plays until an instant; each act answers as the scenario says. */
async function played(until = '2026-12-05 08:00') {
  const office = new SimulatedOffice({
    office: sampleOffice().directory,
    notices: [],
    rules: rulesWithHeadApproval(),
    calendar: sampleCalendar,
    from: local(sampleOffice().startsAt),
  });
  const answers: (string | null)[] = [];
  const expected: (string | null)[] = [];
  for (const act of sampleChanges().acts.filter(({ at }) => at <= until)) {
    await office.advanceTo(local(act.at));
    const refused = await office.play(act);
    answers.push(`${act.at} ${act.act} ${refused?.code ?? 'done'}`);
    expected.push(`${act.at} ${act.act} ${act.refused ?? 'done'}`);
  }
  await office.advanceTo(local(until));
  return { office, answers, expected, told: office.told() };
}

describe('changes on the way of a directive', () => {
  it('are answered as the scenario says, refusals included', async () => {
    const { answers, expected } = await played();
    expect(answers).toEqual(expected);
  });

  it('happen line by line as written beside it', async () => {
    const { told } = await played();
    const lines = told.lines.map(({ at, instance, transition, recipient, article }) =>
      [at, instance, transition, recipient ?? '-', article ?? '-'].join(' | '),
    );
    const golden = readFileSync(join(__dirname, 'sample-changes.golden.txt'), 'utf8');
    expect(lines).toEqual(golden.trimEnd().split('\n'));
  });

  it('leave a history that replays, and what was recorded is what lists derive', async () => {
    for (const until of ['2026-11-05 12:00', '2026-11-11 09:00', '2026-11-19 12:00', '2026-12-05 08:00']) {
      const { office, told } = await played(until);
      const { store } = office.memory;
      for (const one of store.instances(office.organization)) {
        const history = store.history(office.organization, one.id);
        expect(verifyInstance(new Lifecycles([...lifecycles.all]), one, history)).toEqual([]);
        expect(history.map(readEntry).length).toBeGreaterThan(0);
      }
      for (const directive of told.directives)
        expect([directive.name, deriveLateness(directive, local(until)).time]).toEqual([
          directive.name,
          directiveState(directive.history.at(-1)?.to).time,
        ]);
    }
  });

  it('stand still while suspended: nothing is sent, and the working time that was left comes back', async () => {
    const { told } = await played();
    const about = (name: string) => told.lines.filter(({ instance }) => instance === name);
    const still = about('BP-20#3').filter(({ at }) => at > '2026-11-04T09:00:01' && at < '2026-11-11T08:00');
    expect(still).toEqual([]);
    const third = told.directives.find(({ name }) => name === 'BP-20#3');
    // Ten working days were left on 4 November; counted from the 11th, without the 24th, which is a holiday.
    expect(third?.deadline).toBe(local('2026-11-26 17:00'));
    expect(third?.context.originalDeadline).toBe(local('2026-11-18 17:00'));
  });

  it('travel down to what was handed on, in the same instant', async () => {
    const { told } = await played('2026-11-18 08:00');
    const child = told.directives.find(({ name }) => name === 'BP-20#6');
    expect(child?.work).toBe('suspended');
    const after = await played('2026-11-24 08:00');
    const resumed = after.told.directives.find(({ name }) => name === 'BP-20#6');
    const parent = after.told.directives.find(({ name }) => name === 'BP-20#2');
    const deadlineOf = (context: DirectiveContext | undefined) => context?.deadline?.at ?? 0;
    expect(resumed?.work).toBe('in-progress');
    expect(resumed?.context.parent?.deadline).toBe(local('2026-12-03 17:00'));
    expect(deadlineOf(resumed?.context)).toBeLessThanOrEqual(deadlineOf(parent?.context));
  });
});
