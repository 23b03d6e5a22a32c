import { isRefusal } from '@dondoc/workflow';
import { type DraftItem } from './draft-item';
import { editItems, itemByHand, type DraftEdit } from './edit-items';

const [land, culture, finance] = [
  '00000000-0000-7000-8000-000000000001',
  '00000000-0000-7000-8000-000000000002',
  '00000000-0000-7000-8000-000000000003',
] as const;

const both: DraftItem = {
  ...itemByHand('1', { text: 'Rà soát hồ sơ và báo cáo kết quả', lead: [land, culture] }),
  leadNames: ['Phòng A', 'Phòng B'],
  flags: ['several-leads'],
  start: 10,
  end: 42,
};
const other = itemByHand('2', { text: 'Tổ chức hội nghị', lead: [finance], coordinating: [land] });

function edited(...edits: DraftEdit[]): readonly DraftItem[] {
  const items = editItems([both, other], edits);
  if (isRefusal(items)) throw new Error(items.en);
  return items;
}

describe('corrections of a draft', () => {
  it('names one of several leads and makes the other coordinating', () => {
    const [item] = edited({ op: 'edit', item: '1', set: { lead: [land], coordinating: [culture, land] } });
    expect(item).toMatchObject({ lead: [land], coordinating: [culture], flags: [], text: both.text });
  });

  it('splits one item into one per lead, each keeping where its words stand', () => {
    const items = edited({
      op: 'split',
      item: '1',
      parts: [{ lead: [land] }, { lead: [culture], text: 'Báo cáo' }],
    });
    expect(items.map(({ id, lead, text, start }) => ({ id, lead, text, start }))).toEqual([
      { id: '1', lead: [land], text: both.text, start: 10 },
      { id: '3', lead: [culture], text: 'Báo cáo', start: 10 },
      { id: '2', lead: [finance], text: other.text, start: null },
    ]);
  });

  it('lets a person say whom an open name means, until none is open', () => {
    const open: DraftItem = {
      ...other,
      lead: [],
      leadNames: ['P. Tài chính'],
      flags: ['unknown-agency', 'no-deadline'],
      openNames: [
        { role: 'lead', name: 'P. Tài chính', candidates: [finance] },
        { role: 'coordinating', name: 'Phòng Đất', candidates: [] },
      ],
    };
    const after = (...edits: DraftEdit[]) => {
      const items = editItems([open], edits);
      return isRefusal(items) ? [] : items;
    };
    const name = { op: 'name', item: '2' } as const;
    const [half] = after({ ...name, role: 'lead', name: 'P. Tài chính', agency: finance });
    expect(half).toMatchObject({ lead: [finance], coordinating: [land], flags: open.flags });
    expect(half?.openNames).toEqual([{ role: 'coordinating', name: 'Phòng Đất', candidates: [] }]);
    const [whole] = after(
      { ...name, role: 'lead', name: 'P. Tài chính', agency: finance },
      { ...name, role: 'coordinating', name: 'Phòng Đất', agency: null },
    );
    expect(whole).toMatchObject({
      lead: [finance],
      coordinating: [land],
      openNames: [],
      flags: ['no-deadline'],
    });
    // Whoever chooses by hand has dealt with the names as well.
    const [chosen] = after({ op: 'edit', item: '2', set: { lead: [culture], coordinating: [] } });
    expect(chosen).toMatchObject({ lead: [culture], openNames: [], flags: ['no-deadline'] });
  });

  it('merges items into the first, and a lead of either no longer coordinates', () => {
    const [merged, ...rest] = edited({ op: 'merge', items: ['1', '2'] });
    expect(rest).toEqual([]);
    expect(merged).toMatchObject({
      id: '1',
      lead: [land, culture, finance],
      coordinating: [],
      start: 10,
      end: 42,
    });
    expect(merged?.text).toBe(`${both.text}\n${other.text}`);
  });

  it('drops and adds, with an id that no item has', () => {
    const items = edited({ op: 'drop', item: '1' }, { op: 'add', item: { text: 'Việc mới' } });
    expect(items.map(({ id }) => id)).toEqual(['2', '3']);
    expect(items[1]).toMatchObject({ tracked: true, urgency: 'normal', deadline: null });
  });

  it('refuses the correction of what is not there, with its place, and changes nothing', () => {
    const refused = editItems(
      [both],
      [
        { op: 'drop', item: '1' },
        { op: 'edit', item: '1', set: { text: 'x' } },
      ],
    );
    expect(refused).toMatchObject({ refused: true, code: 'unknown-item', field: 'edits[1].item' });
    expect(editItems([both], [{ op: 'merge', items: ['1', '9'] }])).toMatchObject({
      field: 'edits[0].items',
    });
    expect(editItems([both], [{ op: 'merge', items: ['1', '1'] }])).toMatchObject({ code: 'unknown-item' });
  });

  it('merges no more words than an item may have', () => {
    const long = [1, 2].map((id) => itemByHand(String(id), { text: 'x'.repeat(5_000) }));
    expect(editItems(long, [{ op: 'merge', items: ['1', '2'] }])).toMatchObject({
      code: 'text-too-long',
      field: 'edits[0].items',
    });
  });

  it('takes what makes a draft that is too long shorter, never what makes it longer', () => {
    const many = Array.from({ length: 502 }, (_, index) => itemByHand(String(index + 1), { text: 'Việc' }));
    expect(editItems(many, [{ op: 'drop', item: '502' }])).toHaveLength(501);
    expect(editItems(many, [{ op: 'add', item: { text: 'x' } }])).toMatchObject({ code: 'too-many-items' });
  });
});
