import { draftDirectives } from '../intake/grammar/draft-directives';
import {
  defaultWorkingRules,
  sampleNotice,
  sampleNoticeFiles,
  sampleOffice,
  sampleScenario,
} from '../sample/sample-files';
import { instantOfLocal } from '../simulation/scenario';
import { simulate } from '../simulation/simulate';
import { sampleCalendar } from '../working-time/sample-calendar';
import { explainDirective, type Explanation } from './explain-directive';

const local = (text: string): number => instantOfLocal(text, sampleCalendar.zone);

/** The explanation of one directive of the sample month at an instant of it. */
async function explained(name: string, until: string): Promise<Explanation> {
  const office = sampleOffice().directory;
  const rules = defaultWorkingRules();
  const { directives, messages } = await simulate({
    office,
    notices: sampleNoticeFiles.map((file) => ({ file, reading: draftDirectives(sampleNotice(file)) })),
    scenario: sampleScenario(),
    rules,
    calendar: sampleCalendar,
    from: local(sampleOffice().startsAt),
    to: local(until),
  });
  const directive = directives.find((one) => one.name === name);
  if (!directive) throw new Error(`no directive ${name}`);
  return explainDirective({
    context: directive.context,
    history: directive.history,
    escalations: [],
    elsewhere: [],
    messages: messages.filter(({ instance }) => instance === directive.id),
    facts: { now: local(until), calendar: sampleCalendar, rules, directory: office },
  });
}

