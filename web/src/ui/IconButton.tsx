import type { ComponentProps } from "react";
import { cx } from "./cx";
import { Hint } from "./Hint";
import styles from "./IconButton.module.css";

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  /** What it does: read aloud, and shown on hover. */
  label: string;
  size?: "sm" | "md";
}

export function IconButton({ label, size = "md", className, ...rest }: IconButtonProps) {
  return (
    <Hint text={label}>
      <button type="button" aria-label={label} className={cx(styles.button, styles[size], className)} {...rest} />
    </Hint>
  );
}
