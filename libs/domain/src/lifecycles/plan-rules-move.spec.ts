import { defaultWorkingRules, sampleOffice } from '../sample/sample-files';
import { SimulatedOffice } from '../simulation/simulated-office';
import { instantOfLocal } from '../simulation/scenario';
import { sampleCalendar } from '../working-time/sample-calendar';

describe('a move to other rules', () => {
  it('goes on reminding of a deadline that silence has brought', async () => {
    const { zone } = sampleCalendar;
    const rules = defaultWorkingRules();
    const from = instantOfLocal('2026-11-02 08:00', zone);
    const setting = { office: sampleOffice().directory, notices: [], rules, calendar: sampleCalendar, from };
    const office = new SimulatedOffice(setting);
    const at = '2026-11-02 08:00';
    const by = 'vanthu';
    const phrase = 'trong 5 ngày làm việc kể từ ngày nhận được văn bản';
    const items = [{ text: 'Việc', lead: ['KT'], deadline: { phrase, date: null } }];
    const source = { kind: 'note' as const, givenBy: 'chutich', givenOn: '2026-11-02' };
    await office.play({ at, by, act: 'manual', document: 'N', source, items });
    await office.play({ at, by, act: 'confirm', document: 'N' });
    await office.advanceTo(instantOfLocal('2026-11-05 08:00', zone));
    office.putInForce({ ...rules, version: rules.version + 1 });
    expect(
      await office.play({ at, by, act: 'move-rules', directive: 'N#1', reason: 'Quy chế mới' }),
    ).toBeNull();
    const [directive] = office.directives();
    expect(directive?.deadline).toBe(instantOfLocal('2026-11-11 17:00', zone));
    expect(directive?.context.ladder.rungs.map(({ id }) => id)).toEqual(['T-1', 'T+1', 'T+3', 'T+5', 'T+10']);
  });
});
