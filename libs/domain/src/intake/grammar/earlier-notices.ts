/** What a notice does to an earlier one. */
export type ChangeOfEarlier = 'replaces' | 'changes' | 'extends';

export interface EarlierNotice {
  /** Number and symbol as written. */
  readonly number: string;
  readonly change: ChangeOfEarlier;
}

const number = String.raw`(\d{1,5}\s?(?:\/|-)[\p{L}\d]{1,8}(?:[-–\/][\p{L}\d&]{1,12}){0,3})`;
const notice = String.raw`(?:Thông báo|Kết luận|Công văn|Văn bản|Chỉ thị|Quyết định|Kế hoạch)(?: kết luận)?\s+số:?\s+${number}`;
const verb =
  '(thay thế|bãi bỏ|hủy bỏ|điều chỉnh|sửa đổi|bổ sung|đính chính|gia hạn|lùi thời hạn|kéo dài thời gian)';

interface ChangeRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** Only before the body, where the title says what the notice is for. */
  readonly titleOnly: boolean;
  readonly examples: readonly (readonly [text: string, number: string, change: ChangeOfEarlier])[];
}

/** An order to change another document ("Giao Sở X tham mưu điều chỉnh Quyết định số …") changes nothing by itself and is none of these. */
export const changeRules: readonly ChangeRule[] = [
  {
    name: 'this-notice',
    pattern: new RegExp(
      String.raw`(?:Thông báo|Kết luận|Công văn|Văn bản|Chỉ thị) này\s+${verb}[^.;:]{0,100}?${notice}`,
      'gu',
    ),
    titleOnly: false,
    examples: [
      [
        'Thông báo này thay thế Thông báo số 12/TB-UBND ngày 03/02/2025 của UBND xã.',
        '12/TB-UBND',
        'replaces',
      ],
      ['Kết luận này bổ sung Kết luận số 07-KL/ĐU ngày 01/8/2025.', '07-KL/ĐU', 'changes'],
    ],
  },
  {
    name: 'leader-agrees',
    pattern: new RegExp(
      String.raw`(?:[Đđ]ồng ý|[Tt]hống nhất|[Cc]ho phép|[Cc]hấp thuận)[^.;:]{0,80}?${verb}[^.;:]{0,160}?${notice}`,
      'gu',
    ),
    titleOnly: false,
    examples: [
      [
        'Đồng ý gia hạn thời gian thực hiện nhiệm vụ tại Thông báo số 45/TB-UBND đến hết tháng 9.',
        '45/TB-UBND',
        'extends',
      ],
      ['Thống nhất điều chỉnh nội dung mục 2 Thông báo kết luận số 9/TB-VP.', '9/TB-VP', 'changes'],
    ],
  },
  {
    name: 'title',
    pattern: new RegExp(String.raw`(?:^|[\s,])${verb}[^.;:]{0,160}?${notice}`, 'giu'),
    titleOnly: true,
    examples: [
      ['V/v điều chỉnh thời hạn tại Công văn số 88/UBND-KT', '88/UBND-KT', 'changes'],
      ['Về việc gia hạn nhiệm vụ giao tại Thông báo số 31/TB-UBND', '31/TB-UBND', 'extends'],
    ],
  },
];

/** Earlier notices that this one replaces, changes or extends, by the words of its title or of the leader. */
export function readEarlierNotices(
  titles: readonly string[],
  body: readonly string[],
): readonly EarlierNotice[] {
  const found = new Map<string, EarlierNotice>();
  for (const { pattern, titleOnly } of changeRules) {
    for (const text of titleOnly ? titles : [...titles, ...body]) {
      for (const match of text.matchAll(pattern)) {
        const written = (match[2] ?? '').trim();
        if (!found.has(written)) found.set(written, { number: written, change: changeOf(match[1] ?? '') });
      }
    }
  }
  return [...found.values()];
}

function changeOf(word: string): ChangeOfEarlier {
  if (/thay thế|bãi bỏ|hủy bỏ/iu.test(word)) return 'replaces';
  return /gia hạn|lùi|kéo dài/iu.test(word) ? 'extends' : 'changes';
}
