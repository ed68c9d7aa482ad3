import { useInfiniteQuery } from "@tanstack/react-query";
import { auditQuery } from "~/api/me";
import { formatInstant, localZone } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { SkeletonRows } from "~/ui/Skeleton";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import { auditWords } from "./auditWords";
import styles from "./ActivitySection.module.css";

/** The audit log. Nobody changes a line of it. */
export function ActivitySection() {
  const audit = useInfiniteQuery(auditQuery);
  const lines = audit.data?.pages.flatMap((page) => page.items) ?? [];
  const zone = localZone();
  return (
    <Card title="Activity" description="What happened to your account within a year. If something was not you, set a new password." flush>
      {audit.isPending ? (
        <div className={styles.loading}>
          <SkeletonRows rows={6} />
        </div>
      ) : audit.isError ? (
        <ErrorState error={audit.error} onRetry={() => void audit.refetch()} />
      ) : (
        <Table aria-label="Activity">
          <thead>
            <tr>
              <HeadCell>When</HeadCell>
              <HeadCell>What</HeadCell>
              <HeadCell>Where</HeadCell>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.id}>
                <Cell className={styles.when}>{formatInstant(line.at, zone)}</Cell>
                <Cell>
                  {auditWords(line.kind)}
                  {line.detail != null && line.detail !== "" && <span className={styles.detail}> {line.detail}</span>}
                </Cell>
                <Cell className={styles.detail}>
                  {[line.device_name, line.ip_address].filter((part) => part != null && part !== "").join(", ")}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {audit.hasNextPage && (
        <div className={styles.more}>
          <Button size="sm" busy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            Show earlier
          </Button>
        </div>
      )}
    </Card>
  );
}
