import { useQuery } from "@tanstack/react-query";
import { deleteMe, meQuery } from "~/api/me";
import { session } from "~/api/session";
import { formatInstant, localZone } from "~/format/index.ts";
import { Button } from "~/ui/Button";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { toast } from "~/ui/toasts";

export function DeleteAccount() {
  const me = useQuery(meQuery).data;
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Delete my account</Button>}
      title="Delete your account?"
      description="You are signed out everywhere and your API keys are revoked, at once. In seven days all trades, notes and files are gone for good. Sign in before, or follow the link that we mail you, and everything stays."
      action="Delete my account"
      danger
      password
      {...(me ? { typed: me.email } : {})}
      onConfirm={async (password) => {
        const { deleted_at } = await deleteMe(password);
        session.end();
        toast(`Your account is deleted on ${formatInstant(deleted_at, localZone())}. Sign in before to keep it.`);
      }}
    />
  );
}
