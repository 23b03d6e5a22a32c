/** Letters of TCVN 5712:1993 VN3 ("ABC", fonts .VnTime) by their byte; every other byte is as in Latin-1. */
export const tcvn3Letters: ReadonlyMap<string, string> = new Map(
  [
    [0xa1, 'ĂÂÊÔƠƯĐăâêôơưđ'],
    [0xb5, 'àảãáạ'],
    [0xbb, 'ằẳẵắ'],
    [0xc6, 'ặầẩẫấậè'],
    [0xce, 'ẻẽéẹềểễếệìỉ'],
    [0xdc, 'ĩíịò'],
    [0xe1, 'ỏõóọồổỗốộờởỡớợù'],
    [0xf1, 'ủũúụừửữứựỳỷỹýỵ'],
  ].flatMap(([first, row]) =>
    Array.from(String(row)).map((letter, index): [string, string] => [
      String.fromCharCode(Number(first) + index),
      letter,
    ]),
  ),
);

/** Common syllables that carry a mark: their share tells text in TCVN3 from other text of one byte a letter. */
const common: ReadonlySet<string> = new Set(
  'cộng hòa hoà xã hội chủ nghĩa nghiã việt độc lập tự hạnh phúc của và các huyện tỉnh phường tịch ủy uỷ nhân dân báo kết luận phòng tháng năm thực hiện đề nghị cầu được những người trên địa bàn về đã với không tại để đồng chí công tác nhiệm vụ kế hoạch văn bản số ngày trước đảng đơn vị cơ quan rà soát tổ chức mật tối tuyệt'.split(
    ' ',
  ),
);
const enoughCommon = 0.2;

/**
 * Unicode text of TCVN3 bytes (given one character a byte), or null when the text is something else. A word that has only capitals
 * besides its marked letters becomes all capitals, since TCVN3 has no marked capitals and fonts drew them.
 */
export function fromTcvn3(oneByteText: string): string | null {
  if (!/[\u00a1-\u00fe]/u.test(oneByteText) || hasOtherLetters(oneByteText)) return null;
  const text = oneByteText.replace(/[\u00a1-\u00fe]/gu, (byte) => tcvn3Letters.get(byte) ?? byte);
  const marked =
    text
      .toLowerCase()
      .match(/[\p{L}]+/gu)
      ?.filter((word) => /[^a-z]/u.test(word)) ?? [];
  const known = marked.filter((word) => common.has(word)).length;
  if (known < 2 || known < marked.length * enoughCommon) return null;
  return text.split('\n').map(withCapitals).join('\n');
}

/** Syllables are shorter. */
const LONGEST = 12;

const isCapital = (word: string): boolean => /[A-Z].*[A-Z]/u.test(word) && !/[a-z]/u.test(word);

/** "Së", of which only the first letter tells anything, is "SỞ" beside a word in capitals and "Sở" elsewhere. */
function withCapitals(line: string): string {
  return line.replace(/\p{L}+/gu, (word, at: number) => {
    if (!/[A-Z]/u.test(word) || /[a-z]/u.test(word) || word.length === 1) return word;
    const [before = ''] = /\p{L}+(?= $)/u.exec(line.slice(Math.max(0, at - LONGEST), at)) ?? [];
    const [after = ''] =
      /(?<=^ )\p{L}+/u.exec(line.slice(at + word.length, at + word.length + LONGEST)) ?? [];
    return [word, before, after].some(isCapital) ? word.toUpperCase() : word;
  });
}

/** Letters beyond Latin-1 (quotes, dashes and bullets aside) do not come from one byte each. */
function hasOtherLetters(text: string): boolean {
  return /[\u0100-\u1fff\u2c00-\uffff]/u.test(text);
}
