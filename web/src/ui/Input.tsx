import type { ComponentProps } from "react";
import { cx } from "./cx";
import { useField } from "./Field";
import styles from "./Input.module.css";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cx(styles.input, className)} {...useField()} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cx(styles.input, styles.textarea, className)} {...useField()} {...rest} />;
}
