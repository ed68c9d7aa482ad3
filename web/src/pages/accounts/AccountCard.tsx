import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import type { Account } from "@trading-journal/sdk";
import { AccountDialog } from "~/accountForm/AccountDialog";
import { matchingWords } from "~/accountForm/matching";
import { calendarsQuery, deleteAccount } from "~/api/accounts";
import { useJournalOwner } from "~/api/owner";
import { Button, buttonClass } from "~/ui/Button";
import { Card } from "~/ui/Card";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { IconButton } from "~/ui/IconButton";
import { Money } from "~/ui/Money";
import { toast } from "~/ui/toasts";
import { CashDialog } from "./CashDialog";
import styles from "./AccountsPage.module.css";

export function AccountCard({ account }: { account: Account }) {
  const calendars = useQuery(calendarsQuery).data ?? [];
  const isOwn = useJournalOwner() === null;
  const calendar = calendars.find((known) => known.id === account.session_calendar);
  return (
    <Card title={account.name} description={account.broker} actions={isOwn && <DeleteAccount account={account} />}>
      <dl className={styles.facts}>
        <dt>Currency</dt>
        <dd>{account.currency}</dd>
        <dt>Opening balance</dt>
        <dd>
          <Money
            amount={account.opening_balance?.amount}
            unit={account.currency}
            reason="Without an opening balance there are no returns in percent. 0 will do."
          />
        </dd>
        <dt>Matching</dt>
        <dd>{matchingWords(account.matching)}</dd>
        <dt>Time zone</dt>
        <dd>{account.time_zone}</dd>
        <dt>Trading days</dt>
        <dd>{account.session_calendar == null ? "Mondays to Fridays" : (calendar?.name ?? account.session_calendar)}</dd>
      </dl>
      <div className={styles.actions}>
        {isOwn && <AccountDialog account={account} trigger={<Button size="sm">Edit</Button>} />}
        <CashDialog account={account} trigger={<Button size="sm">Cash</Button>} />
        <Link to="/trades" search={{ account: account.id } as never} className={buttonClass("quiet", "sm")}>
          Trades
        </Link>
      </div>
    </Card>
  );
}

function DeleteAccount({ account }: { account: Account }) {
  const queryClient = useQueryClient();
  return (
    <ConfirmDialog
      trigger={
        <IconButton label={`Delete ${account.name}`} size="sm">
          <Trash2 />
        </IconButton>
      }
      title={`Delete “${account.name}”?`}
      description="Its imports, fills, trades, notes and cash go with it. This cannot be undone."
      action="Delete account"
      danger
      typed={account.name}
      onConfirm={async () => {
        await deleteAccount(account.id);
        toast(`“${account.name}” is deleted`);
        // All that is shown may have been of it.
        await queryClient.invalidateQueries();
      }}
    />
  );
}
