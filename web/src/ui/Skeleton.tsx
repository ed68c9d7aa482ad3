import { cx } from "./cx";
import styles from "./Skeleton.module.css";

interface SkeletonProps {
  width?: string | number;
  height?: string | number;
  className?: string;
}

/** Where something will be, in its size, so that nothing jumps. */
export function Skeleton({ width = "100%", height = 16, className }: SkeletonProps) {
  return <span className={cx(styles.skeleton, className)} style={{ width, height }} aria-hidden />;
}

/** Lines of a text or rows of a table to come. */
export function SkeletonRows({ rows = 5, height = 16 }: { rows?: number; height?: number }) {
  return (
    <span className={styles.rows} role="status">
      <span className="visually-hidden">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} width={row === rows - 1 ? "62%" : "100%"} />
      ))}
    </span>
  );
}
