import { useQuery } from "@tanstack/react-query";
import type { Fill } from "@trading-journal/sdk";
import { correctionsQuery } from "~/api/fills.ts";
import { formatInstant } from "~/format/index.ts";
import { Dialog } from "~/ui/Dialog";
import { ErrorState } from "~/ui/ErrorState";
import { SkeletonRows } from "~/ui/Skeleton";
import styles from "./FillForms.module.css";
import { SourceLink } from "./SourceLink.tsx";
import { saidBy } from "./saidBy.ts";

const KINDS: Readonly<Record<string, string>> = { report: "A file told", correction: "Corrected", bust: "Taken back" };

interface FillHistoryProps {
  fill: Fill;
  zone: string;
  onClose: () => void;
}

/** All that was said about a fill, oldest first. */
export function FillHistory({ fill, zone, onClose }: FillHistoryProps) {
  const { data: records, error, isPending, refetch } = useQuery(correctionsQuery(fill.id));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} size="md" title="History of this fill">
      {isPending ? (
        <SkeletonRows rows={3} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : records.length === 0 ? (
        <p>
          It was told once and never changed
          {fill.import_id != null && (
            <>
              : <SourceLink importId={fill.import_id} lines={[fill.line]} />
            </>
          )}
          .
        </p>
      ) : (
        <ol className={styles.history}>
          {records.map((record) => (
            <li key={record.record_id} className={styles.record}>
              <strong>{KINDS[record.kind] ?? record.kind}</strong> {formatInstant(record.made_at, zone, { seconds: true })}
              <div>{saidBy(record, zone)}</div>
              {record.import_id != null && <SourceLink importId={record.import_id} lines={[record.line]} />}
              {record.reason != null && (
                <p>
                  <bdi>{record.reason}</bdi>
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
