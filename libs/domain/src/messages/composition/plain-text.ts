/** Control characters, line and paragraph separators, and marks that turn the direction of writing. */
const unprintable = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;
const loneSurrogate = /\p{Cs}/gu;

const graphemes = new Intl.Segmenter('vi');

/** The text cut to so many characters, at a word where there is one near the end. */
function shortened(text: string, most: number): string {
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  if (characters.length <= most) return text;
  const cut = characters.slice(0, most - 1).join('');
  const word = cut.lastIndexOf(' ');
  return `${(word > cut.length * 0.7 ? cut.slice(0, word) : cut).trimEnd()}…`;
}

/** What people wrote, as one line that can stand in a header: nothing in it ends the line or hides what follows. */
export function oneLine(text: string, most: number): string {
  const line = text
    .normalize('NFC')
    .replace(loneSurrogate, '\uFFFD')
    .replace(unprintable, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return shortened(line, most);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, in an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
