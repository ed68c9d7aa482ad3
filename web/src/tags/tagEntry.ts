/** What the API takes. */
export const LONGEST_TAG = 50;
export const MOST_TAGS = 50;
const MOST_OFFERS = 8;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The tags with what was typed, which may be several; the same list where it adds nothing. */
export function entered(tags: readonly string[], typed: string): readonly string[] {
  const texts = typed.split(/[,\n]/).map((text) => cut(text.replace(/\p{Cc}/gu, " ").trim()));
  const next = [...tags];
  for (const text of texts) {
    if (text !== "" && next.length < MOST_TAGS && !next.some((tag) => same(tag, text))) next.push(text);
  }
  return next.length === tags.length ? tags : next;
}

/** The API counts code points. */
function cut(text: string): string {
  return Array.from(text).slice(0, LONGEST_TAG).join("");
}

/** Known tags that go on with what is typed, those that begin with it first. */
export function completions(typed: string, known: readonly string[], taken: readonly string[]): readonly string[] {
  const text = typed.trim().toLowerCase();
  if (text === "") return [];
  const free = known.filter((tag) => tag.toLowerCase().includes(text) && !taken.some((other) => same(other, tag)));
  const begins = (tag: string) => Number(!tag.toLowerCase().startsWith(text));
  return [...free].sort((a, b) => begins(a) - begins(b) || a.localeCompare(b)).slice(0, MOST_OFFERS);
}
