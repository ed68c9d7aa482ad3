import { useId, type ReactNode } from "react";
import { Switch as Radix } from "radix-ui";
import styles from "./Switch.module.css";

interface SwitchProps {
  label: ReactNode;
  hideLabel?: boolean;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** On or off, and it counts at once. */
export function Switch({ label, hideLabel = false, checked, onCheckedChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <Radix.Root id={id} className={styles.track} checked={checked} onCheckedChange={onCheckedChange} disabled={disabled}>
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
      <label htmlFor={id} className={hideLabel ? "visually-hidden" : styles.label}>
        {label}
      </label>
    </div>
  );
}
