import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulate } from '../simulation/simulate';
import { instantOfLocal } from '../simulation/scenario';
import { sampleCalendar } from '../working-time/sample-calendar';
import { defaultWorkingRules, sampleAnswers, sampleOffice } from './sample-files';

const local = (text: string): number => instantOfLocal(text, sampleCalendar.zone);

describe('what people ask of each other', () => {
  it('is answered as the scenario says, refusals included, and happens line by line as written beside it', async () => {
    const { lines } = await simulate({
      office: sampleOffice().directory,
      notices: [],
      rules: defaultWorkingRules(),
      calendar: sampleCalendar,
      scenario: sampleAnswers(),
      from: local(sampleOffice().startsAt),
      to: local('2027-01-29 08:00'),
    });
    const told = lines.map(({ at, instance, transition, recipient, article }) =>
      [at, instance, transition, recipient ?? '-', article ?? '-'].join(' | '),
    );
    const golden = readFileSync(join(__dirname, 'sample-answers.golden.txt'), 'utf8');
    expect(told).toEqual(golden.trimEnd().split('\n'));
  });

  it('is told of several standing directives of one agency under a name for each', async () => {
    const [given] = sampleAnswers().acts.filter((act) => act.act === 'give-standing' && !act.refused);
    if (given?.act !== 'give-standing') throw new Error('the scenario gives no standing directive');
    const both = ['cho', 'de'].map((standing) => ({ ...given, standing }));
    const { lines } = await simulate({
      office: sampleOffice().directory,
      notices: [],
      rules: defaultWorkingRules(),
      calendar: sampleCalendar,
      scenario: {
        acts: [
          ...both,
          { at: '2026-11-03 08:00', by: 'chutich', act: 'end-standing', standing: 'de', reason: 'Thôi' },
        ],
      },
      from: local(sampleOffice().startsAt),
      to: local('2026-11-03 17:00'),
    });
    expect([...new Set(lines.map(({ instance }) => instance))].sort()).toEqual(
      ['standing/KT', 'standing/KT/monthly', 'standing/KT#2', 'standing/KT#2/monthly'].sort(),
    );
    const ended = lines.filter(({ transition }) => transition === 'end');
    expect(ended.map(({ instance }) => instance)).toEqual(['standing/KT#2']);
  });
});
