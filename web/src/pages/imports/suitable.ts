// What is wrong with a file that can be known before it is sent.

/** What the API takes at most. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Kinds that brokers offer beside those that can be read, and what to ask for instead. */
const OTHERS: Readonly<Record<string, string>> = {
  pdf: "A PDF statement cannot be read to the cent. Ask your broker for CSV, XML or Excel instead.",
  zip: "Unpack the archive first, then drop the files in it.",
  gz: "Unpack the archive first, then drop the file in it.",
  xls: "This is an old Excel workbook. Save it as .xlsx or .csv first.",
  doc: "A document has no fills in it. Ask your broker for CSV, XML or Excel.",
  docx: "A document has no fills in it. Ask your broker for CSV, XML or Excel.",
  numbers: "Export the sheet from Numbers as .csv or .xlsx first.",
  png: "A picture has no fills in it. Screenshots go on the page of a trade.",
  jpg: "A picture has no fills in it. Screenshots go on the page of a trade.",
  jpeg: "A picture has no fills in it. Screenshots go on the page of a trade.",
};

/** Why the file cannot be imported and what to do; `null`: it is worth a try. */
export function unsuitable(file: Pick<File, "name" | "size">): string | null {
  const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const other = OTHERS[ending];
  if (other !== undefined) return other;
  if (file.size === 0) return "The file is empty. Export it once more.";
  if (file.size > MAX_FILE_BYTES) {
    return `The file has ${formatBytes(file.size)}; at most ${formatBytes(MAX_FILE_BYTES)} can be read at once. Export shorter periods: what overlaps is recognised.`;
  }
  return null;
}

/** `10 MiB`, `12.4 KiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KiB"] : [bytes / 1024 / 1024, "MiB"];
  return `${size.toFixed(1).replace(/\.0$/, "")} ${unit}`;
}
