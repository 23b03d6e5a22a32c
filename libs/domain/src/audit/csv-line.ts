/** What makes a spreadsheet take a cell for a formula, in full width too, or behind what it leaves out at the beginning. */
const formula = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** Opens a file of lines: spreadsheets take it for UTF-8 by this. */
export const BYTE_ORDER_MARK = '\uFEFF';

function cell(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/**
 * One line of a file for spreadsheets (RFC 4180), without its end. Text that would be a formula there is shown as text: with an
 * apostrophe before it.
 */
export const csvLine = (values: readonly (string | number | null)[]): string => values.map(cell).join(',');
