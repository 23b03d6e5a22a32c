/** A text without Vietnamese marks, in small letters: as `dondoc.plain` makes it in the database. */
export function plain(text: string): string {
  const bare = text.normalize('NFD').replace(/[\u0300-\u036f]/gu, '');
  return bare.replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();
}

/**
 * For `like`: what somebody looks for, as it stands, anywhere in a plain text. Not word by word: a word of Vietnamese is
 * mostly several syllables, and one of them alone stands in half of all texts. Null when nothing is looked for.
 */
export function searchPattern(sought: string | undefined): string | null {
  const words = plain(sought ?? '')
    .trim()
    .replace(/\s+/gu, ' ');
  return words === '' ? null : `%${words.replace(/[\\%_]/g, '\\$&')}%`;
}
