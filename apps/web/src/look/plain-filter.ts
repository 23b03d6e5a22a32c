import type { ComboboxItem, OptionsFilter } from '@mantine/core';

/** As people type in a hurry: small letters without marks. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .trim();
}

/** Whether every word of what is sought stands somewhere in the text, with or without marks. */
export function isFound(text: string, sought: string): boolean {
  const whole = plain(text);
  return plain(sought)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

/**
 * Finds options without marks; `more` gives other names of an option by its value.
 * Those that begin with what is sought come first.
 */
export function plainFilter(more: ReadonlyMap<string, string> = new Map()): OptionsFilter {
  return ({ options, search, limit }) => {
    const items = options.filter((option): option is ComboboxItem => 'value' in option);
    const found = items.filter(({ value, label }) => isFound(`${label} ${more.get(value) ?? ''}`, search));
    const begins = ({ label }: ComboboxItem) => (plain(label).startsWith(plain(search)) ? 0 : 1);
    return found.toSorted((a, b) => begins(a) - begins(b)).slice(0, limit);
  };
}
