import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Account } from "@trading-journal/sdk";
import { importsQuery } from "~/api/imports";
import { formatInstant } from "~/format";
import { Badge } from "~/ui/Badge";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ErrorState } from "~/ui/ErrorState";
import { SkeletonRows } from "~/ui/Skeleton";
import { Cell, HeadCell, Table } from "~/ui/Table";
import { fillsInWords, STATUS } from "./words";
import styles from "./imports.module.css";

/** Every import so far, the latest first. */
export function History({ accounts }: { accounts: readonly Account[] }) {
  const query = useInfiniteQuery(importsQuery);
  const imports = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) {
    return (
      <Card title="History">
        <SkeletonRows rows={6} height={24} />
      </Card>
    );
  }
  if (query.isError && imports.length === 0) {
    return (
      <Card title="History">
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  if (imports.length === 0) return null;
  return (
    <Card title="History" description="Each import can be undone, also much later." flush>
      <Table aria-label="Imports so far">
        <thead>
          <tr>
            <HeadCell>File</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell>Fills</HeadCell>
            <HeadCell>Account</HeadCell>
            <HeadCell>When</HeadCell>
          </tr>
        </thead>
        <tbody>
          {imports.map((one) => {
            const account = accounts.find(({ id }) => id === one.account_id);
            const { label, tone } = STATUS[one.status];
            return (
              <tr key={one.id}>
                <Cell className={styles.nameCell}>
                  <Link to="/import/$id" params={{ id: one.id }}>
                    {one.file_name}
                  </Link>
                </Cell>
                <Cell>
                  <Badge tone={tone}>{label}</Badge>
                </Cell>
                <Cell className={styles.line}>{fillsInWords(one)}</Cell>
                <Cell>{account?.name ?? ""}</Cell>
                <Cell className={styles.line}>{formatInstant(one.created_at, account?.time_zone ?? "UTC")}</Cell>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
    </Card>
  );
}