describe('the explanation of a directive', () => {
  it('says why the deadline, what happened by which article, and what comes next', async () => {
    const { standing, deadline, past, next } = await explained('12/TB-UBND#3', '2026-11-16 08:00');
    expect(standing).toEqual({
      vi: 'Trung tâm Phục vụ hành chính công đang chủ trì; đã quá hạn 3 ngày làm việc.',
      en: 'Trung tâm Phục vụ hành chính công has it; it is 3 working days overdue.',
    });
    expect(deadline.sentences.map(({ vi }) => vi).slice(0, 2)).toEqual([
      'Hạn là 17:00 thứ Tư 11/11/2026.',
      'Câu chữ trong văn bản giao: "trước ngày 12/11/2026".',
    ]);
    expect(past.map(({ vi }) => vi)).toEqual([
      '08:45 thứ Hai 02/11/2026: giao Trung tâm Phục vụ hành chính công chủ trì.',
      '07:30 thứ Tư 04/11/2026: nhắc việc tới Tạ Thị Ngân, theo Mục 4.1 (T−5).',
      '17:00 thứ Tư 04/11/2026: hết thời gian trả lại, coi như đã tiếp nhận, theo Mục 3.1.',
      '07:30 thứ Sáu 06/11/2026: sắp đến hạn, theo Mục 2.2.',
      '07:30 thứ Ba 10/11/2026: nhắc việc tới Tạ Thị Ngân, theo Mục 4.1 (T−1).',
      '17:00 thứ Tư 11/11/2026: quá hạn, theo Mục 2.2.',
      '07:30 thứ Năm 12/11/2026: nhắc việc tới Mai Xuân Thủy và Đỗ Thị Lan, theo Mục 4.2 (T+1).',
      '07:30 thứ Hai 16/11/2026: nhắc việc tới Mai Xuân Thủy và Nguyễn Văn Hòa, theo Mục 4.3 (T+3).',
    ]);
    expect(next.map(({ vi }) => vi)).toEqual([
      '07:30 thứ Tư 18/11/2026: trình lãnh đạo phụ trách là Lê Thị Thu Hà (nhận thay Trần Quốc Bảo theo ủy quyền), theo Mục 5.2 (T+5). Nhiệm vụ đã quá hạn 5 ngày làm việc; trình lãnh đạo phụ trách xem xét.',
      '07:30 thứ Năm 26/11/2026: trình Chủ tịch là Trần Quốc Bảo, theo Mục 5.3 (T+10). Nhiệm vụ đã quá hạn 10 ngày làm việc; trình Chủ tịch xem xét.',
    ]);
  });

  it('can be read out in a meeting', async () => {
    const { summary } = await explained('12/TB-UBND#3', '2026-11-16 08:00');
    expect(summary.map(({ vi }) => vi).join(' ')).toBe(
      'Việc này giao cho Trung tâm Phục vụ hành chính công chủ trì từ thứ Hai 02/11/2026. ' +
        'Hạn hoàn thành là 17 giờ, thứ Tư 11/11/2026. ' +
        'Trung tâm Phục vụ hành chính công đang chủ trì; đã quá hạn 3 ngày làm việc. ' +
        'Theo quy chế, đã nhắc 4 lần, gần nhất là thứ Hai 16/11/2026. ' +
        'Nếu không ai xử lý thêm thì lúc 7 giờ 30 phút, thứ Tư 18/11/2026 sẽ trình lãnh đạo phụ trách là Lê Thị Thu Hà (nhận thay Trần Quốc Bảo theo ủy quyền), theo Mục 5.2 của quy chế.',
    );
    const extended = await explained('12/TB-UBND#1', '2026-11-14 08:00');
    expect(extended.summary.map(({ vi }) => vi).join(' ')).toContain(
      'Hạn ban đầu là 17 giờ, thứ Hai 02/11/2026; đã gia hạn 1 lần, hạn hiện nay là 17 giờ, thứ Tư 18/11/2026.',
    );
  });

  it('foretells exactly what then happens if nobody acts', async () => {
    const { next } = await explained('12/TB-UBND#8', '2026-11-02 09:00');
    const { past } = await explained('12/TB-UBND#8', '2026-11-16 08:00');
    const foretold = next.filter(({ at }) => at <= local('2026-11-16 08:00'));
    expect(foretold.length).toBeGreaterThan(5);
    expect(
      past.filter(({ at }) => at > local('2026-11-02 09:00')).map(({ at, article }) => [at, article]),
    ).toEqual(foretold.map(({ at, article }) => [at, article]));
  });

  it('tells who moved the clock, keeps the original deadline, and has nothing more to come at the end', async () => {
    const { standing, deadline, past, next } = await explained('12/TB-UBND#1', '2026-11-19 08:00');
    expect(standing.en).toBe('Phòng Kinh tế completed it on time.');
    expect(deadline.sentences.at(-1)?.en).toBe('The original deadline was 17:00 Mon 02/11/2026.');
    expect(past.map(({ vi }) => vi)).toContain(
      '08:00 thứ Sáu 13/11/2026: Trần Quốc Bảo gia hạn đến 17:00 thứ Tư 18/11/2026: Chờ số liệu của các thôn; không gia hạn lần nữa.',
    );
    expect(next).toEqual([]);
  });

  it('says that a report stops the clock, and that without a deadline nothing is late', async () => {
    expect((await explained('12/TB-UBND#5', '2026-11-25 08:00')).standing.vi).toContain('đang chờ xác nhận');
    const open = await explained('12/TB-UBND#6', '2026-11-02 17:00');
    expect(open.standing.vi).toBe('Văn phòng HĐND và UBND xã đang chủ trì; chưa có hạn.');
    expect(open.deadline.sentences[0]?.vi).toContain('không bị tính quá hạn');
    expect(open.next[0]?.vi).toContain('nhắc đặt hạn tới chuyên viên theo dõi là Đỗ Thị Lan, theo Mục 2.4');
  });

  it('warns on a deadline in a day off', async () => {
    const { deadline } = await explained('15/TB-UBND#2', '2026-11-12 08:00');
    expect(deadline.sentences.map(({ vi }) => vi).join(' ')).toContain('Ngày Văn hóa Việt Nam');
  });

  it('speaks of every other outcome', async () => {
    const said = async (name: string, until: string) => (await explained(name, until)).standing.en;
    expect(await said('15/TB-UBND#4', '2026-11-25 08:00')).toMatch(
      /^Lê Thị Thu Hà cancelled it on Fri 20\/11\/2026 \(.+\)\.$/,
    );
    expect(await said('BP-05#1', '2026-11-25 08:00')).toBe('Phòng Kinh tế completed it late.');
    expect(await said('12/TB-UBND#7', '2026-11-20 08:00')).toBe(
      'Phòng Kinh tế has it; 4 working days are left.',
    );
    const { past } = await explained('12/TB-UBND#5', '2026-11-25 08:00');
    expect(past.map(({ en }) => en).join('\n')).toContain('Đỗ Thị Lan reassigned it to Phòng Kinh tế');
    const sentBack = await explained('12/TB-UBND#2', '2026-11-25 08:00');
    expect(sentBack.past.map(({ en }) => en).join('\n')).toContain(
      'Đỗ Thị Lan sent the report back, and the clock goes on from the deadline in force: Thiếu biên bản',
    );
  });
});
