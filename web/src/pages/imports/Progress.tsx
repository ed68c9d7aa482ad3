import styles from "./imports.module.css";

interface ProgressProps {
  label: string;
  /** 0..100. */
  value: number;
}

/** How far something has come, for eyes and for screen readers. */
export function Progress({ label, value }: ProgressProps) {
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
    >
      {/* Something is seen from the start. */}
      <div className={styles.done} style={{ width: `${Math.max(value, 3)}%` }} />
    </div>
  );
}
