import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./SegmentedControl.module.css";

interface SegmentedControlProps<T extends string> {
  /** What is chosen here, read aloud. */
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode; hint?: string }[];
  onValueChange: (value: T) => void;
}

/** One of a few, all of which are seen. */
export function SegmentedControl<T extends string>({ label, value, options, onValueChange }: SegmentedControlProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      className={styles.group}
      aria-label={label}
      value={value}
      // Pressing what is chosen already leaves it chosen.
      onValueChange={(next) => next !== "" && onValueChange(next as T)}
    >
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} className={styles.item} title={option.hint}>
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
