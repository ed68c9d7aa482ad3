import { RotateCw, TriangleAlert, WifiOff } from "lucide-react";
import { toProblem } from "../api/problem";
import { Button } from "./Button";
import { sentence } from "./sentence";
import styles from "./EmptyState.module.css";

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
}

/** What could not be shown and why, in the API's words, with the id by which its log is found. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { problem, reason } = toProblem(error);
  return (
    <div className={styles.state} role="alert">
      <span className={styles.icon} aria-hidden>
        {reason === "unreachable" ? <WifiOff /> : <TriangleAlert />}
      </span>
      <p className={styles.title}>{problem.title}</p>
      {problem.detail != null && <p className={styles.text}>{sentence(problem.detail)}</p>}
      {onRetry && (
        <div className={styles.action}>
          <Button icon={<RotateCw />} onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
      {problem.trace_id != null && <p className={styles.trace}>Reference {problem.trace_id}</p>}
    </div>
  );
}
