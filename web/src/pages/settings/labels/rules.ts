// A playbook's rules as a text, one a line, and back.

import type { Rule } from "@trading-journal/sdk";

export interface RuleLine {
  readonly id?: string;
  readonly text: string;
}

/** The lines that are not empty. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

/**
 * Rules of these lines. A line that is there as it was keeps its rule, wherever it moved; one that was reworded in its place keeps it, too: what
 * trades tell of a rule is not lost by a typo that is mended.
 */
export function rulesOf(lines: readonly string[], before: readonly Rule[]): readonly RuleLine[] {
  const free = new Map(before.map((rule) => [rule.id, rule]));
  const asBefore = lines.map((text) => {
    const rule = [...free.values()].find((candidate) => candidate.text === text);
    if (rule) free.delete(rule.id);
    return rule?.id;
  });
  return lines.map((text, line) => {
    const known = asBefore[line];
    if (known !== undefined) return { id: known, text };
    const inPlace = before[line];
    if (inPlace === undefined || !free.delete(inPlace.id)) return { text };
    return { id: inPlace.id, text };
  });
}
