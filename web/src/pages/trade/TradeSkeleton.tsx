import { Card } from "~/ui/Card";
import { Skeleton, SkeletonRows } from "~/ui/Skeleton";
import styles from "./TradePage.module.css";

export function TradeSkeleton() {
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Card>
          <Skeleton height={320} />
        </Card>
        <Card>
          <Skeleton height={220} />
        </Card>
      </div>
      <div className={styles.side}>
        <Card>
          <SkeletonRows rows={10} />
        </Card>
        <Card>
          <SkeletonRows rows={4} />
        </Card>
      </div>
    </div>
  );
}
