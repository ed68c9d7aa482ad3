// Values of statistics that are no estimates: a number of its kind, or a dash with the reason.

import type { Note } from "@trading-journal/sdk";
import type { ReactNode } from "react";
import { formatNumber, formatShare } from "~/format";
import { Money } from "~/ui/Money";
import { None, reasonOf } from "./Estimate";

type Notes = Readonly<Record<string, Note>>;
type Figure = string | number | null | undefined;

/** Writes the fields of one answer, each with the answer's own reason when it is null. */
export function valuesOf(notes: Notes, unit: string, prefix = "") {
  const or = <T,>(value: T | null | undefined, field: string, write: (value: T) => ReactNode) =>
    value == null ? <None reason={reasonOf(notes, prefix + field)} /> : write(value);
  return {
    or,
    share: (value: number | null | undefined, field: string, signed = false) =>
      or(value, field, (share) => formatShare(share, { digits: 2, signed })),
    /** Exact texts are rounded to the digits, with all of them in the title. */
    ratio: (value: Figure, field: string, digits = 2) =>
      or(value, field, (ratio) => (
        <data value={ratio} title={String(ratio)}>
          {formatNumber(ratio, ratio === "inf" ? {} : { digits })}
        </data>
      )),
    count: (value: number | null | undefined, field: string) => or(value, field, (count) => formatNumber(count)),
    amount: (value: string | null | undefined, field: string, signed = false) =>
      or(value, field, (amount) => <Money amount={amount} unit={unit} signed={signed} />),
  };
}
