import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Button.module.css";

export interface ButtonProps extends ComponentProps<"button"> {
  /** `primary` is the one thing to do; `danger` cannot be taken back. */
  variant?: "primary" | "secondary" | "quiet" | "danger";
  size?: "sm" | "md";
  icon?: ReactNode;
  /** Being done: it cannot be pressed again, and keeps its width. */
  busy?: boolean;
}

export function Button(props: ButtonProps) {
  const { variant = "secondary", size = "md", icon, busy = false, className, children, disabled, ...rest } = props;
  return (
    <button
      type="button"
      className={cx(styles.button, styles[variant], styles[size], busy && styles.busy, className)}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

/** The looks of a button, for a link. */
export function buttonClass(variant: NonNullable<ButtonProps["variant"]> = "secondary", size: "sm" | "md" = "md"): string {
  return cx(styles.button, styles[variant], styles[size]);
}
