// The losses whose chances are asked for. Pure.

import { isDecimal, signOf } from "~/format";
import type { Unit } from "~/search";

export const USUAL_LOSSES: Readonly<Record<Unit, readonly string[]>> = {
  money: ["1000", "2500", "5000", "10000"],
  r: ["5", "10", "20", "50"],
  percent: ["5", "10", "20", "50"],
};

/** As many as the API takes. */
const MOST = 10;

/** `1000, 2500`: what is no amount above 0 is left out. */
export function readLosses(text: string): readonly string[] {
  const parts = text.split(/[\s,;]+/).filter((part) => isDecimal(part) && signOf(part) > 0);
  return [...new Set(parts)].slice(0, MOST);
}
