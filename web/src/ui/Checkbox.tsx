import { useId, type ReactNode } from "react";
import { Checkbox as Radix } from "radix-ui";
import { Check, Minus } from "lucide-react";
import styles from "./Checkbox.module.css";

interface CheckboxProps {
  label: ReactNode;
  /** The label is read aloud alone, as in the rows of a table. */
  hideLabel?: boolean;
  checked: boolean | "indeterminate";
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
  help?: ReactNode;
}

export function Checkbox({ label, hideLabel = false, checked, onCheckedChange, disabled = false, help }: CheckboxProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <Radix.Root
        id={id}
        className={styles.box}
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        disabled={disabled}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
      >
        <Radix.Indicator className={styles.mark}>{checked === "indeterminate" ? <Minus /> : <Check />}</Radix.Indicator>
      </Radix.Root>
      <div>
        <label htmlFor={id} className={hideLabel ? "visually-hidden" : styles.label}>
          {label}
        </label>
        {help !== undefined && (
          <p className={styles.help} id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
    </div>
  );
}
