import type { ComponentProps } from "react";
import { cx } from "./cx";
import { Hint } from "./Hint";
import styles from "./IconButton.module.css";

interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label"> {
  /** What it does: read aloud, and shown on hover. */
  label: string;
  size?: "sm" | "md";
  /** False where what it does is plain, such as the cross of a dialog. */
  hinted?: boolean;
}

export function IconButton({ label, size = "md", hinted = true, className, ...rest }: IconButtonProps) {
  const button = <button type="button" aria-label={label} className={cx(styles.button, styles[size], className)} {...rest} />;
  return hinted ? <Hint text={label}>{button}</Hint> : button;
}
