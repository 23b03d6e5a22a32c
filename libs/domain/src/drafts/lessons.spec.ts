import { type DraftItem } from './draft-item';
import { itemByHand } from './edit-items';
import { applyLessons, lessonsOf, shapeOf, type Lesson } from './lessons';

const agency = '00000000-0000-7000-8000-000000000001';

const item = (id: string, text: string, more: Partial<DraftItem> = {}): DraftItem => ({
  ...itemByHand(id, { text }),
  confidence: 0.8,
  ...more,
});

const lesson = (kind: Lesson['kind'], phrase: string, parts: readonly string[] = []): Lesson => ({
  kind,
  phrase,
  agency: null,
  parts,
});

describe('lessons of corrections', () => {
  const read = [
    item('1', 'Giao VPĐP rà soát tiêu chí.', { leadNames: ['VPĐP'] }),
    item('2', 'Theo dõi việc thực hiện Thông báo số 12/TB-UBND.'),
    itemByHand('3', { text: 'Do văn thư nhập' }),
  ];

  it('are a name that means an agency, and words that order nothing', () => {
    expect(
      lessonsOf(read, [
        { op: 'edit', item: '1', set: { lead: [agency] } },
        { op: 'drop', item: '2' },
        { op: 'drop', item: '3' },
      ]),
    ).toEqual([
      { kind: 'alias', phrase: 'VPĐP', agency, parts: [] },
      { kind: 'not-a-directive', phrase: read[1]?.text, agency: null, parts: [] },
    ]);
  });

  it('are what an open name was said to mean', () => {
    const openNames = [{ role: 'coordinating' as const, name: 'VPĐP', candidates: [] }];
    const open = [item('1', 'x', { openNames })];
    const name = { op: 'name', item: '1', role: 'coordinating', name: 'VPĐP' } as const;
    expect(lessonsOf(open, [{ ...name, agency }])).toEqual([
      { kind: 'alias', phrase: 'VPĐP', agency, parts: [] },
    ]);
    expect(lessonsOf(open, [{ ...name, agency: null }])).toEqual([]);
    expect(lessonsOf(open, [{ ...name, name: 'Khác', agency }])).toEqual([]);
  });

  it('are none where several names or agencies leave open which means which', () => {
    const several = [item('1', 'x', { leadNames: ['A', 'B'] })];
    expect(lessonsOf(several, [{ op: 'edit', item: '1', set: { lead: [agency] } }])).toEqual([]);
  });

  it('hold for the same words with other figures', () => {
    expect(shapeOf('Thông báo số 12/TB-UBND.')).toBe(shapeOf('thông báo số 340/TB-UBND'));
    const [found] = applyLessons(
      [item('1', 'Theo dõi việc thực hiện Thông báo số 98/TB-UBND.')],
      [lesson('not-a-directive', 'Theo dõi việc thực hiện Thông báo số 12/TB-UBND.')],
    );
    expect(found).toMatchObject({ tracked: false, flags: ['learned-not-a-directive'] });
  });

  it('split and merge what they were taught on, and nothing else', () => {
    const parts = ['Rà soát hộ nghèo trước ngày 10/5.', 'Báo cáo kết quả.'];
    const whole = parts.join(' ');
    const next = [item('1', 'Rà soát hộ nghèo trước ngày 12/6. Báo cáo kết quả.'), item('2', 'Trồng rừng.')];
    const split = applyLessons(next, [lesson('split', whole, parts)]);
    expect(split.map(({ id, text }) => [id, text])).toEqual([
      ['1', 'Rà soát hộ nghèo trước ngày 12/6.'],
      ['3', 'Báo cáo kết quả.'],
      ['2', 'Trồng rừng.'],
    ]);
    const merged = applyLessons(split, [lesson('merge', parts.join('\n'), parts)]);
    expect(merged.map(({ text }) => text)).toEqual([
      'Rà soát hộ nghèo trước ngày 12/6.\nBáo cáo kết quả.',
      'Trồng rừng.',
    ]);
    expect(applyLessons(next, [lesson('merge', parts.join('\n'), parts)])).toEqual(next);
  });
});
