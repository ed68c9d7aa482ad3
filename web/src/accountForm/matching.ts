// What the API's names of the matching methods say in words.

export const matchings = [
  { value: "fifo", label: "First in, first out" },
  { value: "lifo", label: "Last in, first out" },
  { value: "average", label: "Average cost" },
] as const;

export type Matching = (typeof matchings)[number]["value"];

export function toMatching(value: string): Matching {
  return matchings.find((matching) => matching.value === value)?.value ?? "fifo";
}

export function matchingWords(value: string): string {
  return matchings.find((matching) => matching.value === value)?.label ?? value;
}
