import { Skeleton } from "~/ui/Skeleton";
import styles from "./TableSkeleton.module.css";

/** The table before its rows, in its size. */
export function TableSkeleton() {
  return (
    <div className={styles.frame} role="status">
      <span className="visually-hidden">Loading trades</span>
      {Array.from({ length: 40 }, (_, row) => (
        <div key={row} className={styles.row}>
          <Skeleton width={110} height={12} />
          <Skeleton width={60} height={12} />
          <Skeleton width={150} height={12} />
          <Skeleton width={80} height={12} />
          <Skeleton width={80} height={12} />
          <Skeleton width={90} height={12} />
        </div>
      ))}
    </div>
  );
}
