import type { ReactNode } from "react";
import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import { toProblem } from "../api/problem";
import { cx } from "./cx";
import { sentence } from "./sentence";
import styles from "./Notice.module.css";

interface NoticeProps {
  tone?: "neutral" | "gain" | "loss" | "warn";
  title?: string;
  action?: ReactNode;
  children?: ReactNode;
}

/** Something to know about what is around it. */
export function Notice({ tone = "neutral", title, action, children }: NoticeProps) {
  const Icon = tone === "neutral" ? Info : tone === "gain" ? CircleCheck : TriangleAlert;
  return (
    <div className={cx(styles.notice, styles[tone])} role={tone === "loss" ? "alert" : "status"}>
      <Icon aria-hidden />
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}

/** Why what was sent was refused; nothing while there is no error. */
export function ProblemNotice({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const { problem } = toProblem(error);
  return <Notice tone="loss">{problem.detail == null ? problem.title : sentence(problem.detail)}</Notice>;
}
