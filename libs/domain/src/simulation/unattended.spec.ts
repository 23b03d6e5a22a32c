import { draftDirectives } from '../intake/grammar/draft-directives';
import { defaultWorkingRules, sampleNotice, sampleOffice } from '../sample/sample-files';
import { sampleCalendar } from '../working-time/sample-calendar';
import { instantOfLocal } from './scenario';
import { simulate } from './simulate';
import { unattendedPlay } from './unattended';

const zone = sampleCalendar.zone;

function playAlone(text: string, from: string, to: string) {
  const notices = [{ file: 'notice.txt', reading: draftDirectives(text) }];
  const start = instantOfLocal(from, zone);
  const play = unattendedPlay(notices, sampleOffice().directory, start, zone);
  return simulate({
    office: play.office,
    notices,
    scenario: { acts: [...play.acts] },
    rules: defaultWorkingRules(),
    calendar: sampleCalendar,
    from: start,
    to: instantOfLocal(to, zone),
  }).then((simulation) => ({ ...simulation, provisional: play.provisional }));
}

describe('a notice that nobody attends to', () => {
  it('is assigned as drafted, one directive per named lead, and climbs its ladder', async () => {
    const notice = sampleNotice('thong-bao-12-giao-ban-thang-11.txt');
    const { lines, totals, provisional } = await playAlone(notice, '2026-11-02 08:00', '2026-12-31 17:00');
    expect(provisional).toEqual([]);
    expect(totals).toMatchObject({ assigned: 9, completed: { total: 0 }, outstanding: { noDeadline: 1 } });
    expect(lines.filter(({ transition }) => transition === 'escalation raised').length).toBeGreaterThan(8);
  });

  it('lies in another year with agencies that the office does not have', async () => {
    const notice = sampleNotice('thong-bao-12-giao-ban-thang-11.txt')
      .replaceAll('2026', '2023')
      .replaceAll('Công an xã', 'Công an huyện Thuận Hưng');
    const { lines, provisional } = await playAlone(notice, '2023-11-01 08:00', '2023-12-31 17:00');
    expect(provisional).toEqual(['Công an huyện Thuận Hưng']);
    const told = lines.filter(
      ({ instance, transition }) => instance === '12/TB-UBND#4' && transition === 'notify assigned',
    );
    expect(told.map(({ recipient }) => recipient)).toEqual(['chutich', 'quantri']);
  });

  it('asks for the reports of a continuous duty, which has no deadline', async () => {
    const notice = sampleNotice('thong-bao-12-giao-ban-thang-11.txt').replace(
      '8. Ban Chỉ huy Quân sự xã',
      '8. Phòng Kinh tế thường xuyên kiểm tra vệ sinh tại chợ trung tâm.\n9. Ban Chỉ huy Quân sự xã',
    );
    const { lines, totals } = await playAlone(notice, '2026-11-02 08:00', '2026-12-31 17:00');
    expect(totals.assigned).toBe(9);
    const asked = lines.filter(({ instance }) => instance === 'standing/KT/monthly');
    expect(asked.map(({ at, transition }) => [at.slice(0, 10), transition])).toEqual(
      expect.arrayContaining([
        ['2026-11-02', 'notify obligation-opened'],
        ['2026-12-01', 'notify obligation-opened'],
        ['2026-12-25', 'notify obligation-late'],
      ]),
    );
  });

  it('is confirmed only when it is issued', async () => {
    const notice = sampleNotice('thong-bao-15-duong-lien-thon.txt');
    const { lines } = await playAlone(notice, '2026-11-02 08:00', '2026-11-12 17:00');
    expect(lines[0]?.at).toBe('2026-11-10T08:00:00+07:00');
  });

  it('has nothing to assign when it is no notice', async () => {
    const { lines } = await playAlone('Kính gửi các đồng chí.', '2026-11-02 08:00', '2026-11-12 17:00');
    expect(lines).toEqual([]);
  });
});
