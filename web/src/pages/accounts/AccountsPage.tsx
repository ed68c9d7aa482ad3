import { useQuery } from "@tanstack/react-query";
import { Plus, Wallet } from "lucide-react";
import { AccountDialog } from "~/accountForm/AccountDialog";
import { accountsQuery } from "~/api/accounts";
import { useJournalOwner } from "~/api/owner";
import { Button } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { EmptyState } from "~/ui/EmptyState";
import { Page } from "~/ui/Page";
import { QueryState } from "~/ui/QueryState";
import { Skeleton } from "~/ui/Skeleton";
import { AccountCard } from "./AccountCard";
import styles from "./AccountsPage.module.css";

export function AccountsPage() {
  const accounts = useQuery(accountsQuery);
  const isOwn = useJournalOwner() === null;
  return (
    <Page
      title="Accounts"
      description="Each with a broker, a currency and a clock of its own."
      actions={
        isOwn && (
          <AccountDialog
            trigger={
              <Button variant="primary" icon={<Plus />}>
                New account
              </Button>
            }
          />
        )
      }
    >
      <QueryState query={accounts} loading={<Loading />}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyState
                icon={<Wallet />}
                title="No accounts yet"
                action={isOwn && <AccountDialog trigger={<Button variant="primary">Add your first account</Button>} />}
              >
                An account is where fills are imported to: one for each account that you have with a broker.
              </EmptyState>
            </Card>
          ) : (
            <ul className={styles.grid} role="list">
              {items.map((account) => (
                <li key={account.id}>
                  <AccountCard account={account} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </Page>
  );
}

function Loading() {
  return (
    <div className={styles.grid}>
      <Skeleton height={258} />
      <Skeleton height={258} />
    </div>
  );
}
