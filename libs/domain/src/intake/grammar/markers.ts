/** What stands before an item: "II.", "2.1.", "a)", "-", "Điều 3.". */
export interface Marker {
  readonly style: MarkerStyle;
  /** Outer styles have lower ranks; an item closes every open one of its own rank or deeper. */
  readonly rank: number;
  /** How the item is called in a section reference; bullets are counted, so they have none. */
  readonly label: string | null;
  /** Length of the marker with the white space after it. */
  readonly length: number;
}

export type MarkerStyle =
  | 'part'
  | 'article'
  | 'capital'
  | 'roman'
  | 'number'
  | 'number-2'
  | 'number-3'
  | 'ordinal'
  | 'letter'
  | 'star'
  | 'dash'
  | 'plus'
  | 'dot';

interface MarkerRule {
  readonly style: MarkerStyle;
  readonly rank: number;
  readonly pattern: RegExp;
  /** A bullet has no label of its own. */
  readonly label: ((match: RegExpExecArray) => string) | null;
  readonly examples: readonly (readonly [text: string, label: string | null])[];
}

const first = (match: RegExpExecArray): string => match[1] ?? '';

export const markerRules: readonly MarkerRule[] = [
  {
    style: 'part',
    rank: 0,
    pattern: /^(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:THỨ\s+|thứ\s+)?([\p{L}\d]{1,5})(?:[.:\-–]\s*|\s+|$)/u,
    label: first,
    examples: [
      ['PHẦN THỨ HAI', 'HAI'],
      ['Phần II: Nhiệm vụ', 'II'],
    ],
  },
  {
    // Above the Roman numbers, which "C." and "D." would otherwise be.
    style: 'capital',
    rank: 0.8,
    pattern: /^([ABCDĐEGH])\s?[.)]\s+(?=\p{Lu}{2})/u,
    label: first,
    examples: [
      ['B. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024', 'B'],
      ['C. TỔ CHỨC THỰC HIỆN', 'C'],
    ],
  },
  {
    style: 'article',
    rank: 1,
    pattern: /^Điều\s+(\d{1,2})[.:]\s*/u,
    label: (match) => `Điều ${first(match)}`,
    examples: [['Điều 3. Hiệu lực', 'Điều 3']],
  },
  {
    style: 'roman',
    rank: 1,
    // Not the end of "quý IV/2025" at the beginning of a line.
    pattern: /^([IVX]{1,5})\s?(?:[.):]|[/\-–](?!\d))\s*/u,
    label: first,
    examples: [
      ['II. Nhiệm vụ', 'II'],
      ['IV- TỔ CHỨC THỰC HIỆN', 'IV'],
      ['III/ Nhiệm vụ', 'III'],
    ],
  },
  {
    style: 'number-3',
    rank: 4,
    pattern: /^(\d{1,2}\.\d{1,2}\.\d{1,2})[.):]?\s+/u,
    label: first,
    examples: [['2.1.3. Giao', '2.1.3']],
  },
  {
    style: 'number-2',
    rank: 3,
    pattern: /^(\d{1,2}\.\d{1,2})(?:[.)/:]\s*|\s+)(?=\p{L})/u,
    label: first,
    examples: [
      ['2.1. Về thu ngân sách', '2.1'],
      ['3.2 Giao Sở', '3.2'],
    ],
  },
  {
    style: 'number',
    rank: 2,
    pattern: /^\(?(\d{1,2})\s?(?:\.(?!\d)|\)|[/:](?=\s|\p{L})|[-–](?=\s))\s*/u,
    label: first,
    examples: [
      ['11. Giao Văn phòng', '11'],
      ['3- Giao Đảng ủy', '3'],
      ['2/ Yêu cầu', '2'],
    ],
  },
  {
    style: 'ordinal',
    rank: 5,
    pattern: /^(Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám)|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy) là)\s?[,:]\s*/u,
    label: first,
    examples: [['Thứ nhất, rà soát', 'Thứ nhất']],
  },
  {
    style: 'letter',
    rank: 5,
    pattern: /^([a-zđ])\s?[).]\s+/u,
    label: first,
    examples: [['b) Bộ Xây dựng', 'b']],
  },
  { style: 'star', rank: 6, pattern: /^\*\s*/u, label: null, examples: [['* Về nhiệm vụ cụ thể', null]] },
  {
    style: 'dash',
    rank: 7,
    pattern: /^[-–—−](?:\s+|(?=\p{L}))/u,
    label: null,
    examples: [
      ['- Giao công an', null],
      ['–Tổ chức', null],
    ],
  },
  { style: 'plus', rank: 8, pattern: /^\+\s*/u, label: null, examples: [['+ Tham mưu', null]] },
  { style: 'dot', rank: 9, pattern: /^[•●▪◦■□➢]\s*/u, label: null, examples: [['• Rà soát', null]] },
];

export function readMarker(text: string): Marker | null {
  for (const rule of markerRules) {
    const match = rule.pattern.exec(text);
    if (match !== null) {
      return {
        style: rule.style,
        rank: rule.rank,
        label: rule.label === null ? null : rule.label(match),
        length: match[0].length,
      };
    }
  }
  return null;
}
