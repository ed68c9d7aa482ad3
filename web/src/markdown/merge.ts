/** Merges two texts that were made of one, line by line. Nothing of either is lost: where both changed the same place, both are kept. */

import { matches } from "./matches.ts";

export interface Merged {
  readonly text: string;
  readonly clashes: number;
}

/** Between two lines that all three texts have, only one of them may have changed; else their lines stand above ours, once more as a clash. */
export function merge(original: string, ours: string, theirs: string): Merged {
  const [base, mine, others] = [original.split("\n"), ours.split("\n"), theirs.split("\n")];
  const [toMine, toOthers] = [matches(base, mine), matches(base, others)];
  const out: string[] = [];
  let clashes = 0;
  let [b, m, o] = [0, 0, 0];
  for (let end = 0; end <= base.length; end += 1) {
    const [nextMine, nextOthers] = end === base.length ? [mine.length, others.length] : [toMine.get(end), toOthers.get(end)];
    if (nextMine === undefined || nextOthers === undefined) continue;
    const part = settle(base.slice(b, end), mine.slice(m, nextMine), others.slice(o, nextOthers));
    out.push(...part.lines, ...base.slice(end, end + 1));
    if (part.clash) clashes += 1;
    [b, m, o] = [end + 1, nextMine + 1, nextOthers + 1];
  }
  return { text: out.join("\n"), clashes };
}

function settle(base: readonly string[], mine: readonly string[], others: readonly string[]) {
  if (equal(mine, base) || equal(mine, others)) return { lines: others, clash: false };
  if (equal(others, base)) return { lines: mine, clash: false };
  return { lines: [...others, ...mine], clash: true };
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}
