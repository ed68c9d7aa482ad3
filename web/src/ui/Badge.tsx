import type { ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Badge.module.css";

export type Tone = "neutral" | "accent" | "gain" | "loss" | "warn";

/** A word or two about the state of something. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>;
}
