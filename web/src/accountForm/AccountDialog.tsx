import { useState, type ReactElement } from "react";
import type { Account } from "@trading-journal/sdk";
import { Dialog } from "~/ui/Dialog";
import { AccountForm } from "./AccountForm";

/** Creates an account, or changes one. */
export function AccountDialog({ account, trigger }: { account?: Account; trigger: ReactElement }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={setOpen}
      size="md"
      title={account ? `Edit “${account.name}”` : "New account"}
    >
      <AccountForm {...(account ? { account } : {})} onDone={() => setOpen(false)} />
    </Dialog>
  );
}
