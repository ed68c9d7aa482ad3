// A range of numbers: from the first on, below the second. It counts when it is entered or left.

import { useState } from "react";
import { compareDecimals, isDecimal } from "~/format";
import { Field } from "~/ui/Field";
import { Input } from "~/ui/Input";
import styles from "./FilterForm.module.css";

type Bounds = Readonly<Record<"min" | "max", string | undefined>>;

interface BandFieldProps {
  label: string;
  bounds: Bounds;
  onBounds: (bounds: Bounds) => void;
}

export function BandField({ label, bounds, onBounds }: BandFieldProps) {
  const [typed, setTyped] = useState({ min: bounds.min ?? "", max: bounds.max ?? "" });
  const [error, setError] = useState<string>();
  const enter = () => {
    const [min, max] = [typed.min.trim(), typed.max.trim()];
    const wrong = faultOf(min, max);
    setError(wrong);
    const next = { min: min || undefined, max: max || undefined };
    if (wrong === undefined && (next.min !== bounds.min || next.max !== bounds.max)) onBounds(next);
  };
  const input = (end: "min" | "max", name: string) => (
    <Input
      value={typed[end]}
      maxLength={40}
      inputMode="decimal"
      aria-label={`${label}: ${name}`}
      onChange={({ target }) => setTyped({ ...typed, [end]: target.value })}
      onBlur={enter}
      onKeyDown={({ key }) => key === "Enter" && enter()}
    />
  );
  return (
    <Field label={label} error={error} className={styles.whole ?? ""}>
      <div className={styles.band}>
        {input("min", "from")}
        <span aria-hidden>to below</span>
        {input("max", "below")}
      </div>
    </Field>
  );
}

function faultOf(min: string, max: string): string | undefined {
  if ([min, max].some((bound) => bound !== "" && !isDecimal(bound))) return "Must be numbers, such as 10.5.";
  return min !== "" && max !== "" && compareDecimals(min, max) >= 0 ? "Must end above where it begins." : undefined;
}
