// Reads values of a URL, which anybody may have typed. What a router made of them before (numbers, booleans) is undone.

/** As long as a value that the API takes may be. */
const LONGEST = 128;
const MOST = 100;

/** Text that is there, without control characters; undefined otherwise. */
export function text(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  // eslint-disable-next-line no-control-regex -- The API refuses these characters, and a URL can hold them.
  const clean = value.replace(/[\u0000-\u001f\u007f-\u009f]/g, "").trim();
  return clean === "" ? undefined : clean.slice(0, LONGEST);
}

/** One value or several as a list. */
export function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** All texts, each once. */
export function texts(value: unknown): readonly string[] {
  return [...new Set(list(value).flatMap((each) => text(each) ?? []))].slice(0, MOST);
}

/** The value if it is one of the choices. */
export function oneOf<T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === text(value));
}
