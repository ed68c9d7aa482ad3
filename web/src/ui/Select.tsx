import type { ComponentProps } from "react";
import { ChevronDown } from "lucide-react";
import { cx } from "./cx";
import { useField } from "./Field";
import input from "./Input.module.css";
import styles from "./Select.module.css";

export interface Option<T extends string = string> {
  value: T;
  label: string;
  disabled?: boolean;
}

interface SelectProps<T extends string> extends Omit<ComponentProps<"select">, "value" | "onChange" | "children"> {
  value: T;
  options: readonly Option<T>[];
  onValueChange: (value: T) => void;
}

/** The browser's own: the best there is on phones and for screen readers. */
export function Select<T extends string>({ value, options, onValueChange, className, ...rest }: SelectProps<T>) {
  return (
    <span className={cx(styles.select, className)}>
      <select
        className={cx(input.input, styles.control)}
        value={value}
        onChange={(event) => onValueChange(event.target.value as T)}
        {...useField()}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className={styles.arrow} aria-hidden />
    </span>
  );
}
