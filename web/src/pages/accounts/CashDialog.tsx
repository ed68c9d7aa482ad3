import { useInfiniteQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import type { Account } from "@trading-journal/sdk";
import { cashQuery } from "~/api/accounts";
import { useJournalOwner } from "~/api/owner";
import { dayOfInstant, formatDay } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { Dialog } from "~/ui/Dialog";
import { EmptyState } from "~/ui/EmptyState";
import { ErrorState } from "~/ui/ErrorState";
import { Money } from "~/ui/Money";
import { SkeletonRows } from "~/ui/Skeleton";
import { Cell, HeadCell, Row, Table } from "~/ui/Table";
import { CashForm } from "./CashForm";
import { cashWords } from "./words";
import styles from "./CashDialog.module.css";

/** Deposits, withdrawals and whatever else came and went besides trades. */
export function CashDialog({ account, trigger }: { account: Account; trigger: ReactElement }) {
  const [open, setOpen] = useState(false);
  const isOwn = useJournalOwner() === null;
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={setOpen}
      size="lg"
      title={`Cash of “${account.name}”`}
      description={`Days are on the clock of ${account.time_zone}. What files brought is listed too.`}
    >
      {isOwn && <CashForm account={account} />}
      <CashTable account={account} />
    </Dialog>
  );
}

function CashTable({ account }: { account: Account }) {
  const cash = useInfiniteQuery(cashQuery(account.id));
  if (cash.isPending) return <SkeletonRows rows={4} height={24} />;
  if (cash.isError) return <ErrorState error={cash.error} onRetry={() => void cash.refetch()} />;
  const entries = cash.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <EmptyState title="No cash yet">Enter a deposit, or import a file that has some.</EmptyState>;
  return (
    <div className={styles.table}>
      <Table aria-label="Cash">
        <thead>
          <tr>
            <HeadCell>Day</HeadCell>
            <HeadCell>What</HeadCell>
            <HeadCell>Note</HeadCell>
            <HeadCell numeric>Amount</HeadCell>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.id}>
              <Cell className={styles.day}>{formatDay(dayOfInstant(entry.booked_at, account.time_zone))}</Cell>
              <Cell>
                {cashWords(entry.kind)}
                {entry.symbol != null && <span className={styles.muted}> {entry.symbol}</span>}
              </Cell>
              <Cell className={styles.muted}>{entry.note}</Cell>
              <Cell numeric>
                <Money amount={entry.amount} unit={entry.currency} signed />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {cash.hasNextPage && (
        <Button size="sm" busy={cash.isFetchingNextPage} onClick={() => void cash.fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </div>
  );
}
