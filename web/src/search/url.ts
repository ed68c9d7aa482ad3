// The search part of a URL as plain text: `?symbol=AAPL&symbol=MSFT&net=false`. A router that reads values as JSON
// would take the symbol 1810 for a number and write every other text in quotes.

type Values = Record<string, string | readonly string[]>;

/** Repeated names become lists. */
export function readSearch(search: string): Values {
  const values: Values = {};
  const parameters = new URLSearchParams(search);
  for (const name of new Set(parameters.keys())) {
    const all = parameters.getAll(name);
    values[name] = all.length === 1 ? (all[0] ?? "") : all;
  }
  return values;
}

/** With `?` in front, or nothing. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (typeof each === "string" || typeof each === "number" || typeof each === "boolean")
        parameters.append(name, String(each));
    }
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
