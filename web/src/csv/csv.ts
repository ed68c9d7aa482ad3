/** Writes CSV (RFC 4180) that a spreadsheet shows as it is: nothing in it is computed, and no digit is lost. */

const NUMBER = /^-?\d+(\.\d+)?$/;
/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell. Numbers stay as they are; text that a spreadsheet would compute begins with an apostrophe. */
export function cell(value: string | null): string {
  if (value === null) return "";
  if (NUMBER.test(value)) return value;
  const text = FORMULA.test(value.trimStart()) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line, with its line end. */
export function line(cells: readonly (string | null)[]): string {
  return cells.map(cell).join(",") + "\r\n";
}
