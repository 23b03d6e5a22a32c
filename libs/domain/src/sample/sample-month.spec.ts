import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftDirectives } from '../intake/grammar/draft-directives';
import { directiveState } from '../lifecycles/directive-state';
import { deriveLateness } from '../lifecycles/lateness';
import { instantOfLocal } from '../simulation/scenario';
import { ScenarioDeviation, simulate, type Simulation } from '../simulation/simulate';
import { timelineLines, toTheMinute, type TimelineLine } from '../simulation/timeline';
import { isOpen } from '../working-time/working-time';
import { sampleCalendar } from '../working-time/sample-calendar';
import {
  defaultWorkingRules,
  sampleNotice,
  sampleNoticeFiles,
  sampleOffice,
  sampleScenario,
} from './sample-files';

const written = ({ at, instance, transition, recipient, article }: TimelineLine): string =>
  [at, instance, transition, recipient ?? '-', article ?? '-'].join(' | ');

const local = (text: string): number => instantOfLocal(text, sampleCalendar.zone);

function play(until = '2026-12-01 08:00', acts = sampleScenario().acts): Promise<Simulation> {
  return simulate({
    office: sampleOffice().directory,
    notices: sampleNoticeFiles.map((file) => ({ file, reading: draftDirectives(sampleNotice(file)) })),
    scenario: { acts },
    rules: defaultWorkingRules(),
    calendar: sampleCalendar,
    from: local(sampleOffice().startsAt),
    to: local(until),
  });
}

describe('the sample month', () => {
  it('happens line by line as written beside it', async () => {
    const { lines } = await play();
    const golden = readFileSync(join(__dirname, 'sample-month.golden.txt'), 'utf8');
    expect(lines.map(written)).toEqual(golden.trimEnd().split('\n'));
  });

  it('ends with totals that add up', async () => {
    const { totals } = await play();
    expect(totals).toEqual({
      assigned: 13,
      completed: { total: 6, onTime: 4, late: 2, noDeadline: 0 },
      outstanding: { total: 7, within: 1, overdue: 6, noDeadline: 0, awaitingVerification: 1, suspended: 0 },
      cancelled: 1,
      replaced: 0,
    });
  });

  it('records in the machine, at every instant, the lateness that lists derive', async () => {
    for (const until of ['2026-11-02 17:00', '2026-11-03 07:29', '2026-11-10 16:59', '2026-11-19 12:00']) {
      const { directives } = await play(until);
      for (const directive of directives) {
        const recorded = directiveState(directive.history.at(-1)?.to);
        expect([directive.name, deriveLateness(directive, local(until)).time]).toEqual([
          directive.name,
          recorded.time,
        ]);
      }
    }
  });

  it('sends nothing by itself outside working hours', async () => {
    const { messages, directives } = await play();
    const acts = new Set(sampleScenario().acts.map(({ at }) => local(at)));
    const unasked = messages.filter(({ at }) => !acts.has(at));
    expect(unasked.length).toBeGreaterThan(40);
    expect(unasked.filter(({ at }) => !isOpen(sampleCalendar, at))).toEqual([]);
    expect(directives).toHaveLength(14);
  });

  it('shows a newcomer a reminder and an escalation within five working days', async () => {
    const first = sampleScenario().acts.filter(({ at, act }) => at < '2026-11-03' && act !== 'report');
    const { lines } = await play('2026-11-09 17:00', first);
    const seen = lines.map(({ instance, transition }) => `${instance} ${transition}`);
    expect(seen).toContain('12/TB-UBND#1 remind T+1');
    expect(seen).toContain('12/TB-UBND#1/T+5 escalation raised');
  });

  it('says which act went otherwise than the scenario has it', async () => {
    const acts = sampleScenario().acts.filter(({ act }) => act !== 'correct');
    await expect(play('2026-11-02 12:00', acts)).rejects.toThrow(ScenarioDeviation);
    const [upload] = acts;
    if (!upload) throw new Error('the scenario is empty');
    await expect(play('2026-11-02 12:00', [{ ...upload, refused: 'several-leads' }])).rejects.toThrow(
      'was to be refused with several-leads',
    );
  });

  it('tells the same story from the same records in any order', async () => {
    const { directives, messages, lines } = await play();
    const names = new Map(directives.map(({ id, name }) => [id, name]));
    const shuffled = timelineLines(
      directives.flatMap(({ history }) => [...history].reverse()).reverse(),
      messages,
      {
        zone: sampleCalendar.zone,
        directive: (id) => names.get(id) ?? id,
        standing: (id) => id,
        person: (id) => id,
        agency: (id) =>
          sampleOffice().directory.agencies.find((agency) => agency.id === id)?.abbreviation ?? id,
      },
    );
    const ofDirectives = lines.filter(({ instance }) => !/#\d+\//.test(instance));
    expect(shuffled).toEqual(ofDirectives);
    expect(toTheMinute(shuffled)).toEqual(ofDirectives);
  });
});
